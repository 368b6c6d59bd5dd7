import { type ClassFeatures, classFeatures } from "../../../src/classify/fisher/class_features.ts";
import { type FisherRatio, fisherRatio } from "../../../src/classify/fisher/fisher_ratio.ts";
import { shuffledLabels } from "../../../src/classify/fisher/shuffled_labels.ts";
import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** A Fisher ratio as reported: all directions above the cut, Sigma_B with 1/C, and what has to be known about it. */
export type FisherReport = Omit<FisherRatio, "discriminants">;

/** The Fisher ratios of a representation. */
export interface FisherReports {
  /** Of the test images: the one that is compared. */
  readonly test: FisherReport;
  /** Of the same images with their labels shuffled: what finite samples give alone. */
  readonly floor: FisherReport;
  /** Of images of the training, where it was taken. */
  readonly train: FisherReport | null;
}

/** The Fisher ratio of features, without the directions behind it. */
export function reportFisher(features: ClassFeatures): FisherReport {
  const { discriminants: _, ...report } = fisherRatio(features);
  return report;
}

/** The Fisher ratio of features whose labels are shuffled. */
export function reportFloor(features: LabelledFeatures, stream: RandomStream): FisherReport {
  return reportFisher(classFeatures(shuffledLabels(features, stream)));
}
