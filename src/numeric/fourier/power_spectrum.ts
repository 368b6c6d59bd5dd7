import { Fft2 } from "./fft2.ts";

/**
 * |x^|^2 of a real field.
 *
 * @param field `(N, N)`.
 * @param N Pixels of a side.
 */
export function powerSpectrum(field: Float64Array, N: number): Float64Array {
  const re = field.slice();
  const im = new Float64Array(field.length);
  new Fft2(N, N).forward(re, im);
  return re.map((value, i) => value * value + im[i]! * im[i]!);
}
