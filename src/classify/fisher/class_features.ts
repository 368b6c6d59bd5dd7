import type { LabelledFeatures } from "../labelled_features.ts";
import { rowsOfClass } from "../rows_of_class.ts";

/** Features that are taken one class at a time, so that those of all classes need not be held at once. */
export interface ClassFeatures {
  /** Features of a row. */
  readonly dimension: number;
  /** The number of classes, C. */
  readonly classes: number;
  /** The rows of a class, `(rows, dimension)`; asked for once for each class from 0. */
  rows(label: number): Float32Array;
}

/**
 * Features in memory, class by class.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const data = { features: Float32Array.of(5, 6, 7), dimension: 1, labels: Uint8Array.of(1, 0, 1), classes: 2 };
 * assertEquals(Array.from(classFeatures(data).rows(1)), [5, 7]);
 * ```
 */
export function classFeatures(data: LabelledFeatures): ClassFeatures {
  const { dimension, classes } = data;
  return { dimension, classes, rows: (label) => rowsOfClass(data, label) };
}

/**
 * Every so many-th row of each class, from its first on: fewer rows, and the classes of the same relative sizes.
 *
 * @param step 2 for half of the rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const data = { features: Float32Array.of(1, 2, 3, 4), dimension: 1, labels: Uint8Array.of(0, 0, 1, 0), classes: 2 };
 * assertEquals([0, 1].map((label) => [...everyRow(data, 2).rows(label)]), [[1, 4], [3]]);
 * ```
 */
export function everyRow(data: LabelledFeatures, step: number): ClassFeatures {
  const { dimension, classes } = data;
  return {
    dimension,
    classes,
    rows: (label) => rowsOfClass(data, label).filter((_, i) => Math.floor(i / dimension) % step === 0),
  };
}
