import { DataError } from "../../errors.ts";
import { sizeOf, type Weight } from "./named_weights.ts";

/** The number that begins a list of arrays, and the one that begins an array (MXNet, `ndarray.cc`: `kMXAPINDArrayListMagic`, `NDARRAY_V2_MAGIC`). */
const listMark = 0x112n;
const arrayMark = 0xf993fac9;

/**
 * Reads a file of one float32 array as MXNet saves it: a list (mark, 0, and 1 as 64-bit numbers) of an array (mark, dense storage,
 * number of axes, the length of each in 64 bits, where it was computed, type 0 for float32, values), then 0 for no names.
 * All is little-endian.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @returns The array; of filters `(out, in, height, width)`.
 * @throws {DataError} Where it is something else, truncated, followed by other bytes, or has a value that is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeMxnetArray } from "../test_helpers.ts";
 *
 * const array = { shape: [1, 2], values: Float32Array.of(0.5, -3) };
 * assertEquals(readMxnetArray(writeMxnetArray(array), "tiny.param"), array);
 * ```
 */
export function readMxnetArray(bytes: Uint8Array, name: string): Weight {
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${reason}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Up to the number of axes.
  if (bytes.length < 36) {
    fail(`an array of MXNet must have at least 36 bytes: current size is ${bytes.length}`);
  }
  if (view.getBigUint64(0, true) !== listMark || view.getUint32(24, true) !== arrayMark) {
    fail("it must begin as a list of arrays of MXNet does, and its array as one of version 2");
  }
  const count = view.getBigUint64(16, true);
  if (count !== 1n) fail(`it must hold one array: it holds ${count}`);
  const storage = view.getInt32(28, true);
  if (storage !== 0) fail(`its array must be dense (0): its storage type is ${storage}`);
  const axes = view.getUint32(32, true);
  // After the axes: where it was computed (2 numbers), type, and after the values the number of names.
  const start = 36 + 8 * axes + 12;
  if (axes > 8 || bytes.length < start + 8) {
    fail(
      `its header must have at most 8 axes and end within the file: it has ${axes}, and ${bytes.length} bytes`,
    );
  }
  const shape = Array.from({ length: axes }, (_, i) => Number(view.getBigInt64(36 + 8 * i, true)));
  const type = view.getInt32(start - 4, true);
  if (type !== 0) fail(`its values must be float32 (type 0): its type is ${type}`);
  const size = start + 4 * sizeOf(shape) + 8;
  if (shape.some((side) => side < 1) || bytes.length !== size) {
    fail(
      `an array of ${
        shape.join("x")
      } must have sides of at least 1 and ${size} bytes: it has ${bytes.length}`,
    );
  }
  const names = view.getBigUint64(size - 8, true);
  if (names !== 0n) fail(`its array must have no name: it has ${names}`);
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => view.getFloat32(start + 4 * i, true));
  if (!values.every(Number.isFinite)) {
    fail(`its values must be finite: one is ${values.find((v) => !isFinite(v))}`);
  }
  return { shape, values };
}
