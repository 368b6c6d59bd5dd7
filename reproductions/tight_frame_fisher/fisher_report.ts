import type { ClassFeatures } from "../../src/frames/class_features.ts";
import { type FisherRatio, fisherRatio } from "../../src/frames/fisher_ratio.ts";

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

/** The Fisher ratios with what has to be known about them, for a caption. */
export function fisherText({ test, floor, train }: FisherReports): string {
  const short = (value: number) => value.toPrecision(4);
  const about = [
    `${short(test.unbiased)} with 1/(C - 1)`,
    `${test.n} images, ${test.d} values, rank ${test.rank} at the cut ${test.cut}, ` +
    `${test.outside.toPrecision(1)} of Trace(Sigma_B) outside of it`,
    `${short(floor.ratio)} with shuffled labels`,
    ...(train === null ? [] : [`${short(train.ratio)} on ${train.n} training images`]),
  ];
  return `${short(test.ratio)} (${about.join("; ")})`;
}
