import { type AffineSpace, ClassProducts } from "./class_products.ts";
import { checkFeatures, checkLabelledFeatures, type LabelledFeatures } from "./labelled_features.ts";
import { NearestSpaces } from "./nearest_spaces.ts";
import { rowsOfClass } from "./rows_of_class.ts";

/**
 * Fits the affine PCA classifier (Bruna and Mallat 2013, section 4.1): for each class its mean and the leading
 * eigenvectors of its covariance, found on every thread of the wasm backend (`startBackend()`).
 *
 * @param data The training set. A class of n rows has at most n - 1 directions; further ones are zero and leave the
 *   distance as it is, so that one row alone stands for itself.
 * @param directions Directions of each class.
 * @returns The spaces by label.
 * @throws {RangeError} Where a class has no row, a value is not finite, or `directions` is out of range.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const features = Float32Array.of(0, 0, 2, 0, 4, 0, 0, 1, 0, 3, 0, 5);
 * const spaces = fitAffinePca({ features, dimension: 2, labels: Uint8Array.of(0, 0, 0, 1, 1, 1), classes: 2 }, 1);
 * assertEquals(Array.from(spaces[0]!.mean), [2, 0]);
 * assertEquals(Array.from(classifyAffinePca(spaces, Float32Array.of(9, 1, 0.5, 8), 1)), [0, 1]);
 * backend.dispose();
 * ```
 */
export function fitAffinePca(data: LabelledFeatures, directions: number): readonly AffineSpace[] {
  checkLabelledFeatures(action, data);
  checkDirections(directions, data.dimension);
  return classProducts(data).map(([, products]) => products.space(directions)).toArray();
}

/**
 * The class whose affine space is nearest to each row.
 *
 * @param spaces Of `fitAffinePca()`.
 * @param features `(n, dimension)`.
 * @param d How many directions of each space are used.
 * @throws {RangeError} Where the features are not finite or no whole number of rows, or the spaces have fewer directions.
 * @throws {Error} Where no backend runs, unless d is 0.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const space = { variances: new Float64Array(0), directions: new Float32Array(0) };
 * const spaces = [{ ...space, mean: Float64Array.of(0) }, { ...space, mean: Float64Array.of(1) }];
 * assertEquals(Array.from(classifyAffinePca(spaces, Float32Array.of(0.4, 0.6), 0)), [0, 1]);
 * ```
 */
export function classifyAffinePca(
  spaces: readonly AffineSpace[],
  features: Float32Array,
  d: number,
): Uint8Array {
  return nearestSpaces(spaces, features, d).labels(d);
}

/**
 * Classification errors for every number of directions at once.
 *
 * @param spaces Of `fitAffinePca()`.
 * @param data Rows with their true labels.
 * @param largest The largest d.
 * @returns `(largest + 1)`: the number of errors for d = 0, 1, ...
 * @throws {RangeError} As `classifyAffinePca()`.
 * @throws {Error} As `classifyAffinePca()`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const space = { variances: new Float64Array(0), directions: new Float32Array(0) };
 * const spaces = [{ ...space, mean: Float64Array.of(0) }, { ...space, mean: Float64Array.of(1) }];
 * const data = { features: Float32Array.of(0.4, 0.6), dimension: 1, labels: Uint8Array.of(0, 0), classes: 2 };
 * assertEquals(Array.from(countAffinePcaErrors(spaces, data, 0)), [1]);
 * ```
 */
export function countAffinePcaErrors(
  spaces: readonly AffineSpace[],
  data: LabelledFeatures,
  largest: number,
): Float64Array {
  checkLabelledFeatures("count errors", data);
  return nearestSpaces(spaces, data.features, largest).errors(data.labels);
}

/** The classes with their inner products, made one after the other: those of 3472 features take 96 MB a class. */
export function* classProducts(data: LabelledFeatures): Generator<[label: number, products: ClassProducts]> {
  for (let label = 0; label < data.classes; label++) {
    const rows = rowsOfClass(data, label);
    if (rows.length === 0) {
      throw new RangeError(
        `Cannot ${action}: each class must have a row: class ${label} has none; sample by class`,
      );
    }
    yield [label, new ClassProducts(rows, data.dimension)];
  }
}

/** @throws {RangeError} Where a number of directions is none of a space of this dimension. */
export function checkDirections(directions: number, dimension: number): void {
  if (Number.isSafeInteger(directions) && directions >= 0 && directions <= dimension) return;
  throw new RangeError(
    `Cannot ${action}: the number of directions must be an integer in 0..${dimension}: current value is ${directions}`,
  );
}

const action = "fit the affine PCA classifier";

function nearestSpaces(
  spaces: readonly AffineSpace[],
  features: Float32Array,
  largest: number,
): NearestSpaces {
  const dimension = spaces[0]!.mean.length;
  checkFeatures("classify by affine PCA", features, dimension);
  const directions = spaces[0]!.directions.length / dimension;
  if (!Number.isSafeInteger(largest) || largest < 0 || largest > directions) {
    throw new RangeError(
      `Cannot classify by affine PCA: d must be an integer in 0..${directions}: current value is ${largest}`,
    );
  }
  const nearest = new NearestSpaces(features, dimension, largest);
  for (const [label, space] of spaces.entries()) nearest.offer(label, space);
  return nearest;
}
