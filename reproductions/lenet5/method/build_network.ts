import * as tf from "@tensorflow/tfjs-core";
import type {
  LayerDescription,
  NetworkDescription,
} from "../../../src/nn/descriptions/network_description.ts";
import { fusedDense } from "../../../src/nn/fused_gradients.ts";
import { constant } from "../../../src/nn/initializers.ts";
import type { Layer, LayerMaker } from "../../../src/nn/layer.ts";
import { makeParameter } from "../../../src/nn/make_parameter.ts";
import { Network } from "../../../src/nn/network.ts";
import { bitmaps } from "./bitmaps.ts";
import { squaredDistances } from "./distance_output.ts";
import { scaledTanh, tabledConvolution, trainedSubsampling, uniformByFanIn } from "./layers.ts";

/** What stands at the end: squared distances from bitmaps, as printed, or a dense layer whose results go into a softmax. */
export type Output = "rbf" | "softmax";

/**
 * The network of a description. Every layer up to the last squashes its sums by {@linkcode scaledTanh}.
 *
 * Results are (batch, classes), the largest of which is the class: of distances their negatives.
 *
 * @param description The network; its last layer measures distances.
 * @param output What stands in the place of the last layer.
 * @param seed Decides the weights at the start.
 * @throws {RangeError} Where the description has a layer that LeNet-5 has not.
 */
export function buildNetwork(description: NetworkDescription, output: Output, seed: number): Network {
  return new Network(description.input, description.layers.map((layer) => makerOf(layer, output)), seed);
}

function makerOf(layer: LayerDescription, output: Output): LayerMaker {
  switch (layer.kind) {
    case "convolution":
      return squashed(tabledConvolution(layer));
    case "subsampling":
      return squashed(trainedSubsampling(layer));
    case "dense":
      return squashed(named(layer));
    case "distance":
      return output === "softmax" ? named(layer) : distances(layer);
    case "pooling":
      throw new RangeError(
        `Cannot build the layer ${layer.name}: LeNet-5 has convolutions, sub-sampling, dense layers and distances, no maxima`,
      );
  }
}

function squashed(make: LayerMaker): LayerMaker {
  return (...given) => {
    const layer: Layer = make(...given);
    return { ...layer, apply: (x, pass) => scaledTanh(layer.apply(x, pass)) };
  };
}

/** A dense layer that is called what the paper calls it. */
function named({ name, units }: { readonly name: string; readonly units: number }): LayerMaker {
  return (inputShape, _, seed) => {
    const inputs = inputShape.reduce((product, side) => product * side, 1);
    const weights = makeParameter(`${name}/weights`, [inputs, units], "weight", uniformByFanIn(inputs), seed);
    const bias = makeParameter(`${name}/bias`, [units], "bias", constant(0), seed);
    return {
      name,
      outputShape: [units],
      parameters: [weights, bias],
      state: [],
      apply: (x) => fusedDense(tf.reshape(x, [-1, inputs]), weights.variable, bias.variable, "linear"),
    };
  };
}

/** The negative squared distances from the bitmaps; nothing is trained. */
function distances({ name, units }: { readonly name: string; readonly units: number }): LayerMaker {
  return ([inputs]) => ({
    name,
    outputShape: [units],
    parameters: [],
    state: [],
    apply: (x) =>
      tf.tidy(() => {
        const targets = tf.tensor2d(bitmaps, [units, inputs!]);
        return tf.neg(squaredDistances(x as tf.Tensor2D, targets));
      }),
  });
}
