/**
 * Arrays in NumPy's .npy format (versions 1.0 to 3.0).
 *
 * @module
 */

/** The element types of an array in memory, by their names in a header. */
export type NpyType =
  | ("<f4" | "<f8" | "|u1" | "<u2" | "<u4" | "<u8")
  | ("|i1" | "<i2" | "<i4" | "<i8");

/** The elements of an array, as JavaScript holds them. */
export type NpyData =
  | (Float32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array | BigUint64Array)
  | (Int8Array | Int16Array | Int32Array | BigInt64Array);

/** The elements as they stand in a file. */
export interface NpyElements {
  /** What they are in memory, without loss: halves become float32, truth values 0 and 1. */
  readonly type: NpyType;
  /** Bytes of each in the file. */
  readonly bytes: number;
  /** Whether the most significant byte comes first. */
  readonly isBigEndian: boolean;
  /** Whether they are truth values: every byte but 0 is true. */
  readonly isTruth?: boolean;
}

/** What a header says. */
export interface NpyHeader {
  /** The element type in memory. */
  readonly type: NpyType;
  /** The elements as they stand in the file. */
  readonly elements: NpyElements;
  /** Whether the first axis is innermost in the file; so no array of which one axis alone is longer than 1 is marked. */
  readonly isFortranOrder: boolean;
  /** The length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** Where the elements begin, in bytes from the start of the file. */
  readonly dataOffset: number;
}

/** An array that was read. */
export interface NpyArray {
  /** The element type. */
  readonly type: NpyType;
  /** The length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** The elements, the last axis innermost. */
  readonly data: NpyData;
}

/** The constructors behind {@linkcode NpyType}. */
export const npyTypes: {
  readonly "<f4": typeof Float32Array;
  readonly "<f8": typeof Float64Array;
  readonly "|u1": typeof Uint8Array;
  readonly "<u2": typeof Uint16Array;
  readonly "<u4": typeof Uint32Array;
  readonly "<u8": typeof BigUint64Array;
  readonly "|i1": typeof Int8Array;
  readonly "<i2": typeof Int16Array;
  readonly "<i4": typeof Int32Array;
  readonly "<i8": typeof BigInt64Array;
} = {
  "<f4": Float32Array,
  "<f8": Float64Array,
  "|u1": Uint8Array,
  "<u2": Uint16Array,
  "<u4": Uint32Array,
  "<u8": BigUint64Array,
  "|i1": Int8Array,
  "<i2": Int16Array,
  "<i4": Int32Array,
  "<i8": BigInt64Array,
};

/** The first bytes of every file. */
export const NPY_MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * The number of elements of an array.
 *
 * @param shape The length of each axis.
 * @returns Their product.
 */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
