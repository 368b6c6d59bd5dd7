import * as tf from "@tensorflow/tfjs-core";
import { orderedSum } from "../compute/tfjs/ordered_sum.ts";
import { constant } from "./initializers.ts";
import type { LayerMaker } from "./layer.ts";
import { makeParameter } from "./make_parameter.ts";

/** Options of {@linkcode batchNorm}. */
export interface BatchNormOptions {
  /** Whether a trained scale and offset follow; true by default. */
  readonly affine?: boolean;
  /** Added to the variance; 1e-5 by default. */
  readonly epsilon?: number;
  /** Share of a new batch in the running statistics; 0.1 by default. */
  readonly momentum?: number;
}

/**
 * Batch normalisation over every side but the last (Ioffe and Szegedy 2015). Training uses the variance of the batch, and
 * the running variance takes the unbiased one, as PyTorch does.
 *
 * Inputs `(batch, ..., channels)`, results of the same shape; statistics, scale and offset are of `(channels)`.
 */
export function batchNorm(options: BatchNormOptions = {}): LayerMaker {
  const { affine = true, epsilon = 1e-5, momentum = 0.1 } = options;
  return (inputShape, index, seed) => {
    const name = `${index}-batch-norm`;
    const shape = [inputShape.at(-1)!];
    const make = (part: string, group: "bias" | "scale", value: number) => {
      return makeParameter(`${name}/${part}`, shape, group, constant(value), seed);
    };
    const parameters = affine ? [make("scale", "scale", 1), make("offset", "bias", 0)] : [];
    const state = [make("mean", "bias", 0), make("variance", "scale", 1)];
    for (const { variable } of state) variable.trainable = false;
    const [mean, variance] = state.map(({ variable }) => variable) as [tf.Variable, tf.Variable];
    const follow = (running: tf.Variable, batch: tf.Tensor, scale: number) => {
      running.assign(tf.tidy(() => {
        return tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum * scale));
      }));
    };
    return {
      name,
      outputShape: inputShape,
      parameters,
      state,
      apply: (x, { training }) => {
        const rows = x.size / shape[0]!;
        const normal = training
          ? normalize(x, epsilon, (batchMean, batchVariance) => {
            follow(mean, batchMean, 1);
            follow(variance, batchVariance, rows / Math.max(1, rows - 1));
          })
          : tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
        if (!affine) return normal;
        return affineMap(normal, parameters[0]!.variable, parameters[1]!.variable);
      },
    };
  };
}

/**
 * (x - mean) / sqrt(variance + epsilon) with the statistics of the batch. The gradient is that of Ioffe and Szegedy
 * (2015), section 3, in closed form: fewer passes over memory than the gradients of each operation.
 */
function normalize(
  x: tf.Tensor,
  epsilon: number,
  statistics: (mean: tf.Tensor, variance: tf.Tensor) => void,
): tf.Tensor {
  const axes = x.shape.map((_, i) => i).slice(0, -1);
  const rows = x.size / x.shape.at(-1)!;
  const average = (values: tf.Tensor) => tf.div(orderedSum(values, axes), rows);
  const operation = tf.customGrad((x, save) => {
    const mean = average(x as tf.Tensor);
    const centred = tf.sub(x as tf.Tensor, mean);
    const variance = average(tf.square(centred));
    const scale = tf.rsqrt(tf.add(variance, epsilon));
    const value = tf.mul(centred, scale);
    (save as unknown as (tensors: tf.Tensor[]) => void)([value, scale]);
    statistics(mean, variance);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [normal, scale] = saved as [tf.Tensor, tf.Tensor];
        const along = tf.mul(normal, average(tf.mul(dy, normal)));
        return tf.mul(tf.sub(tf.sub(dy, average(dy)), along), scale);
      },
    };
  });
  return operation(x);
}

/** x times scale plus offset, (batch, ..., channels) and twice (channels), whose gradients are sums in a fixed order. */
function affineMap(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, i) => i).slice(0, -1);
  const operation = tf.customGrad((x, scale, offset, save) => {
    (save as unknown as (tensors: tf.Tensor[]) => void)([x as tf.Tensor, scale as tf.Tensor]);
    return {
      value: tf.add(tf.mul(x as tf.Tensor, scale as tf.Tensor), offset as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, scale] = saved as [tf.Tensor, tf.Tensor];
        return [tf.mul(dy, scale), orderedSum(tf.mul(dy, x), axes), orderedSum(dy, axes)];
      },
    };
  });
  return operation(x, scale, offset);
}
