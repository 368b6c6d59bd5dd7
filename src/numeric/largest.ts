/**
 * The largest of any number of values; `Math.max` takes no more arguments than the stack holds.
 *
 * @returns -Infinity where there is none, NaN where one is NaN.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(largest(new Float32Array(10 ** 6).fill(1, 5, 6)), 1);
 * ```
 */
export function largest(values: Iterable<number>): number {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  return most;
}
