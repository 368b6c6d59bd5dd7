/**
 * The two data sets as the networks of the paper see them.
 *
 * @module
 */
import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import { type ImageReading, readImageBatches } from "../../../src/data/sources/labelled_image_sources.ts";
import { pixelStatistics } from "../../../src/data/sources/pixel_statistics.ts";
import type { ReadContext } from "../../../src/data/sources/source.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";
import type { ImageShape, Windows } from "./windows.ts";

/** The data sets, as cells name them. */
export type SetName = "mnist" | "cifar10";

/** What has to be known of a data set. */
export interface ImageSetDescription {
  /** Of an image. */
  readonly shape: ImageShape;
  /** Patches that a frame acts on. */
  readonly patches: Windows;
  /** What is taken off each channel in [0, 1]. */
  readonly mean: readonly number[];
  /** What each channel is divided by afterwards. */
  readonly deviation: readonly number[];
}

/**
 * As the authors' code has them: 9 patches of 196 values and 49 patches of 192 values; MNIST is normalised by its own statistics,
 * CIFAR-10 by those of ImageNet.
 */
export const imageSets: Readonly<Record<SetName, ImageSetDescription>> = {
  mnist: {
    shape: [28, 28, 1],
    patches: { size: 14, stride: 7 },
    mean: [pixelStatistics.mnist.mean],
    deviation: [pixelStatistics.mnist.deviation],
  },
  cifar10: {
    shape: [32, 32, 3],
    patches: { size: 8, stride: 4 },
    mean: [0.485, 0.456, 0.406],
    deviation: [0.229, 0.224, 0.225],
  },
};

/** Classes of both. */
export const classes = 10;

/**
 * Reads images and normalises them, channels last. Those of a file are normalised before the next file is read, so that the bytes of
 * all of them are never held.
 *
 * @param reading Which images; jobs of this reproduction always say how many.
 */
export async function loadImages(
  set: SetName,
  reading: ImageReading,
  context: ReadContext,
): Promise<DataSet> {
  const { shape } = imageSets[set];
  const size = shape[0] * shape[1] * shape[2];
  const count = reading.count!;
  const inputs = new Float32Array(count * size);
  const labels = new Uint8Array(count);
  let next = 0;
  for await (const batch of readImageBatches(reading, context)) {
    normalise(batch, set, inputs.subarray(next * size, (next + batch.count) * size));
    labels.set(batch.labels, next);
    next += batch.count;
  }
  return { shape: [...shape], inputs, labels };
}

/** Bytes (images, channels, pixels) to normalised values (images, pixels, channels). */
function normalise({ images }: LabelledImages, set: SetName, to: Float32Array): void {
  const { shape: [height, width, channels] } = imageSets[set];
  const pixels = height * width;
  for (let channel = 0; channel < channels; channel++) {
    const values = Float32Array.from({ length: 256 }, (_, byte) => normalisedValue(set, channel, byte));
    for (let image = 0; image < to.length; image += pixels * channels) {
      const from = image + channel * pixels;
      for (let i = 0; i < pixels; i++) to[image + i * channels + channel] = values[images[from + i]!]!;
    }
  }
}

/** The value that a network is given for a byte of a channel. */
export function normalisedValue(set: SetName, channel: number, byte: number): number {
  const { mean, deviation } = imageSets[set];
  return (byte / 255 - mean[channel]!) / deviation[channel]!;
}
