import * as tf from "@tensorflow/tfjs-core";
import { hardTanh } from "../../../src/nn/fused_gradients.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { sampleNetwork } from "./random_network.ts";
import { requireWhole } from "./require_whole.ts";

/** Options of {@linkcode countDichotomies}. */
export interface DichotomyOptions {
  /** k: units of each layer, and values of an input. */
  readonly width: number;
  /** n: hidden layers, W^(0) ... W^(n - 1) below the read-out. */
  readonly depth: number;
  /** The layer whose weights are swept, 0 ... depth - 1; the remaining depth is depth - 1 - layer. */
  readonly layer: number;
  /** sigma_w^2; there are no biases. */
  readonly weightVariance: number;
  /** s, the inputs that are told apart: at most 30. */
  readonly inputs: number;
  /** Steps of the sweep. */
  readonly points: number;
}

/** Steps of the sweep at a time. */
const chunk = 256;

/**
 * How many labellings of random inputs one layer's weights reach on a great circle (Raghu et al., section 2.4): the layer
 * is W cos t + W' sin t with t from 0 to 2 pi, the label of an input the sign of the network's one result.
 *
 * Float32 is enough: rounding moves the point of the circle at which a sign changes, by about 1e-6 of it.
 *
 * @param seed Decides the network, W' and the inputs.
 * @returns The number of different labellings.
 * @throws {RangeError} Where a number is not whole and >= 1, the layer is not one of the network's, or there are more than
 * 30 inputs.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const options = { width: 30, depth: 5, weightVariance: 8, inputs: 10, points: 1024 };
 * assert(countDichotomies({ ...options, layer: 0 }, 1) > countDichotomies({ ...options, layer: 4 }, 1));
 * backend.dispose();
 * ```
 */
export function countDichotomies(options: DichotomyOptions, seed: number): number {
  const { width, depth, layer, weightVariance, inputs, points } = options;
  requireWhole("count dichotomies", { width, depth, inputs, points });
  if (!Number.isInteger(layer) || layer < 0 || layer >= depth) {
    throw new RangeError(`Cannot sweep layer ${layer}: it must be one of the layers 0 to ${depth - 1}`);
  }
  if (inputs > 30) {
    throw new RangeError(`Cannot count dichotomies of ${inputs} inputs: there must be at most 30`);
  }
  const shape = { inputs: width, width, depth, classes: 1 };
  const { weights } = sampleNetwork(shape, { weightVariance, biasVariance: 0 }, seed);
  return tf.tidy(() => {
    const hidden = weights.slice(0, depth).map((values) => tf.tensor2d(values, [width, width]));
    const readout = tf.tensor2d(weights.at(-1)!, [width, 1]);
    const other = randomStream("sweep", seed);
    const deviation = Math.sqrt(weightVariance / width);
    const end = tf.tensor2d(normals(other, width * width, deviation), [width, width]);
    let z = tf.tensor2d(normals(randomStream("inputs", seed), inputs * width, 1), [inputs, width]);
    for (const below of hidden.slice(0, layer)) z = hardTanh(tf.matMul(z, below)) as tf.Tensor2D;
    const a = tf.matMul(z, hidden[layer]!).dataSync() as Float32Array;
    const b = tf.matMul(z, end).dataSync() as Float32Array;
    const found = new Set<number>();
    for (let first = 0; first < points; first += chunk) {
      const count = Math.min(chunk, points - first);
      const angles = Array.from({ length: count }, (_, i) => 2 * Math.PI * (first + i) / points);
      const results = tf.tidy(() => {
        let y = hardTanh(tf.tensor2d(mixtures(a, b, angles), [count * inputs, width])) as tf.Tensor2D;
        for (const above of hidden.slice(layer + 1)) y = hardTanh(tf.matMul(y, above)) as tf.Tensor2D;
        return tf.matMul(y, readout).dataSync();
      });
      for (let i = 0; i < count; i++) {
        let labels = 0;
        for (let s = 0; s < inputs; s++) labels = 2 * labels + (results[i * inputs + s]! >= 0 ? 1 : 0);
        found.add(labels);
      }
    }
    return found.size;
  });
}

/** a cos t + b sin t for each angle, one after the other. */
function mixtures(a: Float32Array, b: Float32Array, angles: readonly number[]): Float32Array {
  const values = new Float32Array(angles.length * a.length);
  for (const [i, angle] of angles.entries()) {
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    for (let k = 0; k < a.length; k++) values[i * a.length + k] = a[k]! * cos + b[k]! * sin;
  }
  return values;
}

function normals(stream: { normal(): number }, count: number, deviation: number): Float32Array {
  return Float32Array.from({ length: count }, () => deviation * stream.normal());
}
