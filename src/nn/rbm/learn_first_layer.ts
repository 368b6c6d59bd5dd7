import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { GrayImage } from "../../data/readers/images/image.ts";
import type { RandomStream } from "../../numeric/random/random_stream.ts";
import { type CheckpointOptions, fit } from "../fit.ts";
import { ConvolutionalRbm } from "./convolutional_rbm.ts";
import { cropImage } from "./prepare_image.ts";

/** The first layer of Lee et al. 2011, section 4.1: 24 bases of 10 x 10 pixels, blocks of 2 x 2. */
export const firstLayerShape = { channels: 1, filters: 24, side: 10, pool: 2, visible: "gaussian" } as const;

/**
 * How it learns. Momentum is .9 from the start; the rate that it starts with makes of that the pace of a momentum of .5.
 */
const protocol = {
  patch: 69,
  start: { deviation: 0.01, hiddenBias: -0.1 },
  sigma: { first: 0.2, last: 0.1, shrink: 0.99, every: 2 },
  rate: { first: 0.004, later: 0.02, from: 400 },
  momentum: 0.9,
  decay: 0.01,
  sparsity: { target: 0.002, strength: 5 },
};

/** The standard deviation of pixels when it has learnt. */
export const firstLayerSigma = protocol.sigma.last;

/** How the first layer is learnt. */
export interface FirstLayerOptions {
  /** Patches that are learnt from, one at a time. */
  readonly updates: number;
  /** Decides what it starts from, and which patches it sees. */
  readonly seed: number;
  /** Opens streams of random numbers. */
  readonly rng: (label: string, seed: number) => RandomStream;
  /** What an interrupted learning goes on from. */
  readonly checkpoint?: CheckpointOptions;
  /** Updates of an epoch, after each of which `record` is called. */
  readonly updatesPerEpoch?: number;
  /** Measures the machine. */
  readonly record?: (rbm: ConvolutionalRbm) => { readonly heldOut: number };
  /** Says how much is done, in [0, 1]. */
  readonly progress?: (share: number) => void;
}

/**
 * Learns bases of whitened images by contrastive divergence: from random patches, each less its mean and mirrored at random.
 *
 * @param images As {@linkcode prepareImage} gives them, none smaller than 69 pixels.
 * @returns The machine, which the caller disposes of, and what was recorded.
 */
export async function learnFirstLayer(
  images: readonly GrayImage[],
  { updates, seed, rng, checkpoint, updatesPerEpoch, record, progress }: FirstLayerOptions,
): Promise<{ rbm: ConvolutionalRbm; records: readonly { epoch: number; heldOut: number }[] }> {
  const { start, sigma, rate, sparsity } = protocol;
  const rbm = new ConvolutionalRbm("first-layer", firstLayerShape, { ...start, visibleBias: [0], seed });
  const { records } = await fit({
    parameters: rbm.parameters,
    steps: updates,
    batches: (step) => patchOf(images, rng(`rbm/patch ${step}`, seed)),
    step: (patch, step) =>
      rbm.contrast(patch, {
        sigma: Math.max(sigma.last, sigma.first * annealing(sigma.shrink, Math.floor(step / sigma.every))),
        sparsity,
        stream: rng(`rbm/sample ${step}`, seed),
      }),
    optimizer: { rule: "sgd", beta1: protocol.momentum, decay: { weight: protocol.decay } },
    rate: (share) => share * updates < rate.from ? rate.first : rate.later,
    ...(checkpoint && { checkpoint }),
    ...(updatesPerEpoch && { stepsPerEpoch: updatesPerEpoch }),
    ...(record && { record: () => record(rbm) }),
    progress: (step, steps) => progress?.(step / steps),
  });
  return { rbm, records };
}

/** factor^times by products, the same on every processor. */
function annealing(factor: number, times: number): number {
  let product = 1;
  for (let i = 0; i < times; i++) product *= factor;
  return product;
}

/** A random patch of a random image, less its mean, mirrored or not. */
function patchOf(images: readonly GrayImage[], stream: RandomStream): Tensor {
  const side = protocol.patch;
  const image = images[stream.integer(images.length)]!;
  const top = stream.integer(image.height - side + 1);
  const left = stream.integer(image.width - side + 1);
  const { data } = cropImage(image, top, left, side, side);
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const isMirrored = stream.integer(2) === 1;
  const values = Float32Array.from(data, (_, at) => {
    const column = at % side;
    return data[isMirrored ? at - column + side - 1 - column : at]! - mean;
  });
  return tensor(values, [1, side, side, 1]);
}
