import { checkFeatures } from "./labelled_features.ts";

/** The range of each feature on a training set. */
export interface FeatureRange {
  /** `(dimension)`. */
  readonly least: Float32Array;
  /** `(dimension)`. */
  readonly largest: Float32Array;
}

/**
 * Finds the range of each feature.
 *
 * @param features `(n, dimension)` of the training set, n >= 1.
 * @throws {RangeError} Where the features are not finite, no row, or no whole number of rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { least, largest } = fitFeatureRange(Float32Array.of(1, 5, 3, 4), 2);
 * assertEquals([[...least], [...largest]], [[1, 4], [3, 5]]);
 * ```
 */
export function fitFeatureRange(features: Float32Array, dimension: number): FeatureRange {
  if (checkFeatures("find the range of features", features, dimension) === 0) {
    throw new RangeError("Cannot find the range of features: there must be a row: current number is 0");
  }
  const least = features.slice(0, dimension);
  const largest = features.slice(0, dimension);
  for (let at = 0; at < features.length; at += dimension) {
    for (let k = 0; k < dimension; k++) {
      const value = features[at + k]!;
      if (value < least[k]!) least[k] = value;
      else if (value > largest[k]!) largest[k] = value;
    }
  }
  return { least, largest };
}

/**
 * Maps each feature to [-1, 1] over its range; what lies outside stays outside. A feature of one value only says
 * nothing and becomes 0, on other sets too.
 *
 * @param features `(n, dimension)`. They are not changed, unless they are `into`.
 * @param into Takes the result; a new array by default.
 * @throws {RangeError} Where the features are not finite or no whole number of rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const range = fitFeatureRange(Float32Array.of(1, 5, 3, 5), 2);
 * assertEquals(Array.from(scaleToUnitRange(Float32Array.of(1, 5, 4, 6), range)), [-1, 0, 2, 0]);
 * ```
 */
export function scaleToUnitRange(
  features: Float32Array,
  { least, largest }: FeatureRange,
  into: Float32Array = new Float32Array(features.length),
): Float32Array {
  const dimension = least.length;
  checkFeatures("scale features", features, dimension);
  const center = Float64Array.from(least, (value, k) => (value + largest[k]!) / 2);
  const factor = Float64Array.from(least, (value, k) => value === largest[k] ? 0 : 2 / (largest[k]! - value));
  for (let at = 0; at < features.length; at += dimension) {
    for (let k = 0; k < dimension; k++) into[at + k] = (features[at + k]! - center[k]!) * factor[k]!;
  }
  return into;
}
