import { matMul, type Tensor2D, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { minimise } from "../../../src/numeric/optimise/lbfgs.ts";

/** Classes. */
const classes = 10;

/** Rows of a block: products are float32 within it, and sums over blocks float64. */
const blockRows = 2000;

/** What a softmax regression learns from. */
export interface TrainingFeatures {
  /** `(n, dimension)`, in blocks of any number of rows; each is asked for twice. */
  readonly blocks: () => Iterable<Float32Array>;
  /** Values of a row. */
  readonly dimension: number;
  /** `(n)`, in 0..9. */
  readonly labels: Uint8Array;
}

/** How it is learnt. */
export interface RegressionOptions {
  /** The penalty is lambda / 2 times the squared norm of the weights; biases are free. */
  readonly lambda: number;
  /** Steps of L-BFGS at most. */
  readonly iterations: number;
  /** Is told the share that is done. */
  readonly progress?: (share: number) => void;
}

/** A softmax regression that was learnt. */
export interface SoftmaxRegression {
  /** `(dimension, 10)` weights of features less their mean over the scale, then `(10)` biases. */
  readonly parameters: Float64Array;
  /** The mean of each feature. */
  readonly mean: Float64Array;
  /** One number: the root of the mean variance of features. */
  readonly scale: number;
  /** Steps that were taken. */
  readonly iterations: number;
  /** The norm of the last gradient over that of the first. */
  readonly gradientLeft: number;
}

/**
 * Learns a linear classifier by the cross-entropy of its softmax with an L2 penalty, from 0 by L-BFGS. Features have their means
 * subtracted and are divided by one number, so that an orthonormal change of coordinates changes nothing. Products run on the current backend
 * of tfjs in float32; everything else is float64.
 */
export function learnSoftmaxRegression(
  { blocks, dimension, labels }: TrainingFeatures,
  { lambda, iterations, progress }: RegressionOptions,
): SoftmaxRegression {
  const { mean, scale, varying } = standardisation(blocks(), dimension);
  const standardised: Tensor2D[] = [];
  for (const block of blocks()) {
    for (let at = 0; at < block.length; at += blockRows * dimension) {
      standardised.push(standardise(block.subarray(at, at + blockRows * dimension), mean, scale, varying));
    }
  }
  try {
    const objective = crossEntropy(standardised, varying.length, labels, lambda);
    const start = new Float64Array((varying.length + 1) * classes);
    const found = minimise(objective, start, {
      iterations,
      tolerance: 1e-5,
      // Of the float32 products within the value, which a mean over all rows makes smaller.
      noise: 1e-8,
      progress: (step) => progress?.(step / iterations),
    });
    return {
      parameters: spread(found.x, varying, dimension),
      mean,
      scale,
      iterations: found.iterations,
      gradientLeft: found.gradientNorm.end / found.gradientNorm.start,
    };
  } finally {
    for (const block of standardised) block.dispose();
  }
}

/**
 * The classes of features.
 *
 * @param regression What was learnt.
 * @param features `(n, dimension)`.
 * @returns `(n)`.
 */
export function classify({ parameters, mean, scale }: SoftmaxRegression, features: Float32Array): Uint8Array {
  const dimension = mean.length;
  const x = standardise(features, mean, scale, Uint32Array.from(mean.keys()));
  const logits = multiply(x, weightsOf(parameters, dimension));
  x.dispose();
  return Uint8Array.from({ length: features.length / dimension }, (_, row) => {
    let best = 0;
    const at = (k: number) => logits[row * classes + k]! + parameters[dimension * classes + k]!;
    for (let k = 1; k < classes; k++) if (at(k) > at(best)) best = k;
    return best;
  });
}

/**
 * The mean of each feature, the root of the mean of all variances, and which features vary: those that do not keep a weight of 0, so they
 * are left out of the products.
 */
function standardisation(
  blocks: Iterable<Float32Array>,
  dimension: number,
): { readonly mean: Float64Array; readonly scale: number; readonly varying: Uint32Array } {
  const mean = new Float64Array(dimension);
  const first: number[] = [];
  const varies = new Uint8Array(dimension);
  const squares = new Float64Array(dimension);
  let rows = 0;
  for (const block of blocks) {
    for (let at = 0; at < block.length; at += dimension) {
      for (let i = 0; i < dimension; i++) {
        const value = block[at + i]!;
        if (rows === 0 && at === 0) first.push(value);
        if (value !== first[i]) varies[i] = 1;
        mean[i]! += value;
        squares[i]! += value * value;
      }
    }
    rows += block.length / dimension;
  }
  let variance = 0;
  for (let i = 0; i < dimension; i++) {
    mean[i]! /= rows;
    variance += squares[i]! / rows - mean[i]! ** 2;
  }
  // Where all are the same nothing can be learnt, and nothing is divided.
  const varying = Uint32Array.from(varies.keys()).filter((i) => varies[i] === 1);
  return { mean, scale: varying.length > 0 ? Math.sqrt(variance / dimension) : 1, varying };
}

/** Features on their way to the backend. */
let scratch = new Float32Array(0);

/** Some features of each row, less their mean over the scale. */
function standardise(
  features: Float32Array,
  mean: Float64Array,
  scale: number,
  taken: Uint32Array,
): Tensor2D {
  const dimension = mean.length;
  const rows = features.length / dimension;
  const size = rows * taken.length;
  // tfjs copies the values at once: one array serves every block, where new ones would wait for the garbage collector.
  if (scratch.length < size) scratch = new Float32Array(size);
  const values = scratch.subarray(0, size);
  let to = 0;
  for (let at = 0; at < features.length; at += dimension) {
    for (const i of taken) values[to++] = (features[at + i]! - mean[i]!) / scale;
  }
  return tensor2d(values, [rows, taken.length]);
}

/** Parameters of the features that vary as parameters of all: 0 for the others. */
function spread(parameters: Float64Array, varying: Uint32Array, dimension: number): Float64Array {
  const all = new Float64Array((dimension + 1) * classes);
  varying.forEach((feature, i) => {
    all.set(parameters.subarray(i * classes, (i + 1) * classes), feature * classes);
  });
  all.set(parameters.subarray(varying.length * classes), dimension * classes);
  return all;
}

/** Mean cross-entropy and penalty, with their gradient. */
function crossEntropy(
  blocks: readonly Tensor2D[],
  dimension: number,
  labels: Uint8Array,
  lambda: number,
): (x: Float64Array, gradient: Float64Array) => number {
  const rows = labels.length;
  const weights = dimension * classes;
  return (x, gradient) => {
    const w = weightsOf(x, dimension);
    gradient.fill(0);
    let sum = 0;
    let first = 0;
    for (const block of blocks) {
      const logits = multiply(block, w);
      const residuals = new Float32Array(logits.length);
      for (let row = 0; row < block.shape[0]; row++) {
        sum += softmaxRow(logits, residuals, row * classes, labels[first + row]!, x, weights);
        for (let k = 0; k < classes; k++) gradient[weights + k]! += residuals[row * classes + k]! / rows;
      }
      const products = tidy(() =>
        matMul(block, tensor2d(residuals, [block.shape[0], classes]), true).dataSync()
      );
      for (let i = 0; i < weights; i++) gradient[i]! += products[i]! / rows;
      first += block.shape[0];
    }
    let penalty = 0;
    for (let i = 0; i < weights; i++) {
      penalty += x[i]! * x[i]!;
      gradient[i]! += lambda * x[i]!;
    }
    return sum / rows + lambda / 2 * penalty;
  };
}

/** Of the row at hand. */
const exponentials = new Float64Array(classes);

/** Writes probabilities less the label's one, and gives the cross-entropy of a row. */
function softmaxRow(
  logits: ArrayLike<number>,
  residuals: Float32Array,
  at: number,
  label: number,
  parameters: Float64Array,
  biases: number,
): number {
  let largest = -Infinity;
  for (let k = 0; k < classes; k++) largest = Math.max(largest, logits[at + k]! + parameters[biases + k]!);
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    exponentials[k] = Math.exp(logits[at + k]! + parameters[biases + k]! - largest);
    sum += exponentials[k]!;
  }
  for (let k = 0; k < classes; k++) {
    const share = exponentials[k]! / sum;
    residuals[at + k] = k === label ? share - 1 : share;
  }
  return Math.log(sum) + largest - logits[at + label]! - parameters[biases + label]!;
}

function weightsOf(parameters: Float64Array, dimension: number): Float32Array {
  return Float32Array.from(parameters.subarray(0, dimension * classes));
}

function multiply(x: Tensor2D, weights: Float32Array): Float32Array {
  return tidy(() => matMul(x, tensor2d(weights, [x.shape[1], classes])).dataSync() as Float32Array);
}
