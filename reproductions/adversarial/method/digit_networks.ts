/**
 * The classifiers of digits that are attacked.
 *
 * @module
 */
import { tensor } from "@tensorflow/tfjs-core";
import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import { type ImageReading, readImages } from "../../../src/data/sources/labelled_image_sources.ts";
import {
  conv2d,
  cosineRate,
  type DataSet,
  dense,
  type LayerMaker,
  Network,
  pool2d,
  train,
} from "../../../src/nn/mod.ts";
import type { RunContext } from "../../../src/suite/reproduction.ts";

/** Which classifier, and how it is trained. */
export type DigitTraining = {
  /** Softmax regression, or two convolutions of 16 and 32 filters 5x5 and a layer of 128 units. */
  readonly kind: "softmax" | "cnn";
  /** How many of the first training digits. */
  readonly digits: number;
  /** Passes over them. */
  readonly epochs: number;
  /** Decides weights and orders. */
  readonly seed: number;
};

/** Rows and columns of a digit. */
export const side = 28;

/** How every classifier of digits is trained: momentum 0.9. */
const schedule = { batchSize: 128, optimizer: { rule: "sgd" }, rate: cosineRate(0.05) } as const;

const layers: Readonly<Record<DigitTraining["kind"], readonly LayerMaker[]>> = {
  softmax: [dense(10)],
  cnn: [
    conv2d(16, 5, { pad: "valid", activation: "relu" }),
    pool2d("max", 2),
    conv2d(32, 5, { pad: "valid", activation: "relu" }),
    pool2d("max", 2),
    dense(128, { activation: "relu" }),
    dense(10),
  ],
};

/** Digits as inputs in [0, 1]. */
export function digitInputs(images: LabelledImages, most: number): DataSet {
  const inputs = new Float32Array(Math.min(images.count, most) * side * side);
  // Float32Array.from() would first make a list of all of them, half a gigabyte of 60,000 digits.
  for (let i = 0; i < inputs.length; i++) inputs[i] = images.images[i]! / 255;
  return { shape: [side, side, 1], inputs, labels: images.labels.slice(0, inputs.length / (side * side)) };
}

/**
 * A trained classifier on the current backend; jobs share what was trained.
 *
 * @param training Which one.
 * @param reading The training digits.
 * @param context Of the job.
 */
export async function trainedDigitNetwork(
  training: DigitTraining,
  reading: ImageReading,
  context: RunContext,
): Promise<Network> {
  const network = new Network([side, side, 1], layers[training.kind], training.seed);
  const bytes = await context.artifact({ adversarial: training }, [reading], async () => {
    const data = digitInputs(await readImages(reading, context), training.digits);
    await train(network, data, {
      ...schedule,
      epochs: training.epochs,
      seed: training.seed,
      progress: (step, steps) => context.progress(step / steps),
    });
    const values = network.tensors.map(({ variable }) => variable.dataSync() as Float32Array);
    return new Uint8Array(Float32Array.from(values.flatMap((one) => Array.from(one))).buffer);
  });
  const values = new Float32Array(bytes.slice().buffer);
  let at = 0;
  for (const { variable } of network.tensors) {
    variable.assign(tensor(values.subarray(at, at + variable.size), variable.shape));
    at += variable.size;
  }
  return network;
}

/**
 * Logistic regression, as softmax regression of two classes, on the current backend.
 *
 * @param data Digits with the labels 0 and 1.
 * @param epochs Passes over them.
 * @param seed Decides weights and orders.
 */
export async function trainedTwoClasses(data: DataSet, epochs: number, seed: number): Promise<Network> {
  const network = new Network([side, side, 1], [dense(2)], seed);
  await train(network, data, { ...schedule, epochs, seed });
  return network;
}
