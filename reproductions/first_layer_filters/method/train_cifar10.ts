import { add, mul, type Scalar, square, sum, tensor } from "@tensorflow/tfjs-core";
import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import {
  type CheckpointOptions,
  classification,
  conv2d,
  cosineRate,
  crossEntropy,
  dense,
  differentiate,
  fit,
  type LabelledBatch,
  MiniBatches,
  Network,
  pool2d,
} from "../../../src/nn/mod.ts";

/** What decides a network of CIFAR-10. */
export type Cifar10Training = {
  /** Filters of the first layer. */
  readonly filters: number;
  /** Images that it learns from. */
  readonly images: number;
  /** Passes over them. */
  readonly epochs: number;
  /** Half of this times the squares of the first filters is added to the loss. */
  readonly decay: number;
  /** Decides what it starts from, and the order of the images. */
  readonly seed: number;
};

/** Rows and columns of a first filter. */
export const cifar10Side = 7;

const protocol = { batch: 50, rate: 0.02, momentum: 0.9 };

/**
 * Trains a network on CIFAR-10: three convolutions of 7, 3 and 3 pixels, each with a rectifier and pooling, and a linear layer.
 *
 * @returns Its first filters, `(filters, 3, 7, 7)`, and the share of the last batches of an epoch that it puts into their class.
 */
export async function trainCifar10(
  images: LabelledImages,
  { filters, epochs, decay, seed }: Cifar10Training,
  checkpoint: CheckpointOptions,
  progress: (share: number) => void,
): Promise<{ values: Float32Array; losses: readonly number[] }> {
  const network = new Network([images.height, images.width, 3], [
    conv2d(filters, cifar10Side, { pad: "valid", activation: "relu" }),
    pool2d("max", 2),
    conv2d(filters, 3, { activation: "relu" }),
    pool2d("max", 2),
    conv2d(2 * filters, 3, { activation: "relu" }),
    pool2d("max", 2),
    dense(10),
  ], seed);
  const order = new MiniBatches(images.count, protocol.batch, seed);
  const first = network.parameters[0]!.variable;
  const training = classification(network);
  try {
    const { losses: [losses] } = await fit({
      ...training,
      step: differentiate(network.parameters, ({ x, labels }: LabelledBatch, step) => {
        const loss = crossEntropy(network.apply(x, { training: true, step }), labels);
        return add(loss, mul(sum(square(first)), decay / 2)) as Scalar;
      }),
      steps: epochs * order.perEpoch,
      batches: (step) => batchOf(images, order.rowsOf(step)),
      optimizer: { rule: "sgd", beta1: protocol.momentum },
      rate: cosineRate(protocol.rate),
      checkpoint,
      progress: (step, steps) => progress(step / steps),
    });
    const kernel = first.dataSync();
    const size = cifar10Side * cifar10Side;
    const values = Float32Array.from(kernel, (_, at) => {
      const filter = Math.floor(at / (3 * size));
      const channel = Math.floor(at / size) % 3;
      return kernel[((at % size) * 3 + channel) * filters + filter]!;
    });
    return { values, losses: losses ?? [] };
  } finally {
    network.dispose();
  }
}

/** Images as tensors, values less a half in [-2, 2]. */
function batchOf({ images, labels, height, width }: LabelledImages, rows: Uint32Array): LabelledBatch {
  const size = height * width;
  const x = new Float32Array(rows.length * size * 3);
  rows.forEach((row, i) => {
    for (let channel = 0; channel < 3; channel++) {
      const from = (row * 3 + channel) * size;
      for (let pixel = 0; pixel < size; pixel++) {
        x[(i * size + pixel) * 3 + channel] = images[from + pixel]! / 63.75 - 2;
      }
    }
  });
  return {
    x: tensor(x, [rows.length, height, width, 3]),
    labels: tensor(Int32Array.from(rows, (row) => labels[row]!), [rows.length], "int32"),
  };
}
