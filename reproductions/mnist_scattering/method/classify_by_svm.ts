import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { fitFeatureRange, scaleToUnitRange } from "../../../src/classify/unit_range.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { predictSvm } from "../../../src/classify/svm/predict_svm.ts";
import { SvmTrainer } from "../../../src/classify/svm/svm_trainer.ts";
import { SvmWorkspace } from "../../../src/classify/svm/svm_workspace.ts";
import type { LearningTask } from "./learning_task.ts";

/** The grid: C, and gamma in units of 1 / (median squared distance of two training digits). */
const costs = [1, 8];
const widths = [0.25, 0.5, 1, 2];
/** Parts that are left out in turn. */
const folds = 3;
/** Digits that C and gamma are chosen on at most: "by cross-validation on a subset" (section 4.2). */
const largestChoice = 5000;
/** Digits whose pairs give the median squared distance. */
const medianRows = 300;
/** The kernel cache of a job: two narrow ones run at a time. */
const cacheBytes = 2 ** 29;

/** What the classifier chose, and the labels it gave to the test digits. */
export interface SvmOutcome {
  /** One for each test digit. */
  readonly labels: Uint8Array;
  /** What a training digit on the wrong side costs. */
  readonly C: number;
  /** The kernel is exp(-gamma |a - b|^2). */
  readonly gamma: number;
}

/**
 * Classifies by support vector machines with a Gaussian kernel, one against one, each feature scaled to [-1, 1] on
 * the training digits, C and gamma by 3-fold cross-validation.
 *
 * @param task Its features are overwritten.
 * @param stream Deals the folds.
 * @param threads How many threads compute; no label depends on it.
 */
export async function classifyBySvm(
  { train, test }: LearningTask,
  stream: RandomStream,
  threads: number,
): Promise<SvmOutcome> {
  using workspace = await SvmWorkspace.start({ threads });
  const range = fitFeatureRange(train.features, train.dimension);
  // In place: the features of 60,000 digits fill 0.8 GiB.
  for (const { features } of [train, test]) scaleToUnitRange(features, range, features);
  const { C, gamma } = chooseParameters(workspace, train, stream);
  using trainer = new SvmTrainer(workspace, train, { gamma, cacheBytes });
  return { labels: predictSvm(workspace, trainer.fit(C), test.features).labels, C, gamma };
}

/** The C and gamma with the fewest errors; of equals the smallest gamma, then the smallest C. */
function chooseParameters(
  workspace: SvmWorkspace,
  train: LabelledFeatures,
  stream: RandomStream,
): { readonly C: number; readonly gamma: number } {
  const order = stream.permutation(train.labels.length).subarray(0, largestChoice);
  const parts = Array.from({ length: folds }, (_, fold) => ({
    kept: gatherRows(train, order.filter((_, i) => i % folds !== fold)),
    held: gatherRows(train, order.filter((_, i) => i % folds === fold)),
  }));
  const unit = 1 / medianSquaredDistance(gatherRows(train, order.subarray(0, medianRows)));
  let best = { C: 0, gamma: 0, errors: Infinity };
  for (const width of widths) {
    const gamma = width * unit;
    const errors = costs.map(() => 0);
    for (const { kept, held } of parts) {
      using trainer = new SvmTrainer(workspace, kept, { gamma, cacheBytes });
      for (const [i, C] of costs.entries()) {
        const model = trainer.fit(C);
        errors[i]! += countDifferent(predictSvm(workspace, model, held.features).labels, held.labels);
      }
    }
    for (const [i, C] of costs.entries()) {
      if (errors[i]! < best.errors) best = { C, gamma, errors: errors[i]! };
    }
  }
  return best;
}

/** Some rows, in their order. */
function gatherRows(
  { features, dimension, labels, classes }: LabelledFeatures,
  rows: Uint32Array,
): LabelledFeatures {
  const chosen = new Float32Array(rows.length * dimension);
  for (const [i, row] of rows.entries()) {
    chosen.set(features.subarray(row * dimension, (row + 1) * dimension), i * dimension);
  }
  return { features: chosen, dimension, labels: Uint8Array.from(rows, (row) => labels[row]!), classes };
}

/** The median of the squared distances of all pairs. */
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
function countDifferent(found: Uint8Array, labels: Uint8Array): number {
  return found.reduce((sum, label, i) => label === labels[i] ? sum : sum + 1, 0);
}
