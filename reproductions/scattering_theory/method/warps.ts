import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { planFor, sideOf } from "./grid.ts";

/** A displacement field tau: where pixel u of the warped image is taken from is u - tau(u). */
export interface Displacement {
  /** Rows, of shape (side, side). */
  readonly row: Float64Array;
  /** Columns. */
  readonly column: Float64Array;
}

/** The warps that deformations are tried with. */
export const warpNames = ["dilation", "rotation", "smooth"] as const;

/** The name of a warp. */
export type WarpName = typeof warpNames[number];

/** tau(u) = size (u - centre), for which sup |grad tau| = size. */
export function dilation(side: number, size: number): Displacement {
  return displacement(side, (row, column) => [size * row, size * column]);
}

/** A rotation about the centre by the angle whose 2 sin(angle / 2) = sup |grad tau| = size. */
export function rotation(side: number, size: number): Displacement {
  const angle = 2 * Math.asin(size / 2);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return displacement(
    side,
    (row, column) => [row - cos * row + sin * column, column - sin * row - cos * column],
  );
}

function displacement(
  side: number,
  tau: (row: number, column: number) => readonly [number, number],
): Displacement {
  const row = new Float64Array(side * side);
  const column = new Float64Array(side * side);
  for (let i = 0; i < row.length; i++) {
    const [down, right] = tau(Math.floor(i / side) - side / 2, (i % side) - side / 2);
    row[i] = down;
    column[i] = right;
  }
  return { row, column };
}

/** A Fourier mode of a displacement: cos or sin of 2 pi (k row + l column) / side, along one axis. */
export interface Mode {
  readonly k: number;
  readonly l: number;
  readonly wave: "cos" | "sin";
  readonly axis: "row" | "column";
}

/** All modes of frequencies up to `largest` along each axis, one of each pair of opposite ones, zero left out. */
export function modes(largest: number): Mode[] {
  const all: Mode[] = [];
  for (let k = 0; k <= largest; k++) {
    for (let l = k === 0 ? 1 : -largest; l <= largest; l++) {
      for (const wave of ["cos", "sin"] as const) {
        for (const axis of ["row", "column"] as const) all.push({ k, l, wave, axis });
      }
    }
  }
  return all;
}

/** The values of a mode, and of its derivative with respect to its phase. */
function modeValue({ k, l, wave }: Mode, side: number, i: number): { value: number; slope: number } {
  const phase = (2 * Math.PI * (k * Math.floor(i / side) + l * (i % side))) / side;
  return wave === "cos"
    ? { value: Math.cos(phase), slope: -Math.sin(phase) }
    : { value: Math.sin(phase), slope: Math.cos(phase) };
}

/**
 * The sum of modes with coefficients, scaled so that sup |grad tau| is a given size: |grad tau| is the largest singular value of the
 * 2 x 2 matrix of derivatives, taken at every pixel.
 */
export function combineModes(
  side: number,
  all: readonly Mode[],
  coefficients: ArrayLike<number>,
  size: number,
): Displacement {
  const tau = { row: new Float64Array(side * side), column: new Float64Array(side * side) };
  let largest = 0;
  for (let i = 0; i < side * side; i++) {
    const gradient = { row: { down: 0, right: 0 }, column: { down: 0, right: 0 } };
    all.forEach((mode, n) => {
      const { value, slope } = modeValue(mode, side, i);
      const c = coefficients[n]!;
      tau[mode.axis][i]! += c * value;
      gradient[mode.axis].down += (c * slope * 2 * Math.PI * mode.k) / side;
      gradient[mode.axis].right += (c * slope * 2 * Math.PI * mode.l) / side;
    });
    const { row: a, column: b } = gradient;
    largest = Math.max(largest, largestSingular(a.down, a.right, b.down, b.right));
  }
  const factor = size / largest;
  return { row: tau.row.map((v) => v * factor), column: tau.column.map((v) => v * factor) };
}

/** The largest singular value of a 2 x 2 matrix. */
export function largestSingular(a: number, b: number, c: number, d: number): number {
  const sum = Math.hypot(a + d, b - c);
  const difference = Math.hypot(a - d, b + c);
  return (sum + difference) / 2;
}

/** A smooth random displacement: modes of frequency up to 2 with normal coefficients. */
export function smoothRandom(side: number, size: number, stream: RandomStream): Displacement {
  const all = modes(2);
  return combineModes(side, all, all.map(() => stream.normal()), size);
}

/** By how much the grid is refined before it is interpolated. */
const refinement = 4;

/** Points of the Lagrange polynomial along each axis. */
const points = 8;

/**
 * Warps a periodic image, D x(u) = x(u - tau(u)): the image is refined by a factor of 4 with its own Fourier series, and read between
 * the refined samples by Lagrange polynomials of degree 7. Up to |w| = pi / 2 that differs from the series itself by less than 1e-6.
 *
 * @param image Of shape (side, side), with little energy near the Nyquist frequency.
 * @param tau The displacement.
 */
export function warp(image: Float64Array, tau: Displacement): Float64Array {
  const side = sideOf(image);
  const fine = refine(image, side);
  const fineSide = side * refinement;
  return image.map((_, i) => {
    const row = (Math.floor(i / side) - tau.row[i]!) * refinement;
    const column = ((i % side) - tau.column[i]!) * refinement;
    const rowWeights = lagrange(row - Math.floor(row));
    const columnWeights = lagrange(column - Math.floor(column));
    let sum = 0;
    for (let a = 0; a < points; a++) {
      const at = wrap(Math.floor(row) + a - points / 2 + 1, fineSide) * fineSide;
      let along = 0;
      for (let b = 0; b < points; b++) {
        along += columnWeights[b]! * fine[at + wrap(Math.floor(column) + b - points / 2 + 1, fineSide)]!;
      }
      sum += rowWeights[a]! * along;
    }
    return sum;
  });
}

function wrap(index: number, side: number): number {
  return ((index % side) + side) % side;
}

/** The Fourier series of an image on a finer grid. A Nyquist frequency stands for both of its signs, half each. */
function refine(image: Float64Array, side: number): Float64Array {
  const fineSide = side * refinement;
  const re = image.slice();
  const im = new Float64Array(image.length);
  planFor(side).forward(re, im);
  const fineRe = new Float64Array(fineSide * fineSide);
  const fineIm = new Float64Array(fineSide * fineSide);
  const places = (k: number) =>
    2 * k < side ? [k] : 2 * k === side ? [k, fineSide - k] : [fineSide - side + k];
  for (let i = 0; i < image.length; i++) {
    const rows = places(Math.floor(i / side));
    const columns = places(i % side);
    const share = refinement ** 2 / (rows.length * columns.length);
    for (const row of rows) {
      for (const column of columns) {
        fineRe[row * fineSide + column]! += re[i]! * share;
        fineIm[row * fineSide + column]! += im[i]! * share;
      }
    }
  }
  planFor(fineSide).inverse(fineRe, fineIm);
  return fineRe;
}

/** The weights of the samples -3, ..., 4 for the value at t in [0, 1). */
function lagrange(t: number): number[] {
  return Array.from({ length: points }, (_, a) => {
    const here = a - points / 2 + 1;
    let weight = 1;
    for (let b = 0; b < points; b++) {
      const other = b - points / 2 + 1;
      if (other !== here) weight *= (t - other) / (here - other);
    }
    return weight;
  });
}
