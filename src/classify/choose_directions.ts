import type { RandomStream } from "../numeric/random/random_stream.ts";
import { checkDirections, classProducts } from "./affine_pca.ts";
import { checkLabelledFeatures, type LabelledFeatures } from "./labelled_features.ts";
import { NearestSpaces } from "./nearest_spaces.ts";

/** How the number of directions is chosen. */
export interface ChoiceOptions {
  /** The largest that is tried, by default 160; never more than the features. */
  readonly largest?: number;
  /** Parts that are left out in turn, 5 by default. */
  readonly folds?: number;
  /** Half the width of the mean that smooths the curve of errors, 8 by default. */
  readonly smoothing?: number;
}

/**
 * Chooses the number of directions of the affine PCA classifier by cross-validation (Bruna and Mallat 2013, section
 * 4.1): each class is dealt into folds at random, and each fold is classified by the spaces of the rest. The number is
 * the smallest at which the smoothed curve of errors is lowest.
 *
 * @param data The training set.
 * @param stream Deals the rows of the classes, one class after another.
 * @returns The number d, and the errors for d = 0, 1, ... as counted.
 * @throws {RangeError} Where the data is not well-formed, a class has no row, or an option is out of its range.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const features = Float32Array.from({ length: 40 }, (_, i) => i % 4 < 2 ? (i % 4) * i : (3 - i % 4) * i);
 * const labels = Uint8Array.from({ length: 20 }, (_, row) => row % 2);
 * const data = { features, dimension: 2, labels, classes: 2 };
 * assertEquals(chooseDirections(data, randomStream("folds", 0), { smoothing: 0 }).directions, 1);
 * backend.dispose();
 * ```
 */
export function chooseDirections(
  data: LabelledFeatures,
  stream: RandomStream,
  options: ChoiceOptions = {},
): { readonly directions: number; readonly errors: Float64Array } {
  const { folds = 5, smoothing = 8 } = options;
  const largest = options.largest ?? Math.min(160, data.dimension);
  checkLabelledFeatures(action, data);
  checkDirections(largest, data.dimension);
  for (const [name, value, least] of [["folds", folds, 2], ["smoothing", smoothing, 0]] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(
        `Cannot ${action}: ${name} must be an integer >= ${least}: current value is ${value}`,
      );
    }
  }
  const foldByRow = dealRows(data, folds, stream);
  const rows = Array.from({ length: folds }, (_, fold) => rowsWhere(foldByRow, fold));
  const held = rows.map((own) => {
    const features = new Float32Array(own.length * data.dimension);
    for (const [i, row] of own.entries()) {
      features.set(takeRow(data, row), i * data.dimension);
    }
    return new NearestSpaces(features, data.dimension, largest);
  });
  for (const [label, products] of classProducts(data)) {
    const own = rowsWhere(data.labels, label).map((row) => foldByRow[row]!);
    for (const [fold, nearest] of held.entries()) {
      const leftOut = rowsWhere(own, fold);
      // The only fold of a class of one row: no space is left of it, and the row counts as an error.
      if (leftOut.length < products.count) nearest.offer(label, products.space(largest, leftOut));
    }
  }
  const errors = new Float64Array(largest + 1);
  for (const [fold, nearest] of held.entries()) {
    const labels = Uint8Array.from(rows[fold]!, (row) => data.labels[row]!);
    for (const [d, count] of nearest.errors(labels).entries()) errors[d]! += count;
  }
  const smooth = smoothed(errors, smoothing);
  return { directions: smooth.indexOf(Math.min(...smooth)), errors };
}

const action = "choose the number of directions";

/** Deals the rows of each class to folds, as evenly as can be, in random order. */
function dealRows(
  { labels, classes }: LabelledFeatures,
  folds: number,
  stream: RandomStream,
): Uint32Array {
  const foldByRow = new Uint32Array(labels.length);
  for (let label = 0; label < classes; label++) {
    const rows = rowsWhere(labels, label);
    for (const [i, k] of stream.permutation(rows.length).entries()) foldByRow[rows[k]!] = i % folds;
  }
  return foldByRow;
}

/** The indices of the elements that equal a value. */
function rowsWhere(values: ArrayLike<number>, value: number): number[] {
  return Array.from(values).flatMap((own, row) => own === value ? [row] : []);
}

function takeRow({ features, dimension }: LabelledFeatures, row: number): Float32Array {
  return features.subarray(row * dimension, (row + 1) * dimension);
}

/** Means over at most `half` neighbours on both sides, as many as there are. */
function smoothed(values: Float64Array, half: number): Float64Array {
  return values.map((_, i) => {
    const window = values.subarray(Math.max(0, i - half), i + half + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}
