import type { LabelledFeatures } from "./labelled_features.ts";

/**
 * The rows of one class.
 *
 * @returns `(rows of the class, dimension)`, in their order.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const data = { features: Float32Array.of(5, 6, 7), dimension: 1, labels: Uint8Array.of(1, 0, 1), classes: 2 };
 * assertEquals(Array.from(rowsOfClass(data, 1)), [5, 7]);
 * ```
 */
export function rowsOfClass({ features, dimension, labels }: LabelledFeatures, label: number): Float32Array {
  const count = labels.reduce((sum, own) => own === label ? sum + 1 : sum, 0);
  const rows = new Float32Array(count * dimension);
  let next = 0;
  for (const [row, own] of labels.entries()) {
    if (own === label) {
      rows.set(features.subarray(row * dimension, (row + 1) * dimension), dimension * next++);
    }
  }
  return rows;
}
