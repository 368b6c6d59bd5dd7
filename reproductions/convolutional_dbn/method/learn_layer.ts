import * as tf from "@tensorflow/tfjs-core";
import { type CheckpointOptions, fit } from "../../../src/nn/fit.ts";
import { ConvolutionalRbm, type RbmShape } from "../../../src/nn/rbm/convolutional_rbm.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { describeMachine, type LearntMachine, wholeBlocks } from "./machines.ts";

/** The probabilities of pooling units of a layer below, of one image: `(height, width, channels)`. */
export interface Maps {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** Bases of the layer below. */
  readonly channels: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** Higher layers: 40 bases of the second one, 24 of the third. */
export const higherShapes = {
  second: { filters: 40, side: 10, pool: 2, visible: "binary" },
  third: { filters: 24, side: 6, pool: 2, visible: "binary" },
} as const;

/** How they learn. Momentum is .9 throughout; the rate of the first half makes of that the pace of a momentum of .5. */
const protocol = {
  start: { deviation: 0.01, hiddenBias: -0.1 },
  rate: { first: 0.4, later: 2 },
  momentum: 0.9,
  decay: 2e-5,
  sparsity: { target: 0.01, strength: 2 },
  records: 10,
};

/** How a layer is learnt. */
export interface LayerOptions {
  /** What it is made of. */
  readonly shape: RbmShape;
  /** Rows and columns that larger maps are cut to at random; `null` where all of an image is seen. */
  readonly largest: number | null;
  /** Images that are learnt from, one at a time. */
  readonly updates: number;
  /** Decides what it starts from, and which images it sees. */
  readonly seed: number;
  /** Begins the labels of its streams of random numbers. */
  readonly label: string;
  /** Opens streams. */
  readonly rng: (label: string, seed: number) => RandomStream;
  /** What an interrupted learning goes on from. */
  readonly checkpoint: CheckpointOptions;
  /** Says how much is done, in [0, 1]. */
  readonly progress: (share: number) => void;
}

/**
 * Learns a layer above another one.
 *
 * @param maps Of the images that are learnt from.
 * @param heldOut Of images that are not.
 */
export async function learnLayer(
  maps: readonly Maps[],
  heldOut: readonly Maps[],
  { shape, largest, updates, seed, label, rng, checkpoint, progress }: LayerOptions,
): Promise<LearntMachine> {
  const visibleBias = channelMeans(maps).map((mean) => Math.log(mean / (1 - mean)));
  const rbm = new ConvolutionalRbm(label, shape, { ...protocol.start, visibleBias, seed });
  try {
    const { records } = await fit({
      parameters: rbm.parameters,
      steps: updates,
      stepsPerEpoch: Math.max(1, Math.floor(updates / protocol.records)),
      batches: (step) => exampleOf(maps, shape, largest, rng(`${label}/image ${step}`, seed)),
      step: (visible, step) =>
        rbm.contrast(visible, {
          sigma: 1,
          sparsity: protocol.sparsity,
          stream: rng(`${label}/sample ${step}`, seed),
        }),
      optimizer: { rule: "sgd", beta1: protocol.momentum, decay: { weight: protocol.decay } },
      rate: (share) => share < 0.5 ? protocol.rate.first : protocol.rate.later,
      record: () => ({ heldOut: reconstructionError(rbm, heldOut, 1) }),
      checkpoint,
      progress: (step, steps) => progress(step / steps),
    });
    return describeMachine(rbm, visibleBias, records);
  } finally {
    rbm.dispose();
  }
}

/** The mean of each channel, kept from 0 and 1. */
export function channelMeans(maps: readonly Maps[]): number[] {
  const channels = maps[0]!.channels;
  const sums = new Float64Array(channels);
  let cells = 0;
  for (const { values } of maps) {
    for (let at = 0; at < values.length; at++) sums[at % channels]! += values[at]!;
    cells += values.length / channels;
  }
  return Array.from(sums, (sum) => Math.min(Math.max(sum / cells, 1e-4), 1 - 1e-4));
}

/** Maps as a tensor. */
export function tensorOf({ height, width, channels, values }: Maps): tf.Tensor {
  return tf.tensor(values, [1, height, width, channels]);
}

/** The maps of a random image, cut at random where they are larger than they may be. */
function exampleOf(
  maps: readonly Maps[],
  shape: RbmShape,
  largest: number | null,
  stream: RandomStream,
): tf.Tensor {
  return tf.tidy(() => {
    const chosen = maps[stream.integer(maps.length)]!;
    const height = Math.min(chosen.height, largest ?? Infinity);
    const width = Math.min(chosen.width, largest ?? Infinity);
    const top = stream.integer(chosen.height - height + 1);
    const left = stream.integer(chosen.width - width + 1);
    const cut = tf.slice(tensorOf(chosen), [0, top, left, 0], [1, height, width, chosen.channels]);
    return wholeBlocks(cut, shape);
  });
}

/**
 * What a layer does not reconstruct of images, as a share of their variance about the mean of each channel, away from the border that
 * a base reaches over.
 *
 * @param sigma The standard deviation of what it sees; 1 of probabilities.
 */
export function reconstructionError(rbm: ConvolutionalRbm, images: readonly Maps[], sigma: number): number {
  const means = rbm.shape.visible === "gaussian" ? [0] : channelMeans(images);
  const border = rbm.shape.side - 1;
  let error = 0;
  let variance = 0;
  for (const image of images) {
    const [lost, all] = tf.tidy(() => {
      const visible = wholeBlocks(tensorOf(image), rbm.shape);
      const [, height, width, channels] = visible.shape as [number, number, number, number];
      const rows = height - 2 * border;
      const columns = width - 2 * border;
      // Too small for a place that no border reaches.
      if (rows < 1 || columns < 1) return [0, 0];
      const generated = rbm.reconstruct(rbm.hidden(visible, sigma), visible, border);
      const about = tf.squaredDifference(visible, tf.tensor1d(means));
      const inside = tf.slice(about, [0, border, border, 0], [1, rows, columns, channels]);
      return [
        tf.sum(tf.squaredDifference(visible, generated)).dataSync()[0]!,
        tf.sum(inside).dataSync()[0]!,
      ];
    });
    error += lost!;
    variance += all!;
  }
  return error / variance;
}

/** What the pooling units of a layer say of maps below it. */
export function pooledMaps(rbm: ConvolutionalRbm, below: Maps, sigma: number): Maps {
  return tf.tidy(() => {
    const pooled = rbm.pooled(wholeBlocks(tensorOf(below), rbm.shape), sigma);
    const [, height, width, channels] = pooled.shape as [number, number, number, number];
    return { height, width, channels, values: pooled.dataSync() as Float32Array };
  });
}

/** The mean over places of each channel. */
export function channelActivity({ values, channels }: Maps): number[] {
  const sums = new Float64Array(channels);
  for (let at = 0; at < values.length; at++) sums[at % channels]! += values[at]!;
  return Array.from(sums, (sum) => sum * channels / values.length);
}
