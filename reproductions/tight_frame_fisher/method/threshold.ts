import * as tf from "@tensorflow/tfjs-core";

/** The non-linearities of Zarka, Guth and Mallat (2021), section 2. */
export type ThresholdKind = "soft" | "relu";

/**
 * A threshold with a fixed level: soft, u - clip(u, -level, level), or rectified, max(u - level, 0).
 *
 * @param u Any shape.
 * @param level At least 0.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor1d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const u = tensor1d([-3, 0.5, 3]);
 * assertEquals(Array.from(threshold(u, "soft", 1).dataSync()), [-2, 0, 2]);
 * assertEquals(Array.from(threshold(u, "relu", 1).dataSync()), [0, 0, 2]);
 * backend.dispose();
 * ```
 */
export function threshold(u: tf.Tensor, kind: ThresholdKind, level: number): tf.Tensor {
  const kernel = kind === "soft" ? "SoftThreshold" : "Rectify";
  const operation = tf.customGrad((a, save) => {
    const value = tf.engine().runKernel(kernel, { a: a as tf.Tensor, b: tf.scalar(level) }) as tf.Tensor;
    (save as unknown as (tensors: tf.Tensor[]) => void)([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) =>
        tf.engine().runKernel("ThresholdGrad", { dy, y: y! }) as tf.Tensor,
    };
  });
  return operation(u);
}
