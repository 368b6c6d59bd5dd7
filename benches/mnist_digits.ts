/**
 * MNIST for the benchmarks, from the folder `mnist` below $REPRODUCE_DATA or ./data.
 *
 * @module
 */
import { gunzip } from "../src/data/gunzip.ts";
import type { LabelledImages } from "../src/data/readers/labelled_images.ts";
import { readMnist } from "../src/data/readers/read_mnist.ts";

const folder = `${Deno.env.get("REPRODUCE_DATA") ?? "data"}/mnist`;

/** Whether the folder is there: benchmarks without it are left out. */
export function hasDigits(): boolean {
  try {
    return Deno.statSync(folder).isDirectory;
  } catch {
    return false;
  }
}

/** Reads the training or the test digits. */
export async function readDigits(part: "train" | "t10k"): Promise<LabelledImages> {
  const [images, labels] = await Promise.all(["images-idx3", "labels-idx1"].map(async (kind) => {
    const name = `${part}-${kind}-ubyte.gz`;
    return gunzip(await Deno.readFile(`${folder}/${name}`), 2 ** 26, name);
  }));
  return readMnist(images!, labels!, part);
}
