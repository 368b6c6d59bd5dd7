/**
 * The networks of this reproduction as jobs declare them, and small ones that stand in.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  initializers,
  input,
  layers,
  type LayersModel,
  model,
  type SymbolicTensor,
} from "@tensorflow/tfjs-layers";
import type { RgbImage } from "../../../src/data/readers/images/image.ts";
import type { ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import {
  type Classifier,
  type InputFormat,
  mobileNet,
  networkInput,
  squeezeNet,
} from "../../../src/pretrained/mod.ts";

/** The files of both networks and the names of their classes. */
export const networkSource: Source = {
  dataset: squeezeNet.dataset,
  resolve: ({ source }) =>
    source === "stand-in" ? { dataset: squeezeNet.dataset, files: [], standIn: true } : {
      dataset: squeezeNet.dataset,
      files: [...new Set([...squeezeNet.files, ...mobileNet.files, ...squeezeNet.classFiles])],
      standIn: false,
    },
};

/** Loads a network on the current backend; where it is not at hand, a small random one with its stages. */
export async function loadNetwork(
  classifier: Classifier,
  { standIn }: Reading,
  context: Pick<ReadContext, "read">,
): Promise<LayersModel> {
  return standIn ? standInNetwork(classifier) : await classifier.load(context);
}

/** The first names of ImageNet's classes. */
export async function classNames(
  { standIn }: Reading,
  context: Pick<ReadContext, "read">,
): Promise<string[]> {
  if (standIn) return Array.from({ length: 1000 }, (_, i) => `class ${i}`);
  return (await squeezeNet.classes(context)).map(({ names }) => names.split(",")[0]!);
}

const standInChannels = 6;

function standInNetwork({ input: { side }, stages }: Classifier): LayersModel {
  const image = input({ shape: [side, side, 3] });
  let x: SymbolicTensor = image;
  for (const [i, { before, after }] of stages.entries()) {
    const convolution = layers.conv2d({
      name: before,
      filters: i === stages.length - 1 ? 1000 : standInChannels,
      kernelSize: i === 0 ? 9 : 1,
      strides: i === 0 ? 8 : 1,
      kernelInitializer: initializers.heNormal({ seed: i + 1 }),
    });
    x = layers.reLU({ name: after }).apply(convolution.apply(x)) as SymbolicTensor;
  }
  const output = layers.globalAveragePooling2d({}).apply(x) as SymbolicTensor;
  return model({ inputs: image, outputs: output });
}

/** A part of a network, from its input to a layer: takes images of any size. */
export function upTo(network: LayersModel, layer: string): LayersModel {
  return model({ inputs: network.inputs, outputs: network.getLayer(layer).output as SymbolicTensor });
}

/**
 * Grey levels `(side, side, 3)` as the input of a network that takes them without a scale, as SqueezeNet does.
 *
 * @returns `(1, side, side, 3)`.
 */
export function asInput(
  image: Float32Array,
  side: number,
  { channels, mean, scale }: InputFormat,
): tf.Tensor4D {
  const values = Float32Array.from(image, (_, i) => {
    const channel = i % 3;
    return (image[i - channel + channels[channel]!]! - mean[channel]!) / scale;
  });
  return tf.tensor4d(values, [1, side, side, 3]);
}

/** A gradient with respect to such an input as one with respect to the grey levels. */
export function asImage(gradient: Float32Array, { channels, scale }: InputFormat): Float32Array {
  const out = new Float32Array(gradient.length);
  gradient.forEach((value, i) => {
    const channel = i % 3;
    out[i - channel + channels[channel]!] = value / scale;
  });
  return out;
}

/** Rounds grey levels to 8 bits. */
export function asPicture(image: Float32Array, side: number): RgbImage {
  const data = Uint8Array.from(image, (value) => Math.min(255, Math.max(0, Math.round(value))));
  return { height: side, width: side, data };
}

/** What a classifier says of a class. */
export interface Judgement {
  /** Its probability. */
  readonly probability: number;
  /** Its rank among the classes: 1 is the first. */
  readonly rank: number;
}

/** Shows a picture to a classifier. */
export function judge(
  network: LayersModel,
  format: InputFormat,
  picture: RgbImage,
  label: number,
): Judgement {
  const logits = tf.tidy(() => {
    const x = tf.tensor4d(networkInput(picture, format), [1, format.side, format.side, 3]);
    return (network.apply(x) as tf.Tensor).dataSync() as Float32Array;
  });
  const largest = logits.reduce((most, value) => Math.max(most, value));
  const total = logits.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  return {
    probability: Math.exp(logits[label]! - largest) / total,
    rank: 1 + logits.reduce((count, value) => count + Number(value > logits[label]!), 0),
  };
}
