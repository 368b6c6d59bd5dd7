import { symmetricEigen } from "../../../src/numeric/linalg/symmetric_eigen.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { distance, inner, norm, ofFrequencies, radii, realPart, sideOf, spectrumOf } from "./grid.ts";
import { LinearisedScattering } from "./linearised_scattering.ts";
import { scatter } from "./paths.ts";
import {
  combineModes,
  dilation,
  type Displacement,
  type Mode,
  modes,
  rotation,
  smoothRandom,
  warp,
  type WarpName,
} from "./warps.ts";

/** The largest order. */
export const maxOrder = 2;

/** Beyond this share of the side from the centre an image that is warped is zero. */
const reach = 0.33;

/** The distances of an image and its warps, as shares of its norm. */
export interface WarpDistances {
  /** ||S D x - S x|| / ||x|| by size of the warp. */
  readonly scattering: readonly number[];
  /** The same of the Fourier modulus. */
  readonly fourier: readonly number[];
}

/** Distances of warps by a displacement. */
export interface DisplacedDistances extends WarpDistances {
  /** sup |tau| over where the image is not zero, in pixels, by size of the warp. */
  readonly displacements: readonly number[];
}

/**
 * Makes an image fit to be warped on a torus: it falls to zero within the part that stays inside when it is magnified by 1 / 0.7, and
 * has no frequencies that a compression by 0.7 would take beyond Nyquist.
 *
 * @param image Of shape (side, side), of mean zero.
 */
export function prepareForWarps(image: Float64Array): Float64Array {
  const side = sideOf(image);
  const inside = 0.22 * side;
  const outside = reach * side;
  const windowed = image.map((value, i) => {
    const radius = Math.hypot(Math.floor(i / side) - side / 2, (i % side) - side / 2);
    return value * fall(radius, inside, outside);
  });
  const { re, im } = spectrumOf(windowed);
  const low = radii(side).map((radius) => fall(radius, 0.5 * Math.PI, 0.65 * Math.PI));
  return realPart({ re: re.map((v, i) => v * low[i]!), im: im.map((v, i) => v * low[i]!) });
}

/** 1 below `from`, 0 above `to`, half a period of a cosine between. */
function fall(value: number, from: number, to: number): number {
  if (value <= from) return 1;
  return value >= to ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * (value - from)) / (to - from));
}

/** The modulus of the Fourier transform, as a vector whose norm is that of the image. */
export function fourierModulus(image: Float64Array): Float64Array {
  const { re, im } = spectrumOf(image);
  const side = sideOf(image);
  return re.map((value, i) => Math.hypot(value, im[i]!) / side);
}

/**
 * The distances of an image and its warps of growing sizes.
 *
 * @param image One that {@linkcode prepareForWarps} gives.
 * @param bank The frame.
 * @param name The warp.
 * @param sizes sup |grad tau|.
 * @param stream Gives a stream of the random warp, the same for every size.
 */
export function warpDistances(
  image: Float64Array,
  bank: FilterBank,
  name: WarpName,
  sizes: readonly number[],
  stream: () => RandomStream,
): DisplacedDistances {
  const side = sideOf(image);
  const tau = (size: number): Displacement =>
    name === "dilation"
      ? dilation(side, size)
      : name === "rotation"
      ? rotation(side, size)
      : smoothRandom(side, size, stream());
  const fields = sizes.map(tau);
  return {
    ...distances(image, fields.map((field) => warp(image, field)), bank),
    displacements: fields.map((field) => largestShift(field, side)),
  };
}

function largestShift({ row, column }: Displacement, side: number): number {
  let largest = 0;
  row.forEach((down, i) => {
    const radius = Math.hypot(Math.floor(i / side) - side / 2, (i % side) - side / 2);
    if (radius <= reach * side) largest = Math.max(largest, Math.hypot(down, column[i]!));
  });
  return largest;
}

function distances(
  image: Float64Array,
  warped: readonly Float64Array[],
  bank: FilterBank,
): WarpDistances {
  const whole = norm(image);
  const scattered = scatter(image, bank, maxOrder);
  const modulus = fourierModulus(image);
  return {
    scattering: warped.map((other) => distance(scatter(other, bank, maxOrder), scattered) / whole),
    fourier: warped.map((other) => distance(fourierModulus(other), modulus) / whole),
  };
}

/**
 * The distances of a Gabor function and its dilations, from the formula: nothing is interpolated. The dilations are unitary,
 * (1 - size) x((1 - size) u), so that all norms are the same.
 *
 * @param side Of the grid.
 * @param sigma The deviation of the envelope.
 * @param frequency In radians.
 * @param sizes The dilations.
 * @param bank The frame.
 */
export function gaborDistances(
  side: number,
  sigma: number,
  frequency: number,
  sizes: readonly number[],
  bank: FilterBank,
): WarpDistances {
  const gabor = (size: number) =>
    Float64Array.from({ length: side * side }, (_, i) => {
      const row = (1 - size) * (Math.floor(i / side) - side / 2);
      const column = (1 - size) * ((i % side) - side / 2);
      return (1 - size) * Math.exp(-(row ** 2 + column ** 2) / (2 * sigma ** 2)) *
        Math.cos(frequency * column);
    });
  return distances(gabor(0), sizes.map(gabor), bank);
}

/** A warp that was sought. */
export interface SoughtWarp {
  /** The largest ||S D x - S x|| / (sup |grad tau| ||x||). */
  readonly constant: number;
  /** The same for each size, of the candidate with the largest one. */
  readonly bySize: readonly number[];
}

/**
 * Seeks the smooth warp that moves a scattering transform most: of the displacements with Fourier modes up to 2, those whose
 * derivative ||DS(x)(grad x . tau)|| is largest for their mean |grad tau|^2, which are eigenvectors; each is then scaled to
 * sup |grad tau|, applied as a warp and measured.
 *
 * @param image One that {@linkcode prepareForWarps} gives.
 * @param bank The frame.
 * @param sizes sup |grad tau|.
 * @param candidates How many eigenvectors are tried.
 */
export function seekWarp(
  image: Float64Array,
  bank: FilterBank,
  sizes: readonly number[],
  candidates: number,
): SoughtWarp {
  const side = sideOf(image);
  const all = modes(2);
  const moves = all.map((mode) => firstOrderMove(image, mode));
  const derivative = new LinearisedScattering(image, bank, maxOrder);
  const images = moves.map((move) => derivative.normal(move).image);
  // Modes are orthogonal in the mean of |grad tau|^2, with squared norms proportional to k^2 + l^2.
  const weights = all.map(({ k, l }) => 1 / Math.hypot(k, l));
  const gram = new Float64Array(all.length ** 2);
  all.forEach((_, a) =>
    all.forEach((_, b) => {
      const symmetric = (inner(moves[a]!, images[b]!) + inner(moves[b]!, images[a]!)) / 2;
      gram[a * all.length + b] = weights[a]! * weights[b]! * symmetric;
    })
  );
  const { vectors } = symmetricEigen(gram, all.length);
  // The largest eigenvalues come first.
  const found = Array.from({ length: candidates }, (_, n) => {
    const coefficients = all.map((_, a) => weights[a]! * vectors[n * all.length + a]!);
    const { scattering } = distances(
      image,
      sizes.map((size) => warp(image, combineModes(side, all, coefficients, size))),
      bank,
    );
    return scattering.map((value, i) => value / sizes[i]!);
  });
  const best = found.toSorted((a, b) => Math.max(...b) - Math.max(...a))[0]!;
  return { constant: Math.max(...best), bySize: best };
}

/** -grad x . tau for one mode: what a small warp adds to an image. */
function firstOrderMove(image: Float64Array, mode: Mode): Float64Array {
  const side = sideOf(image);
  const { re, im } = spectrumOf(image);
  // i w times the spectrum; the Nyquist frequency has no derivative.
  const omega = ofFrequencies(side, (row, column) => mode.axis === "row" ? row : column)
    .map((value) => Math.abs(value) >= Math.PI ? 0 : value);
  const derivative = realPart({ re: im.map((v, i) => -v * omega[i]!), im: re.map((v, i) => v * omega[i]!) });
  return derivative.map((value, i) => {
    const phase = (2 * Math.PI * (mode.k * Math.floor(i / side) + mode.l * (i % side))) / side;
    return -value * (mode.wave === "cos" ? Math.cos(phase) : Math.sin(phase));
  });
}
