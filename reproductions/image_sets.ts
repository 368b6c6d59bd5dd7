/**
 * MNIST and CIFAR-10 as the jobs of several reproductions read them, and the drawn digits that stand in for them.
 *
 * @module
 */
import type { LabelledImages } from "../src/data/labelled_images.ts";
import { readCifar10 } from "../src/data/read_cifar_10.ts";
import { readMnist } from "../src/data/read_mnist.ts";
import { drawnDigits } from "../src/data/stand_ins/drawn_digits.ts";
import type { InputFile, RunContext } from "../src/reproduction.ts";

/** The id of a data set of images with classes. */
export type ImageSet = "mnist" | "cifar-10";

/** Which images: those that are learnt from, or those that are tested on. */
export type Half = "train" | "test";

/** How many images of each half. */
export type ImageCounts = Readonly<Record<Half, number>>;

/** Images of a batch file of CIFAR-10. */
const batchImages = 10_000;

/**
 * The files of one half.
 *
 * @param count How many of its first images are wanted; all by default.
 */
export function imageFiles(dataset: ImageSet, half: Half, count = Infinity): InputFile[] {
  if (dataset === "mnist") {
    const prefix = half === "train" ? "train" : "t10k";
    return ["images-idx3", "labels-idx1"].map((part) => ({ dataset, name: `${prefix}-${part}-ubyte.gz` }));
  }
  const batches = Math.min(5, Math.ceil(count / batchImages));
  const names = half === "test"
    ? ["test_batch"]
    : Array.from({ length: batches }, (_, i) => `data_batch_${i + 1}`);
  return names.map((name) => ({ dataset, name: `cifar-10-batches-bin/${name}.bin` }));
}

/** The files of both halves, or none where digits are drawn instead. */
export function inputFiles(dataset: ImageSet, standIns: ImageCounts | null): InputFile[] {
  return standIns === null ? [...imageFiles(dataset, "train"), ...imageFiles(dataset, "test")] : [];
}

/** Reads one half, a batch at a time: all of CIFAR-10 at once would take 150 MB twice. */
export async function* readImages(
  dataset: ImageSet,
  half: Half,
  context: Pick<RunContext, "read">,
  count = Infinity,
): AsyncGenerator<LabelledImages> {
  const files = imageFiles(dataset, half, count);
  if (dataset === "mnist") {
    const [images, labels] = await Promise.all(files.map((file) => context.read(file)));
    yield readMnist(images!, labels!, `mnist ${half}`);
  } else {
    for (const file of files) yield readCifar10(await context.read(file), file.name);
  }
}

/** Draws digits in place of one half. Drawing takes longer than reading, so all jobs share what is drawn. */
export async function drawDigits(
  half: Half,
  count: number,
  context: Pick<RunContext, "artifact">,
): Promise<LabelledImages> {
  const bytes = await context.artifact({ drawnDigits: half, count }, [], () => {
    const { images, labels } = drawnDigits(count, half === "train" ? 1 : 2);
    return packImages(images, labels);
  });
  return { channels: 1, height: 28, width: 28, ...unpackImages(bytes, count) };
}

/** Images and labels as the bytes of one artifact. */
export function packImages(images: Uint8Array, labels: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(images.length + labels.length);
  bytes.set(images);
  bytes.set(labels, images.length);
  return bytes;
}

/** What {@linkcode packImages} packed. */
export function unpackImages(
  bytes: Uint8Array,
  count: number,
): Pick<LabelledImages, "count" | "images" | "labels"> {
  return { count, images: bytes.subarray(0, -count), labels: bytes.subarray(-count) };
}
