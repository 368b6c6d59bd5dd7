/**
 * Weights by name, as files of trained networks hold them.
 *
 * @module
 */

/** An array of weights. */
export interface Weight {
  /** The length of each axis. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** Weights by name, in the order of their file. */
export type NamedWeights = ReadonlyMap<string, Weight>;

/** The number of elements of an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
