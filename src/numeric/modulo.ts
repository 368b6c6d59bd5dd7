/**
 * The remainder with the sign of the modulus.
 *
 * @param value An integer.
 * @param modulus A positive integer.
 * @returns The integer in [0, modulus) that differs from `value` by a multiple of `modulus`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([modulo(7, 5), modulo(-2, 5)], [2, 3]);
 * ```
 */
export function modulo(value: number, modulus: number): number {
  return value - modulus * Math.floor(value / modulus);
}
