/** Rows of features, each of a class. */
export interface LabelledFeatures {
  /** `(n, dimension)`, row-major. */
  readonly features: Float32Array;
  /** Features of a row. */
  readonly dimension: number;
  /** `(n)`, values from 0 to `classes` - 1. */
  readonly labels: Uint8Array;
  /** The number of classes; a class may have no row. */
  readonly classes: number;
}

/**
 * Checks labelled features.
 *
 * @param action What they are wanted for, as the error message has it: `"train the SVM"`.
 * @returns The number of rows.
 * @throws {RangeError} Where the sizes do not fit each other, a value is not finite, or a label is none of a class.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const data = { features: Float32Array.of(1, 2, 3), dimension: 1, labels: Uint8Array.of(0, 1, 2), classes: 2 };
 * assertThrows(() => checkLabelledFeatures("fit", data), RangeError, "label 2 has the value 2");
 * ```
 */
export function checkLabelledFeatures(action: string, data: LabelledFeatures): number {
  const { labels, classes } = data;
  if (!Number.isSafeInteger(classes) || classes < 1 || classes > 256) {
    throw new RangeError(
      `Cannot ${action}: the number of classes must be an integer in 1..256: current value is ${classes}`,
    );
  }
  const count = checkFeatures(action, data.features, data.dimension);
  if (labels.length !== count) {
    throw new RangeError(
      `Cannot ${action}: there must be a label for each row: ${count} rows have ${labels.length} labels`,
    );
  }
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot ${action}: labels must be in 0..${classes - 1}: label ${wrong} has the value ${labels[wrong]}`,
    );
  }
  return count;
}

/**
 * Checks features without labels.
 *
 * @param action What they are wanted for, as the error message has it.
 * @returns The number of rows.
 * @throws {RangeError} Where they are no whole number of rows, or a value is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(checkFeatures("predict", Float32Array.of(1, 2, 3, 4), 2), 2);
 * assertThrows(() => checkFeatures("predict", Float32Array.of(1, NaN), 1), RangeError, "feature 0 of row 1");
 * ```
 */
export function checkFeatures(action: string, features: Float32Array, dimension: number): number {
  if (!Number.isSafeInteger(dimension) || dimension < 1) {
    throw new RangeError(
      `Cannot ${action}: the dimension must be an integer >= 1: current value is ${dimension}`,
    );
  }
  if (features.length % dimension !== 0) {
    throw new RangeError(
      `Cannot ${action}: ${features.length} values are no whole number of rows of ${dimension}`,
    );
  }
  for (let i = 0; i < features.length; i++) {
    if (Number.isFinite(features[i])) continue;
    throw new RangeError(
      `Cannot ${action}: features must be finite: feature ${i % dimension} of row ${
        Math.floor(i / dimension)
      } is ${features[i]}`,
    );
  }
  return features.length / dimension;
}
