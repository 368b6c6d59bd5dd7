import { classifyAffinePca, fitAffinePca } from "../../src/classify/affine_pca.ts";
import { chooseDirections } from "../../src/classify/choose_directions.ts";
import type { AffineSpace } from "../../src/classify/class_products.ts";
import type { LabelledFeatures } from "../../src/classify/labelled_features.ts";
import { fitPathFactors, renormalisePaths } from "../../src/classify/path_renormalisation.ts";
import { rowsOfClass } from "../../src/classify/rows_of_class.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { RandomStream } from "../../src/random/random_stream.ts";
import { type FeatureName, featureShape, isScattering } from "./features.ts";
import type { Task } from "./task.ts";

/** The largest d that is tried, as in the authors' software; Table 5 has 140 at 40,000 digits. */
const largestDirections = 160;
/** Digits that d is chosen on at most: the products of all pairs of features, of all classes, stay in memory. */
const largestChoice = 20_000;

/** What the classifier chose, and the labels it gave to the test digits. */
export interface PcaOutcome {
  readonly labels: Uint8Array;
  readonly directions: number;
}

/**
 * Classifies by the nearest affine space (section 4.1): each path divided by its largest norm over the training
 * digits (equation 19; scattering alone), d by 5-fold cross-validation.
 *
 * @param stream Deals the folds.
 */
export async function classifyByPca(
  task: Task,
  feature: FeatureName,
  stream: RandomStream,
): Promise<PcaOutcome> {
  const backend = await startBackend({ threads: 1 });
  try {
    const { train, test } = isScattering(feature) ? renormalised(task, feature) : task;
    const some = firstRows(train, largestChoice);
    const largest = Math.min(largestDirections, largestClass(some));
    const { directions } = chooseDirections(some, stream, { largest });
    const spaces = Array.from({ length: train.classes }, (_, label) => spaceOf(train, label, directions));
    return { labels: classifyAffinePca(spaces, test.features, directions), directions };
  } finally {
    backend.dispose();
  }
}

function renormalised({ train, test }: Task, feature: FeatureName): Task {
  const { paths, positions } = featureShape(feature);
  const factors = fitPathFactors(train.features, paths, positions);
  const scale = (data: LabelledFeatures) => ({
    ...data,
    features: renormalisePaths(data.features, factors, positions),
  });
  return { train: scale(train), test: scale(test) };
}

/** One class at a time, since the products of all features of all classes would take a GiB at 60,000 digits. */
function spaceOf(data: LabelledFeatures, label: number, directions: number): AffineSpace {
  const features = rowsOfClass(data, label);
  const labels = new Uint8Array(features.length / data.dimension);
  return fitAffinePca({ features, dimension: data.dimension, labels, classes: 1 }, directions)[0]!;
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
