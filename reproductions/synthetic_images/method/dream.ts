/**
 * DeepDream: an image is changed so that whatever a stage of a network answers to it grows. The gradient of half the squared norm of
 * the pre-activations, whose deltas are the pre-activations themselves.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { InputFormat } from "../../../src/pretrained/mod.ts";
import { asImage, asInput } from "./networks.ts";

/** The norm of a stage's answer, and the gradient of half its square. */
export interface Answer {
  readonly norm: number;
  /** With respect to the grey levels, `(side, side, 3)`. */
  readonly gradient: Float32Array;
}

/** A stage's answer to an image. */
export function answer(stage: LayersModel, format: InputFormat, image: Float32Array, side: number): Answer {
  return tf.tidy(() => {
    const half = tf.valueAndGrad((x: tf.Tensor) =>
      tf.mul(0.5, tf.sum(tf.square(stage.apply(x) as tf.Tensor))) as tf.Scalar
    );
    const { value, grad } = half(asInput(image, side, format));
    return {
      norm: Math.sqrt(2 * value.dataSync()[0]!),
      gradient: asImage(grad.dataSync() as Float32Array, format),
    };
  });
}

/** An image after some steps, and the norm of the stage's answer before each and after the last. */
export interface Dream {
  readonly image: Float32Array;
  readonly norms: readonly number[];
}

/**
 * Takes steps of a mean size along the gradient, within 0..255.
 *
 * @param size Mean absolute change of a step, in grey levels.
 */
export function dream(
  stage: LayersModel,
  format: InputFormat,
  start: Float32Array,
  side: number,
  { steps, size }: { readonly steps: number; readonly size: number },
): Dream {
  let image = start;
  const norms: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { norm, gradient } = answer(stage, format, image, side);
    norms.push(norm);
    const mean = gradient.reduce((sum, value) => sum + Math.abs(value), 0) / gradient.length;
    const rate = mean === 0 ? 0 : size / mean;
    image = image.map((value, i) => Math.min(255, Math.max(0, value + rate * gradient[i]!)));
  }
  norms.push(answer(stage, format, image, side).norm);
  return { image, norms };
}
