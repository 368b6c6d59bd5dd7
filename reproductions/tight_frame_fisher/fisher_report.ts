import type { ClassFeatures } from "../../src/frames/class_features.ts";
import { type FisherRatio, fisherRatio } from "../../src/frames/fisher_ratio.ts";

/** A Fisher ratio as reported: all directions above the cut, Sigma_B with 1/C, and what has to be known about it. */
export type FisherReport = Omit<FisherRatio, "discriminants">;

/** The Fisher ratio of features, without the directions behind it. */
export function reportFisher(features: ClassFeatures): FisherReport {
  const { discriminants: _, ...report } = fisherRatio(features);
  return report;
}
