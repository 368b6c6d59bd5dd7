import type { Precision } from "./tables.ts";

/**
 * The largest modulus that a value of a filter may have to be left out: 1/64 of the rounding error of the largest value. Less costs time
 * and changes nothing.
 *
 * @param filter The filter.
 * @param precision The format that is computed in.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(negligible(Float64Array.of(1, -2), "float32"), 2 ** -28);
 * ```
 */
export function negligible(filter: Float64Array, precision: Precision): number {
  const epsilon = precision === "float32" ? 2 ** -23 : Number.EPSILON;
  let largest = 0;
  for (const value of filter) largest = Math.max(largest, Math.abs(value));
  return largest * epsilon / 64;
}
