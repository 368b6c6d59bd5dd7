import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { fitFeatureRange, scaleToUnitRange } from "../../../src/classify/unit_range.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { predictSvm } from "../../../src/classify/svm/predict_svm.ts";
import { SvmTrainer } from "../../../src/classify/svm/svm_trainer.ts";
import { SvmWorkspace } from "../../../src/classify/svm/svm_workspace.ts";
import { largestChoice, type LearningTask } from "./learning_task.ts";

/** The grid: C, and gamma in units of 1 / (median squared distance of two training digits). */
const costs = [1, 8];
const widths = [0.25, 0.5, 1, 2];
/** Parts that are left out in turn. */
const folds = 3;
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
  // In place: the features of 60,000 digits fill up to 1.8 GiB.
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
  // "By cross-validation on a subset" (section 4.2).
  const order = stream.permutation(train.labels.length).subarray(0, largestChoice);
  const unit = 1 / medianSquaredDistance(gatherRows(train, order.subarray(0, medianRows)));
  const candidates = widths.flatMap((width) => costs.map((C) => ({ C, gamma: width * unit, errors: 0 })));
  for (let fold = 0; fold < folds; fold++) {
    // One fold at a time: both parts of 20,000 digits fill up to 0.65 GiB.
    const kept = gatherRows(train, order.filter((_, i) => i % folds !== fold));
    const held = gatherRows(train, order.filter((_, i) => i % folds === fold));
    for (const gamma of widths.map((width) => width * unit)) {
      using trainer = new SvmTrainer(workspace, kept, { gamma, cacheBytes });
      for (const candidate of candidates.filter((candidate) => candidate.gamma === gamma)) {
        const model = trainer.fit(candidate.C);
        const found = predictSvm(workspace, model, held.features).labels;
        candidate.errors += countDifferent(found, held.labels);
      }
    }
  }
  const least = Math.min(...candidates.map(({ errors }) => errors));
  return candidates.find(({ errors }) => errors === least)!;
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
