import type { FilterBank } from "./filter_bank.ts";

/**
 * The Littlewood-Paley sum of a bank (Bruna and Mallat 2013, equation 8),
 *
 *     |phi(w)|^2 + 1/2 sum_j sum_(l < L) (|psi_(j,l)(w)|^2 + |psi_(j,l)(-w)|^2).
 *
 * The bank keeps one of each pair of opposite directions, since both give the same modulus of a real image;
 * the reflected term stands for the other. Where the sum is 1 everywhere, low-pass and wavelet coefficients of
 * a real image have exactly its energy; where it is at most 1, they have no more.
 *
 * @param bank Any filter bank.
 * @returns The sum at every frequency, of shape (height, width).
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { splineBank } from "./spline_bank.ts";
 *
 * const sum = littlewoodPaleySum(splineBank.build({ height: 8, width: 12, J: 2, L: 6 }));
 * sum.forEach((value) => assertAlmostEquals(value, 1, 1e-14));
 * ```
 */
export function littlewoodPaleySum({ height, width, wavelets, phi }: FilterBank): Float64Array {
  const sum = phi.map((value) => value ** 2);
  for (const { psi } of wavelets) addWavelet(sum, psi, height, width);
  return sum;
}

/**
 * Adds what one wavelet has in a Littlewood-Paley sum.
 *
 * @param sum The sum so far, of shape (height, width).
 * @param psi The wavelet, of that shape.
 * @param height Rows.
 * @param width Columns.
 */
export function addWavelet(sum: Float64Array, psi: Float64Array, height: number, width: number): void {
  for (let k = 0; k < height; k++) {
    for (let l = 0; l < width; l++) {
      const mirror = ((height - k) % height) * width + (width - l) % width;
      sum[k * width + l]! += (psi[k * width + l]! ** 2 + psi[mirror]! ** 2) / 2;
    }
  }
}
