import { DataError } from "../../errors.ts";

/** An array of bytes as an IDX file holds it. */
export interface IdxArray {
  /** Length along each dimension. */
  readonly shape: readonly number[];
  /** Row-major; shares memory with the file. */
  readonly data: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes, the format of MNIST: two zero bytes, type 8, the number of dimensions, the
 * length of each as a big-endian 32-bit integer, and the values.
 *
 * @param bytes The whole file, unpacked.
 * @param dimensions How many dimensions it must have: 1 for labels, 3 for images.
 * @param name The file's name for the error message.
 * @throws {DataError} Where it is something else, truncated, followed by other bytes, or has sides but no values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { shape, data } = readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9), 1, "labels");
 * assertEquals([...shape], [2]);
 * assertEquals([...data], [7, 9]);
 * ```
 */
export function readIdx(bytes: Uint8Array, dimensions: number, name: string): IdxArray {
  const magic = [0, 0, 8, dimensions];
  if (magic.some((value, i) => bytes[i] !== value)) {
    throw new DataError(
      `Cannot read ${name}: an IDX file of bytes in ${dimensions} dimensions must begin with ${magic}: ` +
        `current first bytes are ${bytes.subarray(0, 4)}`,
    );
  }
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) {
    throw new DataError(
      `Cannot read ${name}: its header must have ${start} bytes: current size is ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = start + shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== size) {
    throw new DataError(
      `Cannot read ${name}: a file of shape ${shape.join("x")} must have ${size} bytes: ` +
        `current size is ${bytes.length}`,
    );
  }
  // Whoever allocates by one of the sides would take up to 2^32 bytes for a file of 16.
  if (bytes.length === start && shape.some((length) => length > 0)) {
    throw new DataError(`Cannot read ${name}: it must hold values: current shape is ${shape.join("x")}`);
  }
  return { shape, data: bytes.subarray(start) };
}
