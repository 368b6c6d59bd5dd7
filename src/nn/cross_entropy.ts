import * as tf from "@tensorflow/tfjs-core";

/**
 * Mean softmax cross-entropy of a batch.
 *
 * @param logits (batch, classes).
 * @param labels int32 classes (batch).
 * @returns The mean over the batch, a scalar.
 * @throws {RangeError} Where there is no row, a label is no class or the shapes differ.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { tensor1d, zeros } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const loss = crossEntropy(zeros([2, 10]), tensor1d([3, 7], "int32"));
 * assertAlmostEquals(loss.dataSync()[0]!, Math.log(10), 1e-6);
 * backend.dispose();
 * ```
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  if (labels.size === 0) {
    throw new RangeError(
      `Cannot take the mean cross-entropy of no rows: there must be at least one, logits are (${logits.shape})`,
    );
  }
  const operation = tf.customGrad((logits, save) => {
    const [losses, slope] = lossesAndSlope(logits as tf.Tensor, labels);
    (save as unknown as (tensors: tf.Tensor[]) => void)([slope]);
    return {
      value: tf.mean(losses),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, tf.div(dy, labels.size)),
    };
  });
  return operation(logits) as tf.Scalar;
}

function lossesAndSlope(logits: tf.Tensor, labels: tf.Tensor): [tf.Tensor, tf.Tensor] {
  if (tf.getKernel("CrossEntropy", tf.getBackend()) !== undefined) {
    return tf.engine().runKernel("CrossEntropy", { logits, labels }) as unknown as [tf.Tensor, tf.Tensor];
  }
  // The cpu backend, which tests compare with.
  const classes = tf.oneHot(tf.cast(labels, "int32"), logits.shape[1]!);
  const own = tf.sum(tf.mul(logits, tf.cast(classes, "float32")), 1);
  return [tf.sub(tf.logSumExp(logits, 1), own), tf.sub(tf.softmax(logits), classes)];
}
