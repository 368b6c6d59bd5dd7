/**
 * The Fourier transform of the cubic Battle-Lemarie scaling function,
 *
 *     phi(w) = 1 / (w^4 sqrt(S8(w))),   S8(w) = sum_k (w + 2 pi k)^-8
 *
 * (Mallat, A Wavelet Tour of Signal Processing, section 7.1). With s = sin(w / 2) and c = cos(w / 2) the sum
 * is (5 + 30 c^2 + 30 s^2 c^2 + 70 c^4 + 2 s^4 c^2 + 2/3 s^6) / (105 2^8 s^8); its pole at w = 0 is cancelled
 * here by that of w^-4, so that the value is accurate for every w.
 *
 * @param omega The frequency w, in radians per sample.
 * @returns A number in [0, 1]: 1 at w = 0, just below sqrt(1/2) at w = pi, and 0 at all other multiples of 2 pi.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(battleLemarie(0), 1);
 * assertAlmostEquals(battleLemarie(Math.PI) ** 2, 1 / 2, 1e-4); // 1/2 less the tails beyond 3 pi
 * assertAlmostEquals(battleLemarie(2 * Math.PI), 0, Number.EPSILON);
 * ```
 */
export function battleLemarie(omega: number): number {
  if (omega === 0) return 1;
  const s2 = Math.sin(omega / 2) ** 2;
  const c2 = 1 - s2;
  const sum = (5 + 30 * c2 + 30 * s2 * c2 + 70 * c2 ** 2 + 2 * s2 ** 2 * c2 + (2 / 3) * s2 * s2 ** 2) / 105;
  return (4 * s2 / omega ** 2) ** 2 / Math.sqrt(sum);
}
