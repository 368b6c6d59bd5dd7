/**
 * Where features are measured from. Distances do not depend on it, but sums of squares around the mean are smaller,
 * so that float32 keeps more of the distance, and what does not vary need not be multiplied.
 *
 * @module
 */

/** The origin of features, and which of them vary. */
export interface FeatureFrame {
  /** `(dimension)`: the mean of each, or its value where all rows have the same. */
  readonly center: Float64Array;
  /** The features that vary, ascending. */
  readonly varying: Int32Array;
  /** The others. */
  readonly constant: Int32Array;
}

/**
 * Fits a frame to rows of features.
 *
 * @param features `(n, dimension)`, n >= 1.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { center, varying, constant } = fitFeatureFrame(Float32Array.of(1, 7, 2, 7), 2);
 * assertEquals([[...center], [...varying], [...constant]], [[1.5, 7], [0], [1]]);
 * ```
 */
export function fitFeatureFrame(features: Float32Array, dimension: number): FeatureFrame {
  const count = features.length / dimension;
  const center = new Float64Array(dimension);
  const varies = new Uint8Array(dimension);
  for (let at = 0; at < features.length; at += dimension) {
    for (let k = 0; k < dimension; k++) {
      const value = features[at + k]!;
      center[k]! += value;
      if (value !== features[k]) varies[k] = 1;
    }
  }
  for (let k = 0; k < dimension; k++) center[k] = varies[k] ? center[k]! / count : features[k]!;
  const all = Int32Array.from({ length: dimension }, (_, k) => k);
  return { center, varying: all.filter((k) => varies[k]), constant: all.filter((k) => !varies[k]) };
}

/**
 * Writes the features of a row that vary, around the center.
 *
 * @param row `(dimension)`.
 * @param to Where they go, one every `stride` values from `offset` on.
 * @returns The squared distance from the center, constant features included.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const frame = fitFeatureFrame(Float32Array.of(1, 7, 2, 7), 2);
 * const to = new Float32Array(1);
 * assertEquals([writeCentred(frame, Float32Array.of(3, 5), to, 0, 1), to[0]], [1.5 ** 2 + 2 ** 2, 1.5]);
 * ```
 */
export function writeCentred(
  { center, varying, constant }: FeatureFrame,
  row: Float32Array,
  to: Float32Array,
  offset: number,
  stride: number,
): number {
  let squaredLength = 0;
  for (let i = 0; i < varying.length; i++) {
    const k = varying[i]!;
    const value = Math.fround(row[k]! - center[k]!);
    to[offset + i * stride] = value;
    squaredLength += value * value;
  }
  for (const k of constant) squaredLength += (row[k]! - center[k]!) ** 2;
  return squaredLength;
}
