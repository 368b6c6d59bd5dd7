/**
 * The mean of some values, summed in their order.
 *
 * @returns NaN of none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([mean([1, 2, 6]), mean([])], [3, NaN]);
 * ```
 */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
