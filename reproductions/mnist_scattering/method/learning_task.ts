import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { type ImageReading, readImages } from "../../../src/data/sources/labelled_image_sources.ts";
import type { RunContext } from "../../../src/suite/reproduction.ts";
import { balancedRows, largestSample } from "./balanced_rows.ts";
import { describeDigits, digitPixels, type FeatureName, featureParts, featureShape } from "./features.ts";

/** What a classifier learns from and is tested on. */
export interface LearningTask {
  /** The digits to learn from. */
  readonly train: LabelledFeatures;
  /** The digits to tell apart. */
  readonly test: LabelledFeatures;
}

/** Which digits are learnt from, and what they are described by. */
export type TaskParameters = {
  /** What digits are described by. */
  readonly feature: FeatureName;
  /** Digits to learn from: sampled up to `largestSample`, else the first n. */
  readonly n: number;
  /** The number of the sample. */
  readonly sample: number;
};

/** The digits that a job reads. */
export type DigitReadings = { readonly train: ImageReading; readonly test: ImageReading };

/** Digits that cross-validation chooses on at most. */
export const largestChoice = 20_000;

/** The first n rows are described in these pieces, so that every n shares those of the smaller ones. */
const pieces = [0, 2000, 5000, 10_000, 20_000, 40_000, 60_000];

/** Reads the digits of a task and describes them; jobs share the features. */
export async function readTask(
  { feature, n, sample }: TaskParameters,
  reads: DigitReadings,
  context: RunContext,
): Promise<LearningTask> {
  const { paths, positions } = featureShape(feature);
  const dimension = paths * positions;
  const pool = await readImages(reads.train, context);
  const test = await readImages(reads.test, context);

  const describe = async (reading: ImageReading, rows: string, images: () => Uint8Array) => {
    if (feature === "x") return await describeDigits(feature, images());
    const parts = { ...featureParts(feature), rows };
    const bytes = await context.artifact(parts, [reading], async () => {
      return new Uint8Array((await describeDigits(feature, images())).buffer);
    });
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  const withLabels = (features: Float32Array, labels: Uint8Array) => {
    return { features, dimension, labels, classes: 10 };
  };

  const everyTest = withLabels(await describe(reads.test, "all", () => test.images), test.labels);
  if (n <= largestSample) {
    // The label says "draw" as it always has: another one would give other samples.
    const rows = balancedRows(pool.labels, n, context.rng(`mnist_scattering/draw of ${n}`, sample));
    const images = () => gatherImages(pool.images, rows);
    const features = await describe(reads.train, `sample ${sample} of ${n}`, images);
    return {
      train: withLabels(features, Uint8Array.from(rows, (row) => pool.labels[row]!)),
      test: everyTest,
    };
  }
  const features = new Float32Array(n * dimension);
  for (const [i, first] of pieces.slice(0, pieces.indexOf(n)).entries()) {
    const end = pieces[i + 1]!;
    const images = () => pool.images.subarray(first * digitPixels, end * digitPixels);
    features.set(await describe(reads.train, `${first} to ${end}`, images), first * dimension);
  }
  return { train: withLabels(features, pool.labels.subarray(0, n)), test: everyTest };
}

/** The images of some rows. */
function gatherImages(images: Uint8Array, rows: Uint32Array): Uint8Array {
  const chosen = new Uint8Array(rows.length * digitPixels);
  for (const [i, row] of rows.entries()) {
    chosen.set(images.subarray(row * digitPixels, (row + 1) * digitPixels), i * digitPixels);
  }
  return chosen;
}
