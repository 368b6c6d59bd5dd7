import type { FilterTransform } from "./filter_transform.ts";
import { type GaborOptions, periodicGabor } from "./periodic_gabor.ts";

/**
 * The real part of the Fourier transform of a Morlet wavelet, which is a Gabor function less that multiple of
 * its envelope that gives it mean zero on the grid:
 *
 *     factor (gabor - K envelope),   K = sum_u gabor(u) / sum_u envelope(u)
 *
 * Where all copies are summed, the transform is real. With few copies of a broad envelope it is not, and its
 * imaginary part is dropped, as kymatio does.
 *
 * @param gabor The Gabor function.
 * @param factor What the wavelet is multiplied by.
 * @param transform That of its grid.
 * @param out Receives the filter; new where it is not given.
 * @returns The filter, of shape (height, width).
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { FilterTransform } from "./filter_transform.ts";
 *
 * const gabor = { height: 16, width: 16, sigma: 1, angle: 0, xi: 2, slant: 1, copies: 2 };
 * assertAlmostEquals(morletFilter(gabor, 1, new FilterTransform(16, 16))[0]!, 0, 1e-14);
 * ```
 */
export function morletFilter(
  gabor: GaborOptions,
  factor: number,
  transform: FilterTransform,
  out?: Float64Array,
): Float64Array {
  const samples = periodicGabor(gabor);
  const { re, im } = samples;
  const envelope = periodicGabor({ ...gabor, xi: 0 }).re;
  const mass = total(envelope);
  const meanRe = total(re) / mass;
  const meanIm = total(im) / mass;
  for (let i = 0; i < re.length; i++) {
    re[i] = factor * (re[i]! - meanRe * envelope[i]!);
    im[i] = factor * (im[i]! - meanIm * envelope[i]!);
  }
  return transform.realPart(samples, out);
}

/**
 * The real part of the Fourier transform of a Gaussian, `factor` times the envelope of a Gabor function.
 *
 * @param gabor The Gabor function, with xi = 0.
 * @param factor What it is multiplied by.
 * @param transform That of its grid.
 * @param out Receives the filter; new where it is not given.
 * @returns The filter, of shape (height, width).
 */
export function gaussianFilter(
  gabor: GaborOptions,
  factor: number,
  transform: FilterTransform,
  out?: Float64Array,
): Float64Array {
  const samples = periodicGabor(gabor);
  const { re } = samples;
  for (let i = 0; i < re.length; i++) re[i] = factor * re[i]!;
  return transform.realPart(samples, out);
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
