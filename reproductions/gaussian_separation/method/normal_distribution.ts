/**
 * The standard normal distribution, to some 1e-15 of the value also far out in its tail.
 *
 * @module
 */

/** The density at x. */
export function normalDensity(x: number): number {
  return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}

/** Below this the series of the middle is used, from it on the continued fraction of the tail. */
const tailFrom = 3;

/**
 * The probability of more than x: the series of Marsaglia (2004, Evaluating the normal distribution) in the middle, Laplace's continued fraction in
 * the tail.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(normalTail(0), 0.5, 1e-15);
 * assertAlmostEquals(normalTail(1.959963984540054), 0.025, 1e-15);
 * ```
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  if (x < tailFrom) {
    let term = x;
    let sum = x;
    for (let k = 3; term > 1e-17 * sum; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 - normalDensity(x) * sum;
  }
  let fraction = x;
  for (let k = 150; k > 0; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}
