/**
 * The Euclidean norm of a vector of any length, scaled by its largest entry, with a compensated sum (W. Kahan, Further remarks on
 * reducing truncation errors, Comm. ACM 8, 1965). It has the bits of V8's `Math.hypot`, which takes no more arguments than the stack
 * holds.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(norm(Float32Array.of(3, -4)), 5);
 * ```
 */
export function norm(vector: Float32Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  let sum = 0;
  let compensation = 0;
  for (const value of vector) {
    const scaled = Math.abs(value) / largest;
    const summand = scaled * scaled - compensation;
    const next = sum + summand;
    compensation = next - sum - summand;
    sum = next;
  }
  return Math.sqrt(sum) * largest;
}
