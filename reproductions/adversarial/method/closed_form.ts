/**
 * What the step does to linear classifiers, in float64.
 *
 * @module
 */
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** A linear classifier. */
export interface LinearClassifier {
  /** `(inputs, classes)`. */
  readonly weights: ArrayLike<number>;
  /** `(classes)`. */
  readonly bias: ArrayLike<number>;
}

/** How far the closed form is from what was measured. */
export interface ClosedFormErrors {
  /** The largest |move - eps |g|_1| / (eps |g|_1). */
  readonly step: number;
  /** The mean |move under random signs| / (eps |g|_1). */
  readonly random: number;
}

/** The logits of one input. */
export function logitsOf(x: ArrayLike<number>, { weights, bias }: LinearClassifier): Float64Array {
  const classes = bias.length;
  const z = Float64Array.from(bias);
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < classes; k++) z[k]! += x[i]! * weights[i * classes + k]!;
  }
  return z;
}

/**
 * The gradient of the cross-entropy with respect to the input: W (p - y), with p the probabilities and y the class.
 *
 * @returns `gradient` by input, and `error` p - y by class.
 */
export function lossGradient(
  x: ArrayLike<number>,
  label: number,
  classifier: LinearClassifier,
): { gradient: Float64Array; error: Float64Array } {
  const z = logitsOf(x, classifier);
  const top = Math.max(...z);
  const weights = z.map((value) => Math.exp(value - top));
  const total = weights.reduce((sum, value) => sum + value, 0);
  const error = weights.map((value, k) => value / total - (k === label ? 1 : 0));
  const classes = z.length;
  const gradient = Float64Array.from(
    { length: x.length },
    (_, i) => error.reduce((sum, e, k) => sum + e * classifier.weights[i * classes + k]!, 0),
  );
  return { gradient, error };
}

/**
 * Compares what a step along the signs of the gradient does to the logits with its closed form: their product with p - y, the mean
 * logit under p less that of the class, grows by eps |W (p - y)|_1. Of two classes that is a multiple of the margin.
 *
 * @param inputs `(count, inputs)`.
 * @param labels `(count)`.
 * @param classifier The classifier.
 * @param eps The size of the step.
 * @param stream Where random signs come from.
 */
export function closedFormErrors(
  inputs: ArrayLike<number>,
  labels: ArrayLike<number>,
  classifier: LinearClassifier,
  eps: number,
  stream: RandomStream,
): ClosedFormErrors {
  const size = inputs.length / labels.length;
  let step = 0;
  let random = 0;
  for (let row = 0; row < labels.length; row++) {
    const x = Float64Array.from({ length: size }, (_, i) => inputs[row * size + i]!);
    const { gradient, error } = lossGradient(x, labels[row]!, classifier);
    const before = logitsOf(x, classifier);
    const move = (signs: (i: number) => number) => {
      const after = logitsOf(x.map((value, i) => value + eps * signs(i)), classifier);
      return after.reduce((sum, z, k) => sum + error[k]! * (z - before[k]!), 0);
    };
    const closed = eps * gradient.reduce((sum, value) => sum + Math.abs(value), 0);
    step = Math.max(step, Math.abs(move((i) => Math.sign(gradient[i]!)) - closed) / closed);
    random += Math.abs(move(() => stream.integer(2) === 0 ? -1 : 1)) / closed / labels.length;
  }
  return { step, random };
}
