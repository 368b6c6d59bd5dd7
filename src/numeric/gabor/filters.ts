/**
 * Banks of square filters, and controls of them: what a bank of the same pixel statistics looks like that nothing was learnt in.
 *
 * @module
 */
import { Fft2 } from "../fourier/fft2.ts";
import { symmetricEigen } from "../linalg/symmetric_eigen.ts";
import type { RandomStream } from "../random/random_stream.ts";

/** Square filters of one size. */
export interface Filters {
  /** How many. */
  readonly count: number;
  /** Rows and columns of each. */
  readonly side: number;
  /** `(count, side, side)`. */
  readonly values: Float64Array;
}

/** The filter of a number: `(side, side)`, not a copy. */
export function filterAt({ side, values }: Filters, index: number): Float64Array {
  return values.subarray(index * side * side, (index + 1) * side * side);
}

/**
 * Filters of several channels as the one colour that says most of each: the first term of the singular value decomposition of
 * `(channels, pixels)`. Its sign is that in which the channels' weights have a sum >= 0.
 *
 * @param colours `(count, channels, side, side)`.
 * @param shape Their shape.
 * @returns The filters, each with the norm of its first term, and the share of each one's energy that it has (0 of a filter of zeros).
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // One pixel and two channels: the colour (3, 4) has norm 5.
 * const { filters, shares } = leadingColour([3, 4], [1, 2, 1, 1]);
 * assertAlmostEquals(filters.values[0]!, 5, 1e-12);
 * assertAlmostEquals(shares[0]!, 1, 1e-12);
 * ```
 */
export function leadingColour(
  colours: ArrayLike<number>,
  [count, channels, side]: readonly [number, number, number, number],
): { readonly filters: Filters; readonly shares: number[] } {
  const size = side * side;
  const values = new Float64Array(count * size);
  const shares: number[] = [];
  for (let filter = 0; filter < count; filter++) {
    const at = (channel: number, pixel: number) => colours[(filter * channels + channel) * size + pixel]!;
    const products = new Float64Array(channels * channels);
    for (let a = 0; a < channels; a++) {
      for (let b = 0; b < channels; b++) {
        for (let pixel = 0; pixel < size; pixel++) products[a * channels + b]! += at(a, pixel) * at(b, pixel);
      }
    }
    const { values: energies, vectors } = symmetricEigen(products, channels);
    const weights = vectors.subarray(0, channels);
    const sign = weights.reduce((sum, weight) => sum + weight, 0) < 0 ? -1 : 1;
    for (let pixel = 0; pixel < size; pixel++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += weights[channel]! * at(channel, pixel);
      values[filter * size + pixel] = sign * sum;
    }
    const energy = energies.reduce((sum, value) => sum + value, 0);
    shares.push(energy > 0 ? energies[0]! / energy : 0);
  }
  return { filters: { count, side, values }, shares };
}

/**
 * The filters whose norm is not small, each divided by its norm.
 *
 * @param least The norm that a filter must have, as a share of the largest one.
 */
export function livingFilters(filters: Filters, least: number): Filters {
  const { count, side } = filters;
  const norms = Array.from({ length: count }, (_, i) => norm(filterAt(filters, i)));
  const largest = Math.max(...norms);
  const kept = norms.flatMap((value, i) => value > 0 && value >= least * largest ? [i] : []);
  const values = new Float64Array(kept.length * side * side);
  kept.forEach((from, i) =>
    values.set(filterAt(filters, from).map((value) => value / norms[from]!), i * side * side)
  );
  return { count: kept.length, side, values };
}

/**
 * A random orthogonal mixture of filters: as many, with the same sum of products of every two pixels, so with the same mean power
 * spectrum, but none is one of the filters.
 */
export function mixFilters({ count, side, values }: Filters, stream: RandomStream): Filters {
  const size = side * side;
  const rows = orthonormalRows(count, stream);
  const mixed = new Float64Array(count * size);
  rows.forEach((row, i) => {
    for (let j = 0; j < count; j++) {
      for (let pixel = 0; pixel < size; pixel++) {
        mixed[i * size + pixel]! += row[j]! * values[j * size + pixel]!;
      }
    }
  });
  return { count, side, values: mixed };
}

/** Filters with the same Fourier moduli each, and the phases of white noise. */
export function randomisePhases(filters: Filters, stream: RandomStream): Filters {
  const { count, side } = filters;
  const size = side * side;
  const fft = new Fft2(side, side);
  const values = new Float64Array(count * size);
  for (let i = 0; i < count; i++) {
    const re = filterAt(filters, i).slice();
    const im = new Float64Array(size);
    fft.forward(re, im);
    const noise = Float64Array.from({ length: size }, () => stream.normal());
    const noiseIm = new Float64Array(size);
    fft.forward(noise, noiseIm);
    for (let k = 0; k < size; k++) {
      const factor = Math.hypot(re[k]!, im[k]!) / Math.hypot(noise[k]!, noiseIm[k]!);
      re[k] = noise[k]! * factor;
      im[k] = noiseIm[k]! * factor;
    }
    fft.inverse(re, im);
    values.set(re, i * size);
  }
  return { count, side, values };
}

/** Filters of independent normal values. */
export function whiteFilters(
  { count, side }: Pick<Filters, "count" | "side">,
  stream: RandomStream,
): Filters {
  return { count, side, values: Float64Array.from({ length: count * side * side }, () => stream.normal()) };
}

/** A random orthogonal matrix by Gram and Schmidt, twice for the sake of rounding. */
function orthonormalRows(count: number, stream: RandomStream): Float64Array[] {
  const rows = Array.from(
    { length: count },
    () => Float64Array.from({ length: count }, () => stream.normal()),
  );
  for (const [i, row] of rows.entries()) {
    for (let round = 0; round < 2; round++) {
      for (const other of rows.slice(0, i)) {
        let overlap = 0;
        for (let k = 0; k < count; k++) overlap += row[k]! * other[k]!;
        for (let k = 0; k < count; k++) row[k]! -= overlap * other[k]!;
      }
    }
    const length = norm(row);
    for (let k = 0; k < count; k++) row[k]! /= length;
  }
  return rows;
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
