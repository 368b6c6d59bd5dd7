import type { LabelledImages } from "../../src/data/labelled_images.ts";
import type { ImageShape } from "../../src/frames/windows.ts";
import type { DataSet } from "../../src/nn/data_set.ts";
import type { InputFile, RunContext } from "../../src/reproduction.ts";
import { type Half, type ImageCounts, imageFiles, type ImageSet, readImages } from "../image_sets.ts";
import { type StandIn, standInImages } from "./stand_ins.ts";

/** The two data sets, as cells name them. */
export type SetName = "mnist" | "cifar10";

/** What has to be known of a data set. */
export interface SetDescription {
  /** Its id in the registry. */
  readonly dataset: ImageSet;
  /** Of an image. */
  readonly shape: ImageShape;
  /** Of each channel in [0, 1]: what is taken off, and what it is divided by. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** What takes its place where it is not read. */
  readonly standIn: StandIn;
}

/** The normalisations are those of the authors' code: of CIFAR-10 the means and deviations of ImageNet. */
export const sets: Readonly<Record<SetName, SetDescription>> = {
  mnist: { dataset: "mnist", shape: [28, 28, 1], mean: [0.1307], deviation: [0.3081], standIn: "digits" },
  cifar10: {
    dataset: "cifar-10",
    shape: [32, 32, 3],
    mean: [0.485, 0.456, 0.406],
    deviation: [0.229, 0.224, 0.225],
    standIn: "leaves",
  },
};

/** Classes of both. */
export const classes = 10;

/** The files with the first images of both halves. */
export function filesOf(set: SetName, counts: ImageCounts): InputFile[] {
  const { dataset } = sets[set];
  return (["train", "test"] as const).flatMap((half) => imageFiles(dataset, half, counts[half]));
}

/**
 * The first images of a half, normalised, channels last.
 *
 * @param standIn Whether drawn images take the place of real ones.
 */
export async function loadImages(
  set: SetName,
  half: Half,
  count: number,
  standIn: boolean,
  context: RunContext,
): Promise<DataSet> {
  const { shape } = sets[set];
  const size = shape[0] * shape[1] * shape[2];
  const inputs = new Float32Array(count * size);
  const labels = new Uint8Array(count);
  let next = 0;
  const append = (part: LabelledImages) => {
    const taken = Math.min(part.count, count - next);
    normalise(part.images, set, inputs.subarray(next * size, (next + taken) * size));
    labels.set(part.labels.subarray(0, taken), next);
    next += taken;
  };
  if (standIn) append(await standInImages(sets[set].standIn, half, count, context));
  else for await (const batch of readImages(sets[set].dataset, half, context, count)) append(batch);
  return { shape: [...shape], inputs, labels };
}

/** Bytes (images, channels, pixels) to normalised values (images, pixels, channels), as many as there is room for. */
function normalise(bytes: Uint8Array, set: SetName, to: Float32Array): void {
  const { shape: [height, width, channels] } = sets[set];
  const pixels = height * width;
  for (let channel = 0; channel < channels; channel++) {
    const values = Float32Array.from({ length: 256 }, (_, byte) => valueOf(set, channel, byte));
    for (let image = 0; image < to.length; image += pixels * channels) {
      const from = image + channel * pixels;
      for (let i = 0; i < pixels; i++) to[image + i * channels + channel] = values[bytes[from + i]!]!;
    }
  }
}

/** The normalised value of a byte. */
export function valueOf(set: SetName, channel: number, byte: number): number {
  const { mean, deviation } = sets[set];
  return (byte / 255 - mean[channel]!) / deviation[channel]!;
}
