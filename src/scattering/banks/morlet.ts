import type { Fft2 } from "../../numeric/fourier/fft2.ts";
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
 * @param fft A plan for its grid.
 * @returns The filter, of shape (height, width).
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { Fft2 } from "../../numeric/fourier/fft2.ts";
 *
 * const gabor = { height: 16, width: 16, sigma: 1, angle: 0, xi: 2, slant: 1, copies: 2 };
 * assertAlmostEquals(morletFilter(gabor, 1, new Fft2(16, 16))[0]!, 0, 1e-14);
 * ```
 */
export function morletFilter(gabor: GaborOptions, factor: number, fft: Fft2): Float64Array {
  const { re, im } = periodicGabor(gabor);
  const envelope = periodicGabor({ ...gabor, xi: 0 }).re;
  const mass = total(envelope);
  const meanRe = total(re) / mass;
  const meanIm = total(im) / mass;
  for (let i = 0; i < re.length; i++) {
    re[i] = factor * (re[i]! - meanRe * envelope[i]!);
    im[i] = factor * (im[i]! - meanIm * envelope[i]!);
  }
  fft.forward(re, im);
  return re;
}

/**
 * The real part of the Fourier transform of a Gaussian, `factor` times the envelope of a Gabor function.
 *
 * @param gabor The Gabor function, with xi = 0.
 * @param factor What it is multiplied by.
 * @param fft A plan for its grid.
 * @returns The filter, of shape (height, width).
 */
export function gaussianFilter(gabor: GaborOptions, factor: number, fft: Fft2): Float64Array {
  const { re, im } = periodicGabor(gabor);
  for (let i = 0; i < re.length; i++) re[i] = factor * re[i]!;
  fft.forward(re, im);
  return re;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
