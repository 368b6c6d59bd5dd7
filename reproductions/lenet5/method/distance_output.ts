/**
 * The output as printed: squared distances from pictures, and the loss that wants the right one small and the others large.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/**
 * |x - w_i|^2 for each row x and each target w_i (LeCun et al. 1998, equation 7).
 *
 * @param x (batch, units).
 * @param targets (classes, units).
 * @returns (batch, classes).
 */
export function squaredDistances(x: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const products = tf.matMul(x, targets, false, true);
    const own = tf.sum(tf.square(x), 1, true);
    return tf.add(tf.sub(own, tf.mul(products, 2)), tf.sum(tf.square(targets), 1)) as tf.Tensor2D;
  });
}

/**
 * The mean over the batch of y_D + log(e^-j + sum_i e^-y_i), D the right class (equation 9): the last term pushes the distances of
 * the wrong classes up, as far as j.
 *
 * @param distances y, (batch, classes).
 * @param labels int32 classes (batch).
 * @param rubbish j, the distance at which what is in no class would stand.
 */
export function discriminativeLoss(distances: tf.Tensor, labels: tf.Tensor, rubbish: number): tf.Scalar {
  return tf.tidy(() => {
    const [rows, classes] = distances.shape as [number, number];
    const chosen = tf.cast(tf.oneHot(tf.cast(labels, "int32"), classes), "float32");
    const right = tf.sum(tf.mul(distances, chosen), 1);
    const all = tf.concat([tf.neg(distances), tf.fill([rows, 1], -rubbish)], 1);
    return tf.mean(tf.add(right, tf.logSumExp(all, 1))) as tf.Scalar;
  });
}
