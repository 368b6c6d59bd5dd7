/**
 * The layers of LeNet-5 that no other network has. What is trained is what the paper counts: a convolution that sees some maps has
 * weights for these alone.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type {
  ConvolutionDescription,
  SubsamplingDescription,
} from "../../../src/nn/descriptions/network_description.ts";
import { fusedConv2d } from "../../../src/nn/fused_gradients.ts";
import { constant, type Initializer } from "../../../src/nn/initializers.ts";
import type { LayerMaker } from "../../../src/nn/layer.ts";
import { makeParameter } from "../../../src/nn/make_parameter.ts";

/**
 * Uniform values in +-sqrt(3 / fanIn), of variance 1 / fanIn.
 *
 * @param fanIn Values that a unit sees, the bias left out.
 */
export function uniformByFanIn(fanIn: number): Initializer {
  const limit = Math.sqrt(3 / fanIn);
  return (stream, shape) =>
    Float32Array.from(
      { length: shape.reduce((product, side) => product * side, 1) },
      () => limit * (2 * stream.uniform() - 1),
    );
}

/** 1.7159 tanh(2 a / 3), which maps +-1 to +-1 (LeCun et al. 1998, appendix A). */
export function scaledTanh(a: tf.Tensor): tf.Tensor {
  return tf.mul(tf.tanh(tf.mul(a, 2 / 3)), 1.7159);
}

/**
 * A convolution without padding, of which each map may see some maps of its input alone: (batch, height, width, maps).
 *
 * Weights are (kernel^2, pairs), a column for each pair of a map of the input and a map that sees it. Where some pairs are missing, they
 * are spread into a whole filter by a product with zeros and ones, which changes no bit of them, nor of their gradients.
 */
export function tabledConvolution({ name, maps, kernel, sees }: ConvolutionDescription): LayerMaker {
  return (inputShape, _, seed) => {
    const [height, width, channels] = inputShape as [number, number, number];
    const fromMaps = Array.from({ length: channels }, (_, from) => from);
    const table = sees ?? Array.from({ length: maps }, () => fromMaps);
    const pairs = fromMaps.flatMap((from) =>
      table.flatMap((seen, map) => seen.includes(from) ? [{ from, map }] : [])
    );
    const taps = kernel ** 2;
    const initial: Initializer = (stream) => {
      const values = new Float32Array(taps * pairs.length);
      for (const [column, { map }] of pairs.entries()) {
        const own = uniformByFanIn(taps * table[map]!.length)(stream, [taps]);
        for (let tap = 0; tap < taps; tap++) values[tap * pairs.length + column] = own[tap]!;
      }
      return values;
    };
    const weights = makeParameter(`${name}/weights`, [taps, pairs.length], "weight", initial, seed);
    const bias = makeParameter(`${name}/bias`, [maps], "bias", constant(0), seed);
    const isWhole = pairs.length === channels * maps;
    const spread = new Float32Array(isWhole ? 0 : pairs.length * channels * maps);
    if (!isWhole) {
      for (const [row, { from, map }] of pairs.entries()) {
        spread[row * channels * maps + from * maps + map] = 1;
      }
    }
    const wholeFilter = () =>
      isWhole ? weights.variable : tf.matMul(
        weights.variable as tf.Tensor2D,
        tf.tensor2d(spread, [pairs.length, channels * maps]),
      );
    return {
      name,
      outputShape: [height - kernel + 1, width - kernel + 1, maps],
      parameters: [weights, bias],
      state: [],
      apply: (x) =>
        tf.tidy(() => {
          const filter = tf.reshape(wholeFilter(), [kernel, kernel, channels, maps]);
          return fusedConv2d(x, filter, bias.variable, "valid", "linear");
        }),
    };
  };
}

/**
 * Sums over windows beside each other, times a coefficient of the map, plus its bias. The coefficient starts at 1 / window^2, so
 * that the layer starts as a mean.
 */
export function trainedSubsampling({ name, window }: SubsamplingDescription): LayerMaker {
  return (inputShape, _, seed) => {
    const [height, width, maps] = inputShape as [number, number, number];
    const values = window ** 2;
    const coefficient = makeParameter(`${name}/coefficient`, [maps], "scale", constant(1 / values), seed);
    const bias = makeParameter(`${name}/bias`, [maps], "bias", constant(0), seed);
    return {
      name,
      outputShape: [Math.floor(height / window), Math.floor(width / window), maps],
      parameters: [coefficient, bias],
      state: [],
      apply: (x) =>
        tf.tidy(() => {
          const sums = tf.mul(tf.avgPool(x as tf.Tensor4D, window, window, "valid"), values);
          return tf.add(tf.mul(sums, coefficient.variable), bias.variable);
        }),
    };
  };
}
