import { meanRow } from "../../numeric/statistics/mean_row.ts";
import { addProduct } from "../../compute/linalg/multiply_transposed.ts";
import { runningBackend } from "../../compute/tfjs/running_backend.ts";
import type { ClassFeatures } from "./class_features.ts";
import { centredRows, covariance } from "./moment_memory.ts";

/** The first two moments of features by class. */
export interface ClassMoments {
  /** Of each class, `(dimension)`. */
  readonly means: readonly Float64Array[];
  /** The mean over classes of their covariances, `(dimension, dimension)`; blocks below the diagonal are left 0. */
  readonly within: Float64Array;
  /** Rows of each class. */
  readonly counts: readonly number[];
}

/**
 * Class means, and the mean over classes of the covariances, each class with the same weight and each covariance with 1/rows: in
 * float64 around the means, on every thread of the wasm backend.
 *
 * @throws {RangeError} Where a class has no rows.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const rows = [Float32Array.of(1, 3), Float32Array.of(5, 5, 5)];
 * const { means, within, counts } = withinClassCovariance({ dimension: 1, classes: 2, rows: (label) => rows[label]! });
 * assertEquals([means.map((mean) => mean[0]), counts], [[2, 5], [2, 3]]);
 * assertEquals(within[0]!.toFixed(12), "0.500000000000");
 * backend.dispose();
 * ```
 */
export function withinClassCovariance(features: ClassFeatures): ClassMoments {
  const { dimension: d, classes } = features;
  const running = runningBackend();
  const { pool } = running;
  const result = covariance.place(pool, new Float64Array(d * d));
  const means: Float64Array[] = [];
  const counts: number[] = [];
  for (let label = 0; label < classes; label++) {
    const values = features.rows(label);
    const count = values.length / d;
    if (count === 0) {
      throw new RangeError(
        `Cannot compare classes: each of the ${classes} classes must have rows: class ${label} has none`,
      );
    }
    const mean = meanRow(values, d);
    const x = centredRows.reserve(pool, values.length * 8);
    const rows = pool.doubles(x, values.length);
    const scale = 1 / Math.sqrt(count * classes);
    for (let at = 0; at < values.length; at += d) {
      for (let k = 0; k < d; k++) rows[at + k] = (values[at + k]! - mean[k]!) * scale;
    }
    const sides = { steps: count, rows: d, columns: d, xStride: d, yStride: d, stride: d };
    addProduct(running, { x, y: x, result, ...sides, upper: true });
    means.push(mean);
    counts.push(count);
  }
  return { means, within: pool.doubles(result, d * d).slice(), counts };
}
