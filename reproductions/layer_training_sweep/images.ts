import { readCifar10 } from "../../src/data/read_cifar_10.ts";
import { readMnist } from "../../src/data/read_mnist.ts";
import { drawnDigits } from "../../src/data/stand_ins/drawn_digits.ts";
import type { InputFile, RunContext } from "../../src/reproduction.ts";
import type { Setting } from "./protocol.ts";

/** Which images: those that networks learn from, or those they are tested on. */
type Half = "train" | "test";

/** Images with their classes. */
export interface Images {
  /** (n, values of an image), 0..255. */
  readonly pixels: Uint8Array;
  /** (n), 0..9. */
  readonly labels: Uint8Array;
}

/** Digits that are drawn where a data set is not read. */
export type StandIns = Readonly<Record<Half, number>>;

/** The files of each half. */
const files: Readonly<Record<Setting["dataset"], Readonly<Record<Half, readonly string[]>>>> = {
  "mnist": {
    train: ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"],
    test: ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
  },
  "cifar-10": {
    train: [1, 2, 3, 4, 5].map((batch) => `cifar-10-batches-bin/data_batch_${batch}.bin`),
    test: ["cifar-10-batches-bin/test_batch.bin"],
  },
};

/** The files of a data set, or none for stand-ins. */
export function imageFiles(dataset: Setting["dataset"], standIns: StandIns | null): InputFile[] {
  if (standIns !== null) return [];
  return [...files[dataset].train, ...files[dataset].test].map((name) => ({ dataset, name }));
}

/** Reads one half of a data set; drawn digits stand in for either. */
export async function loadImages(
  dataset: Setting["dataset"],
  half: Half,
  standIns: StandIns | null,
  context: RunContext,
): Promise<Images> {
  if (standIns !== null) return await drawDigits(half, standIns[half], context);
  const contents = await Promise.all(files[dataset][half].map((name) => context.read({ dataset, name })));
  if (dataset === "mnist") {
    const { images, labels } = readMnist(contents[0]!, contents[1]!, `mnist ${half}`);
    return { pixels: images, labels };
  }
  const batches = contents.map((bytes, i) => readCifar10(bytes, files[dataset][half][i]!));
  return {
    pixels: joined(batches.map(({ images }) => images)),
    labels: joined(batches.map(({ labels }) => labels)),
  };
}

/** Drawing takes longer than reading, so all jobs share what is drawn. */
async function drawDigits(half: Half, count: number, context: RunContext): Promise<Images> {
  const bytes = await context.artifact({ drawnDigits: half, count }, [], () => {
    const { images, labels } = drawnDigits(count, half === "train" ? 1 : 2);
    return joined([labels, images]);
  });
  return { labels: bytes.subarray(0, count), pixels: bytes.subarray(count) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
