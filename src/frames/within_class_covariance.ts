import { backend } from "@tensorflow/tfjs-core";
import { Engine } from "../compute/tfjs/engine.ts";
import { addProduct } from "../linalg/multiply_transposed.ts";
import type { ClassFeatures } from "./class_features.ts";

/** The first two moments of features by class. */
export interface ClassMoments {
  /** Of each class, `(dimension)`. */
  readonly means: readonly Float64Array[];
  /** The mean over classes of their covariances, `(dimension, dimension)`; blocks below the diagonal are left 0. */
  readonly within: Float64Array;
  /** Rows of all classes. */
  readonly n: number;
}

/**
 * Class means, and the mean over classes of the covariances, each class with the same weight and each covariance with 1/rows: in
 * float64 around the means, on every thread of the wasm backend.
 *
 * @throws {RangeError} Where a class has no rows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const rows = [Float32Array.of(1, 3), Float32Array.of(5, 5, 5)];
 * const { means, within } = withinClassCovariance({ dimension: 1, classes: 2, rows: (label) => rows[label]! });
 * assertEquals(means.map((mean) => mean[0]), [2, 5]);
 * assertEquals(within[0]!.toFixed(12), "0.500000000000");
 * backend.dispose();
 * ```
 */
export function withinClassCovariance(features: ClassFeatures): ClassMoments {
  const { dimension: d, classes } = features;
  const engine = new Engine(backend());
  const result = engine.pool.place("class-covariance", new Float64Array(d * d));
  const means: Float64Array[] = [];
  let n = 0;
  for (let label = 0; label < classes; label++) {
    const values = features.rows(label);
    const count = values.length / d;
    if (count === 0) {
      throw new RangeError(
        `Cannot compare classes: each of the ${classes} classes must have rows: class ${label} has none`,
      );
    }
    const mean = meanOf(values, d);
    const x = engine.pool.scratch("class-rows", values.length * 8);
    const rows = engine.pool.doubles(x, values.length);
    const scale = 1 / Math.sqrt(count * classes);
    for (let at = 0; at < values.length; at += d) {
      for (let k = 0; k < d; k++) rows[at + k] = (values[at + k]! - mean[k]!) * scale;
    }
    const sides = { steps: count, rows: d, columns: d, xStride: d, yStride: d, stride: d };
    addProduct(engine, { x, y: x, result, ...sides, upper: true });
    means.push(mean);
    n += count;
  }
  return { means, within: engine.pool.doubles(result, d * d).slice(), n };
}

function meanOf(rows: Float32Array, d: number): Float64Array {
  const sums = new Float64Array(d);
  for (let at = 0; at < rows.length; at += d) for (let k = 0; k < d; k++) sums[k]! += rows[at + k]!;
  return sums.map((sum) => sum * d / rows.length);
}
