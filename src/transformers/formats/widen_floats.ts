/** The element types that are read. */
export type FloatType = "F32" | "F16" | "BF16";

/** Bytes of an element. */
export const floatBytes: Readonly<Record<FloatType, number>> = { F32: 4, F16: 2, BF16: 2 };

/**
 * Little-endian floats as float32, which holds every value of the narrower types exactly.
 *
 * @param bytes Whole elements.
 * @param type Of the elements: IEEE 754 binary32 or binary16, or the upper half of a binary32 (bfloat16).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(widenFloats(Uint8Array.of(0xc0, 0x3f), "BF16"), Float32Array.of(1.5));
 * assertEquals(widenFloats(Uint8Array.of(0x00, 0x3e), "F16"), Float32Array.of(1.5));
 * ```
 */
export function widenFloats(bytes: Uint8Array, type: FloatType): Float32Array {
  const aligned = bytes.byteOffset % floatBytes[type] === 0 ? bytes : bytes.slice();
  const count = bytes.length / floatBytes[type];
  if (type === "F32") return new Float32Array(aligned.buffer, aligned.byteOffset, count);
  if (type === "F16") return Float32Array.from(new Float16Array(aligned.buffer, aligned.byteOffset, count));
  const halves = new Uint16Array(aligned.buffer, aligned.byteOffset, count);
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}
