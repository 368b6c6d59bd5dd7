/**
 * The standard error of a statistic by the jackknife (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 11):
 * (G - 1) / sqrt(G) times the standard deviation of what it is without one of G blocks after the other.
 *
 * @param without The statistic without each of some blocks.
 * @param blocks How many there are, G, where not each was left out.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // The mean of 0, 3 and 6, of which one is left out: sd / sqrt(3).
 * assertAlmostEquals(jackknifeError([4.5, 3, 1.5]), 3 / Math.sqrt(3), 1e-12);
 * ```
 */
export function jackknifeError(without: readonly number[], blocks: number = without.length): number {
  const count = without.length;
  const mean = without.reduce((sum, value) => sum + value, 0) / count;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return (blocks - 1) * Math.sqrt(squares / (count - 1) / blocks);
}
