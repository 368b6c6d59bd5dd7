import type { LabelledFeatures } from "../../src/classify/labelled_features.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { type Half, type ImageCounts, inputFiles } from "../image_sets.ts";
import { loadDigits, pixels } from "./digits.ts";
import { balancedRows, largestDrawn } from "./draws.ts";
import { describe, type FeatureName, featureShape } from "./features.ts";

/** What a classifier learns from and is tested on. */
export interface Task {
  readonly train: LabelledFeatures;
  readonly test: LabelledFeatures;
}

/** Which task. */
export interface TaskOptions {
  readonly feature: FeatureName;
  /** Digits to learn from: drawn up to `largestDrawn`, else the first n. */
  readonly n: number;
  readonly draw: number;
  readonly standIns: ImageCounts | null;
}

/** The first n rows are described in these pieces, so that every n shares those of the smaller ones. */
const pieces = [0, 2000, 5000, 10_000, 20_000, 40_000, 60_000];

/** Loads the digits of a task and describes them; jobs share the features. */
export async function loadTask(options: TaskOptions, context: RunContext): Promise<Task> {
  const { feature, n, draw, standIns } = options;
  const { paths, positions } = featureShape(feature);
  const dimension = paths * positions;
  const pool = await loadDigits("train", standIns, context);
  const test = await loadDigits("test", standIns, context);

  const described = async (half: Half, rows: string, images: () => Uint8Array) => {
    if (feature === "x") return await describe(feature, images());
    const parts = { feature, half, rows, standIns };
    const bytes = await context.artifact(parts, inputFiles("mnist", standIns), async () => {
      return new Uint8Array((await describe(feature, images())).buffer);
    });
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  const labelled = (features: Float32Array, labels: Uint8Array) => ({
    features,
    dimension,
    labels,
    classes: 10,
  });

  const everyTest = await described("test", "all", () => test.images);
  if (n <= largestDrawn) {
    const rows = balancedRows(pool.labels, n, context.rng(`mnist_scattering/draw of ${n}`, draw));
    const features = await described("train", `draw ${draw} of ${n}`, () => imagesOf(pool.images, rows));
    const labels = Uint8Array.from(rows, (row) => pool.labels[row]!);
    return { train: labelled(features, labels), test: labelled(everyTest, test.labels) };
  }
  const features = new Float32Array(n * dimension);
  for (const [i, first] of pieces.slice(0, pieces.indexOf(n)).entries()) {
    const end = pieces[i + 1]!;
    const images = () => pool.images.subarray(first * pixels, end * pixels);
    features.set(await described("train", `${first} to ${end}`, images), first * dimension);
  }
  return { train: labelled(features, pool.labels.subarray(0, n)), test: labelled(everyTest, test.labels) };
}

function imagesOf(images: Uint8Array, rows: Uint32Array): Uint8Array {
  const chosen = new Uint8Array(rows.length * pixels);
  for (const [i, row] of rows.entries()) {
    chosen.set(images.subarray(row * pixels, (row + 1) * pixels), i * pixels);
  }
  return chosen;
}
