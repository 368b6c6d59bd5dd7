import * as tf from "@tensorflow/tfjs-core";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { countLabellings, type LabelCourse } from "./count_labellings.ts";
import { hardTanh, hardTanhPath, type Path } from "./hard_tanh_path.ts";
import { sampleNetwork } from "./random_network.ts";
import { requireWhole } from "../../../src/nn/require_whole.ts";

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
  /** Sides of the polygon that stands for the circle: an even number. */
  readonly sides: number;
}

/** Rows of a product at a time. */
const chunk = 4096;

/**
 * How many labellings of random inputs one layer's weights reach on a great circle (Raghu et al., section 2.4): the layer
 * is W cos t + W' sin t with t from 0 to 2 pi, the label of an input the sign of the network's one result.
 *
 * @param seed Decides the network, W' and the inputs.
 * @returns The number of different labellings.
 * @throws {RangeError} Where {@linkcode followLabels} does.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const options = { width: 30, depth: 5, weightVariance: 8, inputs: 10, sides: 256 };
 * assert(countDichotomies({ ...options, layer: 0 }, 1) > countDichotomies({ ...options, layer: 4 }, 1));
 * backend.dispose();
 * ```
 */
export function countDichotomies(options: DichotomyOptions, seed: number): number {
  return countLabellings(followLabels(options, seed));
}

/**
 * Follows the label of each input of {@linkcode countDichotomies} along half the circle; without biases the network is odd, so
 * that the other half has the opposite labels.
 *
 * The circle is taken as an inscribed polygon, which misses it by 1 - cos(pi / sides) of the radius, 1.2e-6 at 2048 sides. Along a
 * side the network is linear between the angles at which some unit begins or ceases to saturate. They are found layer by layer, and
 * so is every change of a sign, however soon the next one follows. What remains is rounding in float32: it moves a
 * change by about 1e-6 of the circle, so that a labelling on a shorter arc may be missed, or one be found that is none.
 *
 * @param seed Decides the network, W' and the inputs.
 * @throws {RangeError} Where a number is not whole and >= 1, the layer is not one of the network's, there are more than
 * 30 inputs, or sides are odd.
 */
export function followLabels(options: DichotomyOptions, seed: number): LabelCourse[] {
  const { width, depth, layer, weightVariance, inputs, sides } = options;
  requireWhole("count dichotomies", { width, depth, inputs, sides });
  if (!Number.isInteger(layer) || layer < 0 || layer >= depth) {
    throw new RangeError(`Cannot sweep layer ${layer}: it must be one of the layers 0 to ${depth - 1}`);
  }
  if (inputs > 30) {
    throw new RangeError(`Cannot count dichotomies of ${inputs} inputs: there must be at most 30`);
  }
  if (sides % 2 !== 0) {
    throw new RangeError(`Cannot count dichotomies on half of ${sides} sides: their number must be even`);
  }
  const shape = { inputs: width, width, depth, classes: 1 };
  const { weights } = sampleNetwork(shape, { weightVariance, biasVariance: 0 }, seed);
  const hidden = weights.slice(0, depth);
  const readout = weights.at(-1)!;
  const deviation = Math.sqrt(weightVariance / width);
  const end = normals(randomStream("sweep", seed), width * width, deviation);
  let z = normals(randomStream("inputs", seed), inputs * width, 1);
  for (const below of hidden.slice(0, layer)) z = product(z, below, width).map(hardTanh);
  const a = product(z, hidden[layer]!, width);
  const b = product(z, end, width);
  return Array.from({ length: inputs }, (_, s) => {
    const ofInput = (values: Float32Array) => values.subarray(s * width, (s + 1) * width);
    let path = halfCircle(ofInput(a), ofInput(b), sides);
    for (const above of [...hidden.slice(layer + 1), readout]) {
      const { angles, values } = hardTanhPath(path);
      path = { angles, values: product(values, above, width) };
    }
    return labelCourse(path);
  });
}

/** a cos t + b sin t at the corners of the polygon, t from 0 to pi. */
function halfCircle(a: Float32Array, b: Float32Array, sides: number): Path {
  const angles = Float64Array.from({ length: sides / 2 + 1 }, (_, corner) => 2 * Math.PI * corner / sides);
  const values = new Float32Array(angles.length * a.length);
  for (const [corner, angle] of angles.entries()) {
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    for (let k = 0; k < a.length; k++) values[corner * a.length + k] = a[k]! * cos + b[k]! * sin;
  }
  return { angles, values };
}

/** `(count, inner)` times `(inner, units)`. */
function product(rows: Float32Array, matrix: Float32Array, inner: number): Float32Array {
  const units = matrix.length / inner;
  const products = new Float32Array(rows.length / inner * units);
  const right = tf.tensor2d(matrix, [inner, units]);
  for (let first = 0; first * inner < rows.length; first += chunk) {
    const part = rows.subarray(first * inner, (first + chunk) * inner);
    // Not in a tidy(), which looks at each number that it returns and takes longer than the product.
    const left = tf.tensor2d(part, [part.length / inner, inner]);
    const result = tf.matMul(left, right);
    products.set(result.dataSync(), first * units);
    tf.dispose([left, result]);
  }
  right.dispose();
  return products;
}

/** The sign along a path of one unit. */
function labelCourse({ angles, values }: Path): LabelCourse {
  const changes: number[] = [];
  for (let node = 0; node + 1 < angles.length; node++) {
    const from = values[node]!;
    const to = values[node + 1]!;
    if ((from >= 0) === (to >= 0)) continue;
    changes.push(angles[node]! + (angles[node + 1]! - angles[node]!) * from / (from - to));
  }
  return { positive: values[0]! >= 0, changes };
}

function normals(stream: { normal(): number }, count: number, deviation: number): Float32Array {
  return Float32Array.from({ length: count }, () => deviation * stream.normal());
}
