import { elementCount, NPY_MAGIC, type NpyData, type NpyType, npyTypes } from "./npy_array.ts";

/**
 * The header of an .npy file of version 1.0, padded to a multiple of 64 bytes as NumPy pads it. The elements
 * follow it in little-endian C order.
 *
 * @param type The element type.
 * @param shape The length of each axis.
 * @returns The bytes before the elements.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * const header = new TextDecoder("latin1").decode(writeNpyHeader("<f8", [5]));
 * assertStringIncludes(header, "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }");
 * ```
 */
export function writeNpyHeader(type: NpyType, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const start = NPY_MAGIC.length + 4;
  const total = Math.ceil((start + text.length + 1) / 64) * 64;
  const header = new Uint8Array(total).fill(0x20);
  header.set([...NPY_MAGIC, 1, 0]);
  new DataView(header.buffer).setUint16(8, total - start, true);
  header.set(new TextEncoder().encode(text), start);
  header[total - 1] = 0x0a;
  return header;
}

/**
 * An array as an .npy file.
 *
 * @param data The elements, the last axis innermost.
 * @param shape The length of each axis.
 * @returns The whole file.
 * @throws {RangeError} Where the shape does not have as many elements.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(writeNpy(Float64Array.of(1, 2), [2]).length, 128 + 16);
 * ```
 */
export function writeNpy(data: NpyData, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  if (elementCount(shape) !== data.length) {
    throw new RangeError(
      `Cannot write an array of shape (${shape.join(", ")}) as it must have ${
        elementCount(shape)
      } elements: ` +
        `current number is ${data.length}`,
    );
  }
  const header = writeNpyHeader(typeOf(data), shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

function typeOf(data: NpyData): NpyType {
  return (Object.keys(npyTypes) as NpyType[]).find((type) => data instanceof npyTypes[type])!;
}
