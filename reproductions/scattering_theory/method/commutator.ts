import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { splineBank } from "../../../src/scattering/banks/spline_bank.ts";
import { whiteNoise } from "./fields.ts";
import { inner, ofFrequencies, planFor, radii } from "./grid.ts";
import { type LargestSingularValue, largestSingularValue } from "./power_iteration.ts";

/** The warps of the lemma on a torus, for which D is a matrix along the axes, with no interpolation but the Fourier series itself. */
export const torusWarps = ["dilation", "shear", "random"] as const;

/** The name of a warp on a torus. */
export type TorusWarp = typeof torusWarps[number];

/** The matrices of x -> x(u - tau(u)), each of shape (side, side), with their transposes. */
interface WarpMatrices {
  /** What all columns are multiplied with; `null` where nothing moves along the rows. */
  readonly down: ReadingMatrix | null;
  /** What each row is multiplied with, by row. */
  readonly right: readonly ReadingMatrix[];
}

/** A matrix, and its transpose, which the adjoint reads in order. */
interface ReadingMatrix {
  readonly matrix: Float64Array;
  readonly transposed: Float64Array;
}

/** Real filters in the Fourier domain. */
export type Filters = readonly Float64Array[];

/**
 * The matrix that reads the Fourier series of a signal at u - tau(u): entry (u, k) is Dirichlet's kernel at u - tau(u) - k, with the
 * Nyquist frequency split between its signs.
 *
 * @param tau The displacement at each sample.
 * @returns Of shape (side, side).
 */
export function readingMatrix(tau: ArrayLike<number>): Float64Array {
  const side = tau.length;
  return Float64Array.from({ length: side * side }, (_, i) => {
    const t = Math.floor(i / side) - tau[Math.floor(i / side)]! - (i % side);
    const turn = Math.tan((Math.PI * t) / side);
    // Where t is a multiple of the side.
    return Math.abs(turn) < 1e-12 ? 1 : Math.sin(Math.PI * t) / (side * turn);
  });
}

/** tau with sup |tau'| = size: one period of a sine, or three harmonics with normal coefficients. */
function displacement(side: number, size: number, stream: RandomStream | null): Float64Array {
  const harmonics = stream === null
    ? [{ k: 1, sin: 1, cos: 0 }]
    : [1, 2, 3].map((k) => ({ k, sin: stream.normal(), cos: stream.normal() }));
  const angle = (u: number, k: number) => (2 * Math.PI * k * u) / side;
  let largest = 0;
  // Between the samples as well, where the derivative may be larger.
  for (let u = 0; u < side; u += 1 / 16) {
    const slope = harmonics.reduce(
      (sum, { k, sin, cos }) =>
        sum + ((2 * Math.PI * k) / side) * (sin * Math.cos(angle(u, k)) - cos * Math.sin(angle(u, k))),
      0,
    );
    largest = Math.max(largest, Math.abs(slope));
  }
  return Float64Array.from({ length: side }, (_, u) =>
    (size / largest) *
    harmonics.reduce(
      (sum, { k, sin, cos }) => sum + sin * Math.sin(angle(u, k)) + cos * Math.cos(angle(u, k)),
      0,
    ));
}

/**
 * The matrices of a warp with sup |grad tau| = size. `dilation` moves along each axis by a sine of its own coordinate, `random` by
 * three harmonics of it, `shear` moves each row along itself by a sine of where the row lies.
 */
export function warpMatrices(
  name: TorusWarp,
  side: number,
  size: number,
  stream: RandomStream,
): WarpMatrices {
  if (name === "shear") {
    const tau = displacement(side, size, null);
    return {
      down: null,
      right: Array.from(tau, (t) => withTranspose(readingMatrix(new Float64Array(side).fill(t)))),
    };
  }
  const along = () =>
    withTranspose(readingMatrix(displacement(side, size, name === "random" ? stream : null)));
  const down = along();
  const right = along();
  return { down, right: Array.from({ length: side }, () => right) };
}

function withTranspose(matrix: Float64Array): ReadingMatrix {
  const side = Math.sqrt(matrix.length);
  return { matrix, transposed: matrix.map((_, i) => matrix[(i % side) * side + Math.floor(i / side)]!) };
}

/** D x, or D^T x where `adjoint` is set; x is real, of shape (side, side). */
export function applyWarp({ down, right }: WarpMatrices, x: Float64Array, adjoint: boolean): Float64Array {
  return adjoint
    ? alongRows(down, alongColumns(right, x, adjoint), adjoint)
    : alongColumns(right, alongRows(down, x, adjoint), adjoint);
}

function alongRows(down: ReadingMatrix | null, map: Float64Array, adjoint: boolean): Float64Array {
  if (down === null) return map;
  const matrix = adjoint ? down.transposed : down.matrix;
  const side = Math.sqrt(map.length);
  const moved = new Float64Array(map.length);
  for (let row = 0; row < side; row++) {
    for (let k = 0; k < side; k++) {
      const weight = matrix[row * side + k]!;
      for (let column = 0; column < side; column++) {
        moved[row * side + column]! += weight * map[k * side + column]!;
      }
    }
  }
  return moved;
}

function alongColumns(right: readonly ReadingMatrix[], map: Float64Array, adjoint: boolean): Float64Array {
  const side = right.length;
  const moved = new Float64Array(map.length);
  for (let row = 0; row < side; row++) {
    const matrix = adjoint ? right[row]!.transposed : right[row]!.matrix;
    const from = row * side;
    for (let u = 0; u < side; u++) {
      let sum = 0;
      for (let k = 0; k < side; k++) sum += matrix[u * side + k]! * map[from + k]!;
      moved[from + u] = sum;
    }
  }
  return moved;
}

/** The filters of the spline frame: wavelets of half the plane, and the low-pass. */
export function waveletFilters(side: number, J: number, L: number): Filters {
  const { wavelets, phi } = splineBank.build({ height: side, width: side, J, L });
  return [...wavelets.map(({ psi }) => psi), phi];
}

/**
 * Windowed Fourier filters of one bandwidth, a tight frame for real images: cosine windows at every `spacing`-th frequency of both
 * axes, whose squares sum to 1; of each pair of opposite ones one stands with a factor 2^(1/2).
 *
 * @param side Of the grid, a multiple of the spacing.
 * @param spacing Between the centres, in frequencies of the grid; a window is twice as wide.
 */
export function windowFilters(side: number, spacing: number): Filters {
  const count = side / spacing;
  const window = (distance: number) => {
    const near = distance - side * Math.round(distance / side);
    return Math.abs(near) >= spacing ? 0 : Math.cos((Math.PI / 2) * (near / spacing));
  };
  const filters: Float64Array[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const own = a * count + b;
      const opposite = ((count - a) % count) * count + ((count - b) % count);
      if (opposite < own) continue;
      const factor = opposite === own ? 1 : Math.SQRT2;
      filters.push(
        Float64Array.from(
          { length: side * side },
          (_, i) => factor * window(Math.floor(i / side) - a * spacing) * window((i % side) - b * spacing),
        ),
      );
    }
  }
  return filters;
}

/** What is measured. */
export interface Commutator {
  /** Of the grid. */
  readonly side: number;
  /** The filters of W. */
  readonly filters: Filters;
  /** The matrices of D. */
  readonly warp: WarpMatrices;
  /** Frequencies |w| of x, in radians: beyond them a warp would fold the spectrum. */
  readonly band: number;
}

/**
 * The norm of x -> W D x - D W x over real images of a band, by power iteration: the adjoint is written out, filters being real and D
 * a matrix.
 *
 * @param commutator W, D and the band.
 * @param iterations Steps.
 * @param stream Where the first x is sampled from.
 */
export function commutatorNorm(
  { side, filters, warp, band }: Commutator,
  iterations: number,
  stream: RandomStream,
): LargestSingularValue {
  const inBand = radii(side).map((radius) => radius <= band ? 1 : 0);
  const allowed = (map: Float64Array) => filteredReal(map, inBand);
  return largestSingularValue(
    (x) => {
      const { image, squaredNorm } = normalOfCommutator(x, filters, warp);
      return { image: allowed(image), squaredNorm };
    },
    allowed(whiteNoise(side, stream)),
    iterations,
  );
}

/** C^T C x and ||C x||^2 for C = W D - D W. */
export function normalOfCommutator(
  x: Float64Array,
  filters: Filters,
  warp: WarpMatrices,
): { readonly image: Float64Array; readonly squaredNorm: number } {
  const side = Math.sqrt(x.length);
  const fft = planFor(side);
  const transformed = (map: Float64Array) => {
    const re = map.slice();
    const im = new Float64Array(map.length);
    fft.forward(re, im);
    return { re, im };
  };
  const original = transformed(x);
  const warped = transformed(applyWarp(warp, x, false));
  // W^T y, before and after D^T: spectra are summed over the filters.
  const first = { re: new Float64Array(x.length), im: new Float64Array(x.length) };
  const second = { re: new Float64Array(x.length), im: new Float64Array(x.length) };
  let squaredNorm = 0;
  for (const filter of filters) {
    const convolved = ({ re, im }: { re: Float64Array; im: Float64Array }) => {
      const result = { re: re.map((v, i) => v * filter[i]!), im: im.map((v, i) => v * filter[i]!) };
      fft.inverse(result.re, result.im);
      return result;
    };
    const z = convolved(original);
    const y = convolved(warped);
    for (const part of ["re", "im"] as const) {
      const moved = applyWarp(warp, z[part], false);
      for (let i = 0; i < moved.length; i++) y[part][i]! -= moved[i]!;
      squaredNorm += inner(y[part], y[part]);
    }
    const back = { re: applyWarp(warp, y.re, true), im: applyWarp(warp, y.im, true) };
    for (const [sum, map] of [[first, y], [second, back]] as const) {
      fft.forward(map.re, map.im);
      for (let i = 0; i < filter.length; i++) {
        sum.re[i]! += filter[i]! * map.re[i]!;
        sum.im[i]! += filter[i]! * map.im[i]!;
      }
    }
  }
  fft.inverse(first.re, first.im);
  fft.inverse(second.re, second.im);
  const unwarped = applyWarp(warp, first.re, true);
  return { image: unwarped.map((value, i) => value - second.re[i]!), squaredNorm };
}

/** A real map with a real even filter. */
function filteredReal(map: Float64Array, filter: Float64Array): Float64Array {
  const side = Math.sqrt(map.length);
  const fft = planFor(side);
  const re = map.slice();
  const im = new Float64Array(map.length);
  fft.forward(re, im);
  for (let i = 0; i < filter.length; i++) {
    re[i]! *= filter[i]!;
    im[i]! *= filter[i]!;
  }
  fft.inverse(re, im);
  return re;
}

/** The sum of the squares of filters at every frequency, w and -w together: 1 for a tight frame of real images. */
export function frameSum(filters: Filters): Float64Array {
  const side = Math.sqrt(filters[0]!.length);
  return ofFrequencies(side, () => 0).map((_, i) => {
    const row = Math.floor(i / side);
    const column = i % side;
    const mirror = ((side - row) % side) * side + ((side - column) % side);
    return filters.reduce((sum, filter) => sum + (filter[i]! ** 2 + filter[mirror]! ** 2) / 2, 0);
  });
}
