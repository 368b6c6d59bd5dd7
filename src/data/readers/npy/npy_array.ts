/**
 * Arrays in NumPy's .npy format (versions 1.0 to 3.0), little-endian and in C order.
 *
 * @module
 */

/** The element types, by their names in a header. */
export type NpyType = "<f4" | "<f8" | "|u1" | "<i4" | "<i8";

/** The elements of an array, as JavaScript holds them. */
export type NpyData = Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array;

/** What a header says. */
export interface NpyHeader {
  /** The element type. */
  readonly type: NpyType;
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
  readonly "<i4": typeof Int32Array;
  readonly "<i8": typeof BigInt64Array;
} = {
  "<f4": Float32Array,
  "<f8": Float64Array,
  "|u1": Uint8Array,
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
