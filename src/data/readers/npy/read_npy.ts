import { DataError } from "../../../errors.ts";
import { foreignContent } from "../../../files/foreign_content.ts";
import { oneLine } from "../../../one_line.ts";
import {
  elementCount,
  NPY_MAGIC,
  type NpyArray,
  type NpyData,
  type NpyElements,
  type NpyHeader,
  npyTypes,
} from "./npy_array.ts";
import { type PythonLiteral, readPythonLiteral } from "./python_literal.ts";

/**
 * The largest header that is read, in bytes. One of a plain array has 118 or so; more is a structured type or a
 * damaged file.
 */
const MAX_HEADER_BYTES = 65_536;

/** The types that a file may have, without the mark of their byte order: by kind and size, and by the other names that NumPy has for them. */
const storedTypes: Readonly<Record<string, Omit<NpyElements, "isBigEndian">>> = {
  f2: { type: "<f4", bytes: 2 },
  f4: { type: "<f4", bytes: 4 },
  f8: { type: "<f8", bytes: 8 },
  b1: { type: "|u1", bytes: 1, isTruth: true },
  u1: { type: "|u1", bytes: 1 },
  u2: { type: "<u2", bytes: 2 },
  u4: { type: "<u4", bytes: 4 },
  u8: { type: "<u8", bytes: 8 },
  i1: { type: "|i1", bytes: 1 },
  i2: { type: "<i2", bytes: 2 },
  i4: { type: "<i4", bytes: 4 },
  i8: { type: "<i8", bytes: 8 },
};
const otherNames: Readonly<Record<string, string>> = {
  ...{ float16: "f2", float32: "f4", float64: "f8", bool: "b1", e: "f2", f: "f4", d: "f8", "?": "b1" },
  ...{ uint8: "u1", uint16: "u2", uint32: "u4", uint64: "u8", B: "u1", H: "u2", I: "u4", Q: "u8" },
  ...{ int8: "i1", int16: "i2", int32: "i4", int64: "i8", b: "i1", h: "i2", i: "i4", q: "i8" },
};

/**
 * Reads the header of an .npy file.
 *
 * @param bytes The beginning of the file, at least up to the end of the header.
 * @param name What the file is called in errors.
 * @returns Type, shape, and where the elements begin.
 * @throws {DataError} Where the header is damaged, or the type is none that JavaScript holds without loss, with the way to convert it.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeNpyHeader } from "./write_npy.ts";
 *
 * const header = readNpyHeader(writeNpyHeader("<f4", [10, 28, 28]));
 * assertEquals([header.type, header.shape, header.dataOffset], ["<f4", [10, 28, 28], 128]);
 * ```
 */
export function readNpyHeader(bytes: Uint8Array, name = "the .npy file"): NpyHeader {
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${oneLine(reason)}`);
  };
  if (bytes.length === 0) fail("it is empty");
  const foreign = foreignContent(bytes);
  if (foreign !== undefined) fail(foreign);
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

  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start, dataOffset));
  const fields = readFields(text, fail);
  const elements = readType(fields.get("descr"), fail);
  const order = fields.get("fortran_order");
  if (typeof order !== "boolean") fail(unreadable("fortran_order", text));
  const sides = fields.get("shape");
  if (!Array.isArray(sides) || !sides.every((side) => typeof side === "number" && side >= 0)) {
    fail(unreadable("shape", text));
  }
  const shape = sides as readonly number[];
  if (!shape.every(Number.isSafeInteger)) {
    fail(`the sides must be whole numbers below 2^53: current shape is (${shape.join(", ")})`);
  }
  const isFortranOrder = order === true && shape.filter((side) => side !== 1).length > 1;
  return { type: elements.type, elements, isFortranOrder, shape, dataOffset };
}

function unreadable(key: string, text: string): string {
  return `the header has no readable '${key}': ${JSON.stringify(text.trim().slice(0, 200))}`;
}

/** The dictionary of a header. */
function readFields(
  text: string,
  fail: (reason: string) => never,
): ReadonlyMap<PythonLiteral, PythonLiteral> {
  try {
    const read = readPythonLiteral(text);
    if (read instanceof Map) return read;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fail(
    `the header must be a dictionary of Python: it is ${JSON.stringify(text.trim().slice(0, 200))}`,
  );
}

/** The type of the elements, by their description. */
function readType(description: PythonLiteral | undefined, fail: (reason: string) => never): NpyElements {
  if (Array.isArray(description)) {
    return fail('the elements are structured: save one field of them, numpy.save("x.npy", x["name"])');
  }
  if (typeof description !== "string") return fail("the header has no readable 'descr'");
  const [, order, name] = /^([<>=|]?)(.*)$/s.exec(description)!;
  const code = Object.hasOwn(otherNames, name!) ? otherNames[name!]! : name!;
  if (!Object.hasOwn(storedTypes, code)) {
    const mend = /^(c|complex|F$|D$|G$)/.test(name!)
      ? 'numpy.save("x.npy", numpy.abs(x)), or x.real and x.imag'
      : 'numpy.save("x.npy", x.astype("<f8"))';
    return fail(
      `the elements must be whole numbers, truth values or floats of at most 64 bits: current type is ${description}: ` +
        `convert them, ${mend}`,
    );
  }
  return { ...storedTypes[code]!, isBigEndian: order === ">" && storedTypes[code]!.bytes > 1 };
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
  const { type, elements, isFortranOrder, shape, dataOffset } = readNpyHeader(bytes, name);
  const expected = elementCount(shape) * elements.bytes;
  const found = bytes.length - dataOffset;
  if (found !== expected) {
    throw new DataError(
      `Cannot read ${name}: shape (${
        shape.join(", ")
      }) of ${type} takes ${expected} bytes, but it holds ${found}`,
    );
  }
  const stored = decodeElements(bytes.slice(dataOffset), elements); // a copy, so that the elements are aligned
  return { type, shape, data: isFortranOrder ? inRowMajorOrder(stored, shape) : stored };
}

/**
 * The elements of a file as JavaScript holds them, without loss.
 *
 * @param bytes Whole elements that nothing else uses, from the start of their buffer; they may be changed and become the result.
 * @param elements What they are.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const elements = { type: "<u2", bytes: 2, isBigEndian: true } as const;
 * assertEquals(decodeElements(Uint8Array.of(1, 2), elements), Uint16Array.of(258));
 * ```
 */
export function decodeElements(
  bytes: Uint8Array<ArrayBuffer>,
  { type, bytes: size, isBigEndian, isTruth = false }: NpyElements,
): NpyData {
  if (isBigEndian) {
    for (let at = 0; at < bytes.length; at += size) {
      bytes.subarray(at, at + size).reverse();
    }
  }
  if (isTruth) bytes.forEach((byte, i) => bytes[i] = byte === 0 ? 0 : 1);
  const count = bytes.length / size;
  if (type === "<f4" && size === 2) return Float32Array.from(new Float16Array(bytes.buffer, 0, count));
  return new npyTypes[type](bytes.buffer, 0, count);
}

/** The same array with its last axis innermost. */
function inRowMajorOrder(data: NpyData, shape: readonly number[]): NpyData {
  const ordered = data.slice();
  const places = shape.map(() => 0);
  for (let to = 0; to < data.length; to++) {
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) from = from * shape[axis]! + places[axis]!;
    ordered[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0 && ++places[axis]! === shape[axis]; axis--) places[axis] = 0;
  }
  return ordered;
}
