import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";
import { classes } from "./image_sets.ts";
import { represent } from "./represent.ts";
import type { NetworkInput } from "./scattering_input.ts";
import type { ScatteringNetwork } from "./scattering_network.ts";

/** Images that are described together. */
const batchSize = 1000;

/** All images as inputs of a network. */
export async function describeImages(input: NetworkInput, images: DataSet): Promise<DataSet> {
  const length = input.shape.reduce((product, side) => product * side, 1);
  const { labels } = images;
  const inputs = new Float32Array(labels.length * length);
  for (let start = 0; start < labels.length; start += batchSize) {
    const batch = imagesBetween(images, start, start + batchSize);
    inputs.set(await input.describe(batch.inputs), start * length);
  }
  return { shape: input.shape, inputs, labels };
}

/** Phi of images whose descriptions need not be held at once: the scattering of 20,000 colour images is 0.8 GB. */
export async function representInBatches(
  network: ScatteringNetwork,
  input: NetworkInput,
  images: DataSet,
): Promise<LabelledFeatures> {
  const { dimension } = network;
  const labels = images.labels as Uint8Array;
  const features = new Float32Array(labels.length * dimension);
  for (let start = 0; start < labels.length; start += batchSize) {
    const batch = await describeImages(input, imagesBetween(images, start, start + batchSize));
    features.set(represent(network, batch).features.features, start * dimension);
  }
  return { features, dimension, labels, classes };
}

/** Images from one number to before another. */
export function imagesBetween({ shape, inputs, labels }: DataSet, from: number, to: number): DataSet {
  const size = inputs.length / labels.length;
  return { shape, inputs: inputs.subarray(from * size, to * size), labels: labels.subarray(from, to) };
}
