import type { LabelledFeatures } from "../../src/classify/labelled_features.ts";
import { fitFeatureRange, scaleToUnitRange } from "../../src/features/unit_range.ts";
import type { RandomStream } from "../../src/random/random_stream.ts";
import { predictSvm } from "../../src/svm/predict_svm.ts";
import { SvmEngine } from "../../src/svm/svm_engine.ts";
import { SvmTrainer } from "../../src/svm/svm_trainer.ts";
import type { Task } from "./task.ts";

/** The grid: C, and gamma in units of 1 / (median squared distance of two training digits). */
const costs = [1, 8];
const widths = [0.25, 0.5, 1, 2];
const folds = 3;
/** Digits that C and gamma are chosen on at most: "by cross-validation on a subset" (section 4.2). */
const largestChoice = 5000;
/** Digits whose pairs give the median squared distance. */
const medianRows = 300;
/** The kernel cache of a job: two narrow ones run at a time. */
const cacheBytes = 2 ** 29;

/** What the classifier chose, and the labels it gave to the test digits. */
export interface SvmOutcome {
  readonly labels: Uint8Array;
  readonly C: number;
  readonly gamma: number;
}

/**
 * Classifies by support vector machines with a Gaussian kernel, one against one, each feature scaled to [-1, 1] on
 * the training digits, C and gamma by 3-fold cross-validation.
 *
 * @param task Its features are overwritten.
 * @param stream Deals the folds.
 */
export async function classifyBySvm(
  { train, test }: Task,
  stream: RandomStream,
  threads: number,
): Promise<SvmOutcome> {
  using engine = await SvmEngine.start({ threads });
  const range = fitFeatureRange(train.features, train.dimension);
  // In place: the features of 60,000 digits fill 0.8 GiB.
  for (const { features } of [train, test]) scaleToUnitRange(features, range, features);
  const { C, gamma } = chooseParameters(engine, train, stream);
  using trainer = new SvmTrainer(engine, train, { gamma, cacheBytes });
  return { labels: predictSvm(engine, trainer.fit(C), test.features).labels, C, gamma };
}

/** The C and gamma with the fewest errors; of equals the smallest gamma, then the smallest C. */
function chooseParameters(
  engine: SvmEngine,
  train: LabelledFeatures,
  stream: RandomStream,
): { readonly C: number; readonly gamma: number } {
  const order = stream.permutation(train.labels.length).subarray(0, largestChoice);
  const parts = Array.from({ length: folds }, (_, fold) => ({
    kept: rowsOf(train, order.filter((_, i) => i % folds !== fold)),
    held: rowsOf(train, order.filter((_, i) => i % folds === fold)),
  }));
  const unit = 1 / medianSquaredDistance(rowsOf(train, order.subarray(0, medianRows)));
  let best = { C: 0, gamma: 0, errors: Infinity };
  for (const width of widths) {
    const gamma = width * unit;
    const errors = costs.map(() => 0);
    for (const { kept, held } of parts) {
      using trainer = new SvmTrainer(engine, kept, { gamma, cacheBytes });
      for (const [i, C] of costs.entries()) {
        const model = trainer.fit(C);
        errors[i]! += countDifferent(predictSvm(engine, model, held.features).labels, held.labels);
      }
    }
    for (const [i, C] of costs.entries()) {
      if (errors[i]! < best.errors) best = { C, gamma, errors: errors[i]! };
    }
  }
  return best;
}

function rowsOf(
  { features, dimension, labels, classes }: LabelledFeatures,
  rows: Uint32Array,
): LabelledFeatures {
  const chosen = new Float32Array(rows.length * dimension);
  for (const [i, row] of rows.entries()) {
    chosen.set(features.subarray(row * dimension, (row + 1) * dimension), i * dimension);
  }
  return { features: chosen, dimension, labels: Uint8Array.from(rows, (row) => labels[row]!), classes };
}

function medianSquaredDistance({ features, dimension }: LabelledFeatures): number {
  const distances: number[] = [];
  for (let a = 0; a < features.length; a += dimension) {
    for (let b = 0; b < a; b += dimension) {
      let square = 0;
      for (let k = 0; k < dimension; k++) square += (features[a + k]! - features[b + k]!) ** 2;
      distances.push(square);
    }
  }
  return Float64Array.from(distances).sort()[distances.length >> 1]!;
}

/** In how many places labels differ. */
export function countDifferent(found: Uint8Array, labels: Uint8Array): number {
  return found.reduce((sum, label, i) => label === labels[i] ? sum : sum + 1, 0);
}
