import { DataError } from "../../../errors.ts";
import { oneLine } from "../../../one_line.ts";
import {
  elementCount,
  NPY_MAGIC,
  type NpyArray,
  type NpyHeader,
  type NpyType,
  npyTypes,
} from "./npy_array.ts";

/**
 * The largest header that is read, in bytes. One of a plain array has 118 or so; more is a structured type or a
 * damaged file.
 */
const MAX_HEADER_BYTES = 65_536;

/**
 * Reads the header of an .npy file.
 *
 * @param bytes The beginning of the file, at least up to the end of the header.
 * @param name What the file is called in errors.
 * @returns Type, shape, and where the elements begin.
 * @throws {DataError} Where the header is damaged, or the type or order is none that this project reads.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeNpyHeader } from "./write_npy.ts";
 *
 * const header = readNpyHeader(writeNpyHeader("<f4", [10, 28, 28]));
 * assertEquals(header, { type: "<f4", shape: [10, 28, 28], dataOffset: 128 });
 * ```
 */
export function readNpyHeader(bytes: Uint8Array, name = "the .npy file"): NpyHeader {
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${oneLine(reason)}`);
  };
  if (bytes.length < 10) fail(`it ends inside the header, after ${bytes.length} bytes`);
  if (NPY_MAGIC.some((byte, i) => bytes[i] !== byte)) fail("it does not begin with the mark of an .npy file");
  const version = bytes[6]!;
  if (version < 1 || version > 3) fail(`the format version must be 1, 2 or 3: current value is ${version}`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) fail(`it ends inside the header, after ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) {
    fail(`the header must have at most ${MAX_HEADER_BYTES} bytes: current value is ${length}`);
  }
  const dataOffset = start + length;
  if (bytes.length < dataOffset) {
    fail(`it ends inside the header, after ${bytes.length} of ${dataOffset} bytes`);
  }

  const text = new TextDecoder().decode(bytes.subarray(start, dataOffset));
  const field = (key: string, pattern: string): string =>
    text.match(new RegExp(`'${key}'\\s*:\\s*${pattern}\\s*[,}]`))?.[1] ??
      fail(`the header has no readable '${key}': ${JSON.stringify(text.trim().slice(0, 200))}`);
  const type = field("descr", "'([^']*)'");
  if (!Object.hasOwn(npyTypes, type)) {
    fail(`the element type must be one of ${Object.keys(npyTypes).join(", ")}: current value is ${type}`);
  }
  if (field("fortran_order", "(True|False)") === "True") {
    fail("the array is in Fortran order; save it with numpy.ascontiguousarray(x)");
  }
  const shape = field("shape", "\\(([\\d,\\s]*)\\)").split(",").filter((part) => part.trim() !== "").map(
    Number,
  );
  if (!shape.every(Number.isSafeInteger)) {
    fail(`the sides must be whole numbers below 2^53: current shape is (${shape.join(", ")})`);
  }
  return { type: type as NpyType, shape, dataOffset };
}

/**
 * Reads an .npy file.
 *
 * @param bytes The whole file.
 * @param name What the file is called in errors.
 * @returns The array, with elements of its own.
 * @throws {DataError} Where {@linkcode readNpyHeader} does, or the number of bytes does not fit the shape.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeNpy } from "./write_npy.ts";
 *
 * const { shape, data } = readNpy(writeNpy(Float32Array.of(1, 2, 3), [1, 3]));
 * assertEquals([shape, [...data]], [[1, 3], [1, 2, 3]]);
 * ```
 */
export function readNpy(bytes: Uint8Array, name = "the .npy file"): NpyArray {
  const { type, shape, dataOffset } = readNpyHeader(bytes, name);
  const expected = elementCount(shape) * npyTypes[type].BYTES_PER_ELEMENT;
  const found = bytes.length - dataOffset;
  if (found !== expected) {
    throw new DataError(
      `Cannot read ${name}: shape (${
        shape.join(", ")
      }) of ${type} takes ${expected} bytes, but it holds ${found}`,
    );
  }
  const { buffer } = bytes.slice(dataOffset); // a copy, so that the elements are aligned
  return { type, shape, data: new npyTypes[type](buffer) };
}
