/**
 * Where the first number stands that is NaN or infinite; -1 where there is none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(firstNonFinite(Float32Array.of(1, -Infinity, NaN)), 1);
 * assertEquals(firstNonFinite(Float32Array.of(1, 2)), -1);
 * ```
 */
export function firstNonFinite(values: Float32Array | Float64Array): number {
  for (let at = 0; at < values.length; at++) {
    // The difference of a finite number with itself is 0, that of NaN or of an infinite one is NaN.
    if (values[at]! - values[at]! !== 0) return at;
  }
  return -1;
}
