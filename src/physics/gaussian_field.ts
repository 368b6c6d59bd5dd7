/**
 * Gaussian fields on a periodic grid, and fields of random phases.
 *
 * @module
 */
import { Fft2 } from "../numeric/fourier/fft2.ts";
import type { RandomStream } from "../numeric/random/random_stream.ts";

/** The frequency of a place of an axis of N, in cycles a side: from -N / 2 to N / 2 - 1. */
export function cycles(index: number, N: number): number {
  return index < N / 2 ? index : index - N;
}

/** The spectrum of a field: real and imaginary parts. */
export interface Spectrum {
  /** `(N, N)`. */
  readonly re: Float64Array;
  /** `(N, N)`. */
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform of a real Gaussian field with independent frequencies.
 *
 * @param N Pixels of a side.
 * @param amplitude The root of the mean power of a frequency, of its two components and its length in cycles a side; not asked of 0, which is left out.
 * @param stream Where the numbers come from: N N of them.
 */
export function gaussianSpectrum(
  N: number,
  amplitude: (k: number, k1: number, k2: number) => number,
  stream: RandomStream,
): Spectrum {
  const re = Float64Array.from({ length: N * N }, () => stream.normal());
  const im = new Float64Array(N * N);
  new Fft2(N, N).forward(re, im);
  let i = 0;
  for (let u = 0; u < N; u++) {
    for (let v = 0; v < N; v++, i++) {
      const k1 = cycles(u, N);
      const k2 = cycles(v, N);
      const factor = i === 0 ? 0 : amplitude(Math.hypot(k1, k2), k1, k2);
      re[i]! *= factor;
      im[i]! *= factor;
    }
  }
  return { re, im };
}

/**
 * A Gaussian field of mean 0.
 *
 * @param N Pixels of a side.
 * @param amplitude As of `gaussianSpectrum()`.
 * @param stream Where the numbers come from.
 * @param deviation What its root mean square is scaled to; as it comes where it is not given.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const field = gaussianField(8, (k) => 1 / k, randomStream("example", 0), 2);
 * assertAlmostEquals(field.reduce((sum, value) => sum + value * value, 0) / 64, 4, 1e-12);
 * ```
 */
export function gaussianField(
  N: number,
  amplitude: (k: number, k1: number, k2: number) => number,
  stream: RandomStream,
  deviation?: number,
): Float64Array {
  const { re, im } = gaussianSpectrum(N, amplitude, stream);
  new Fft2(N, N).inverse(re, im);
  if (deviation === undefined) return re;
  const scale = deviation / rootMeanSquare(re);
  return re.map((value) => value * scale);
}

/** The root of the mean square. */
export function rootMeanSquare(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}

/**
 * A field with the power spectrum and the mean of another one, and with the phases of white noise: what is Gaussian of it.
 *
 * @param field `(N, N)`.
 * @param N Pixels of a side.
 * @param stream Where the phases come from.
 */
export function randomPhases(field: Float64Array, N: number, stream: RandomStream): Float64Array {
  const fft = new Fft2(N, N);
  const re = field.slice();
  const im = new Float64Array(field.length);
  fft.forward(re, im);
  const noise = gaussianSpectrum(N, () => 1, stream);
  for (let i = 1; i < field.length; i++) {
    const scale = Math.hypot(re[i]!, im[i]!) / Math.hypot(noise.re[i]!, noise.im[i]!);
    re[i] = noise.re[i]! * scale;
    im[i] = noise.im[i]! * scale;
  }
  fft.inverse(re, im);
  return re;
}
