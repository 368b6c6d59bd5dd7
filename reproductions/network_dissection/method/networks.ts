/**
 * Trained networks as jobs of this reproduction declare them, their controls, and a small network that stands in.
 *
 * @module
 */
import {
  initializers,
  input,
  layers,
  type LayersModel,
  model,
  type SymbolicTensor,
} from "@tensorflow/tfjs-layers";
import * as tf from "@tensorflow/tfjs-core";
import type { ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { type Classifier, mobileNet, squeezeNet } from "../../../src/pretrained/mod.ts";

/** The networks that are dissected. */
export const networks = { squeezenet: squeezeNet, mobilenet: mobileNet } as const;

/** The name of one of them. */
export type NetworkName = keyof typeof networks;

/** Files of a network, as they are to be read. */
export interface NetworkReading extends Reading {
  /** The network. */
  readonly network: NetworkName;
}

/** The weights of a trained network as a job declares them. */
export function networkSource(network: NetworkName): Source<NetworkReading> {
  const { dataset, files } = networks[network];
  return {
    dataset,
    resolve: ({ source }) =>
      source === "stand-in"
        ? { dataset, network, files: [], standIn: true }
        : { dataset, network, files, standIn: false },
  };
}

/**
 * Loads a network on the current backend.
 *
 * @param reading The network; where it is not at hand, a small random one with the same stages stands in.
 * @param permuted The number of a permutation of its weights, the control: {@linkcode permuteWeights}; `null` for none.
 * @param context What it is read with.
 */
export async function loadNetwork(
  reading: NetworkReading,
  permuted: number | null,
  context: ReadContext,
): Promise<LayersModel> {
  const classifier = networks[reading.network];
  const network = reading.standIn ? standInNetwork(classifier) : await classifier.load(context);
  if (permuted !== null) {
    permuteWeights(network, context.rng(`network_dissection/permuted ${reading.network}`, permuted));
  }
  return network;
}

/** Shuffles the values of each array of weights within it: the same filters' values, in no order that was learnt. */
export function permuteWeights(network: LayersModel, rng: RandomStream): void {
  const shuffled = network.getWeights().map((weight) => {
    const values = weight.dataSync().slice() as Float32Array;
    return tf.tensor(rng.shuffle(values), weight.shape);
  });
  network.setWeights(shuffled);
  tf.dispose(shuffled);
}

/** Channels of a stage of a network that stands in. */
const standInChannels = 12;

/** A chain of random convolutions whose layers have the names of a network's stages. */
function standInNetwork({ input: { side }, stages }: Classifier): LayersModel {
  const image = input({ shape: [side, side, 3] });
  let x: SymbolicTensor = image;
  for (const [i, { before, after }] of stages.entries()) {
    const convolution = layers.conv2d({
      name: before,
      filters: i === stages.length - 1 ? 1000 : standInChannels,
      kernelSize: 3,
      strides: i === 0 ? 8 : 1,
      padding: "same",
      kernelInitializer: initializers.heNormal({ seed: i + 1 }),
    });
    x = layers.reLU({ name: after }).apply(convolution.apply(x)) as SymbolicTensor;
  }
  const output = layers.globalAveragePooling2d({}).apply(x) as SymbolicTensor;
  return model({ inputs: image, outputs: output });
}
