const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/**
 * The 32-bit word that stands for a float among the arguments of a job.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(floatWord(1), 0x3f800000);
 * ```
 */
export function floatWord(value: number): number {
  float[0] = value;
  return word[0]!;
}
