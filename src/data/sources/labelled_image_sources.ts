/**
 * MNIST and CIFAR-10 as sources: which images a job declares, and how they are read.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const found = { source: "folder", files: [] } as const;
 * assertEquals(mnist.test.first(100).resolve(found).files, ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"]);
 * ```
 *
 * @module
 */
import type { LabelledImages } from "../readers/labelled_images.ts";
import { readCifar10 } from "../readers/read_cifar_10.ts";
import { readMnist } from "../readers/read_mnist.ts";
import { synthesiseDigits } from "../stand_ins/synthesise_digits.ts";
import { tintedLeaves } from "../stand_ins/tinted_leaves.ts";
import type { ReadContext, Reading, Source } from "./source.ts";
import { joinBytes } from "../../files/join_bytes.ts";

/** The id of a data set of images with classes. */
export type ImageSet = "mnist" | "cifar-10";

/** Which images: those that are learnt from, or those that are tested on. */
export type Half = "train" | "test";

/** Images of one half of a data set, as they are to be read. */
export interface ImageReading extends Reading {
  /** The data set. */
  readonly dataset: ImageSet;
  /** The half. */
  readonly half: Half;
  /** How many of the first images; `null` for all of them. A stand-in always says how many are made. */
  readonly count: number | null;
}

/** Images of one half of a data set, as a job declares them. */
export type ImageSource = Source<ImageReading>;

/** How one half of a data set is declared. */
export interface ImageHalf {
  /**
   * The first images.
   *
   * @param count How many, also of those that stand in.
   */
  first(count: number): ImageSource;
  /**
   * All images.
   *
   * @param standIns How many are made where the data set is not at hand.
   */
  all(standIns: number): ImageSource;
}

/** A data set of images with classes. */
export type ImageDataset = Readonly<Record<Half, ImageHalf>>;

/** Images of a batch file of CIFAR-10. */
const batchImages = 10_000;

/** The names of the files with the first images of a half. */
function filesWith(dataset: ImageSet, half: Half, count: number): string[] {
  if (dataset === "mnist") {
    const prefix = half === "train" ? "train" : "t10k";
    return ["images-idx3", "labels-idx1"].map((part) => `${prefix}-${part}-ubyte.gz`);
  }
  const batches = Math.min(5, Math.ceil(count / batchImages));
  const names = half === "test"
    ? ["test_batch"]
    : Array.from({ length: batches }, (_, i) => `data_batch_${i + 1}`);
  return names.map((name) => `cifar-10-batches-bin/${name}.bin`);
}

function imageDataset(dataset: ImageSet): ImageDataset {
  const source = (half: Half, count: number | null, standIns: number): ImageSource => ({
    dataset,
    resolve: ({ source }) =>
      source === "stand-in"
        ? { dataset, half, files: [], standIn: true, count: standIns }
        : { dataset, half, files: filesWith(dataset, half, count ?? Infinity), standIn: false, count },
  });
  const half = (half: Half): ImageHalf => ({
    first: (count) => source(half, count, count),
    all: (standIns) => source(half, null, standIns),
  });
  return { train: half("train"), test: half("test") };
}

/** MNIST: 60,000 and 10,000 grey digits of 28 x 28 pixels. */
export const mnist: ImageDataset = imageDataset("mnist");

/** CIFAR-10: 50,000 and 10,000 colour photographs of 32 x 32 pixels. */
export const cifar10: ImageDataset = imageDataset("cifar-10");

/** The data sets by their ids. */
export const imageDatasets: Readonly<Record<ImageSet, ImageDataset>> = {
  "mnist": mnist,
  "cifar-10": cifar10,
};

/**
 * Reads images file by file: all of CIFAR-10 at once would take 150 MB twice.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns The images of each file, no more than the reading says in all.
 */
export async function* readImageBatches(
  reading: ImageReading,
  context: ReadContext,
): AsyncGenerator<LabelledImages> {
  const { dataset, half, files, standIn, count } = reading;
  if (standIn) {
    yield await synthesise(dataset, half, count!, context);
    return;
  }
  const read = (name: string) => context.read({ dataset, name });
  if (dataset === "mnist") {
    const [images, labels] = await Promise.all(files.map(read));
    yield firstOf(readMnist(images!, labels!, `mnist ${half}`), count ?? Infinity);
    return;
  }
  let left = count ?? Infinity;
  for (const name of files) {
    const batch = firstOf(readCifar10(await read(name), name), left);
    left -= batch.count;
    yield batch;
  }
}

/** Reads images, all at once. */
export async function readImages(reading: ImageReading, context: ReadContext): Promise<LabelledImages> {
  const batches = await Array.fromAsync(readImageBatches(reading, context));
  if (batches.length === 1) return batches[0]!;
  return {
    ...batches[0]!,
    count: batches.reduce((sum, { count }) => sum + count, 0),
    images: joinBytes(...batches.map(({ images }) => images)),
    labels: joinBytes(...batches.map(({ labels }) => labels)),
  };
}

/** The first images of some, at most `count`. */
function firstOf(all: LabelledImages, count: number): LabelledImages {
  if (all.count <= count) return all;
  const size = all.channels * all.height * all.width;
  return {
    ...all,
    count,
    images: all.images.subarray(0, count * size),
    labels: all.labels.subarray(0, count),
  };
}

/** Synthesises images in place of a data set. That takes longer than reading, so all jobs share what was made. */
async function synthesise(
  dataset: ImageSet,
  half: Half,
  count: number,
  context: ReadContext,
): Promise<LabelledImages> {
  if (dataset === "mnist") {
    const bytes = await context.artifact({ digits: half, count }, [], () => {
      const { images, labels } = synthesiseDigits(count, half === "train" ? 1 : 2);
      return joinBytes(images, labels);
    });
    return { channels: 1, height: 28, width: 28, ...imagesAndLabels(bytes, count) };
  }
  const bytes = await context.artifact({ tintedLeaves: half, count }, [], () => {
    const { images, labels } = tintedLeaves(half, count, context.rng);
    return joinBytes(images, labels);
  });
  return { channels: 3, height: 32, width: 32, ...imagesAndLabels(bytes, count) };
}

/** What stands in one artifact: images, then a label each. */
function imagesAndLabels(
  bytes: Uint8Array,
  count: number,
): Pick<LabelledImages, "count" | "images" | "labels"> {
  return { count, images: bytes.subarray(0, -count), labels: bytes.subarray(-count) };
}
