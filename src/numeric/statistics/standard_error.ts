import { mean } from "./mean.ts";

/**
 * The standard error of the mean of independent values, from the differences between them: sqrt(sum (x - mean)^2 / (n - 1) / n).
 * Values that come in groups have that of `clusteredStandardError()`.
 *
 * @returns `null` where fewer than two values are there.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([standardErrorOfMean([1, 2, 3]), standardErrorOfMean([1])], [Math.sqrt(1 / 3), null]);
 * ```
 */
export function standardErrorOfMean(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
