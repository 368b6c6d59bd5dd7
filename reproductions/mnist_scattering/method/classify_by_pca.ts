import { classifyAffinePca, fitAffinePca } from "../../../src/classify/affine_pca.ts";
import { chooseDirections } from "../../../src/classify/choose_directions.ts";
import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { fitPathFactors, renormalisePaths } from "../../../src/classify/path_renormalisation.ts";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { type FeatureName, featureShape, isScattering } from "./features.ts";
import { largestChoice, type LearningTask } from "./learning_task.ts";

/** The largest d that is tried, as in the authors' software; Table 5 has 140 at 40,000 digits. */
const largestDirections = 160;

/** What the classifier chose, and the labels it gave to the test digits. */
export interface PcaOutcome {
  /** One for each test digit. */
  readonly labels: Uint8Array;
  /** The number d of directions of each class. */
  readonly directions: number;
}

/**
 * Classifies by the nearest affine space (section 4.1): each path divided by its largest norm over the training
 * digits (equation 19; scattering alone), d by 5-fold cross-validation.
 *
 * @param task Its features are overwritten.
 * @param feature What its digits are described by.
 * @param stream Deals the folds.
 * @param threads How many threads compute; no label depends on it.
 */
export async function classifyByPca(
  task: LearningTask,
  feature: FeatureName,
  stream: RandomStream,
  threads: number,
): Promise<PcaOutcome> {
  const backend = await startBackend({ threads });
  try {
    if (isScattering(feature)) renormalise(task, feature);
    const { train, test } = task;
    const some = firstRows(train, largestChoice);
    const largest = Math.min(largestDirections, largestClass(some));
    const { directions } = chooseDirections(some, stream, { largest });
    const spaces = fitAffinePca(train, directions);
    return { labels: classifyAffinePca(spaces, test.features, directions), directions };
  } finally {
    backend.dispose();
  }
}

/** In place: the features of 60,000 digits fill up to 1.8 GiB. */
function renormalise({ train, test }: LearningTask, feature: FeatureName): void {
  const { paths, positions } = featureShape(feature);
  const factors = fitPathFactors(train.features, paths, positions);
  for (const { features } of [train, test]) renormalisePaths(features, factors, positions, features);
}

/** The first rows, at most `count`. */
function firstRows(data: LabelledFeatures, count: number): LabelledFeatures {
  const features = data.features.subarray(0, count * data.dimension);
  return { ...data, features, labels: data.labels.subarray(0, count) };
}

function largestClass({ labels, classes, dimension }: LabelledFeatures): number {
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label]!++;
  return Math.min(dimension, Math.max(...counts));
}
