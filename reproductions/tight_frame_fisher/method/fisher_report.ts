import { type ClassFeatures, classFeatures, everyRow } from "../../../src/classify/fisher/class_features.ts";
import type { Discriminants } from "../../../src/classify/fisher/discriminants.ts";
import { type FisherRatio, fisherRatio } from "../../../src/classify/fisher/fisher_ratio.ts";
import {
  fisherRatioError,
  type Jackknife,
  jackknifeFisherRatio,
} from "../../../src/classify/fisher/jackknife.ts";
import type { Blocks } from "../../../src/classify/fisher/moments_without_block.ts";
import { shuffledLabels } from "../../../src/classify/fisher/shuffled_labels.ts";
import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** A Fisher ratio as reported: all directions above the cut, Sigma_B with 1/C, and what has to be known about it. */
export type FisherReport = Omit<FisherRatio, "discriminants">;

/** The Fisher ratio of the test images: the one that is compared. */
export interface TestFisherReport extends FisherReport {
  /** Of `ratio`, over test images; that of `unbiased` is as much larger as that is. */
  readonly standardError: number;
  /** What the standard error comes from, and that of a difference. */
  readonly jackknife: Jackknife;
  /** Of parts of the images, where those are more than the directions that they have to fill. */
  readonly fewer: readonly FisherReport[];
}

/** The Fisher ratios of a representation. */
export interface FisherReports {
  /** Of the test images. */
  readonly test: TestFisherReport;
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

/**
 * The Fisher ratio of the test images, its standard error and its dependence on their number.
 *
 * @param features Of the test images.
 * @param choices Which of their blocks the standard error leaves out, and of which parts of them the ratio is taken as well.
 * @returns The report, and the directions behind it.
 * @throws {RangeError} Where a class has fewer images than there are blocks.
 */
export function reportTest(
  features: LabelledFeatures,
  { jackknife: blocks, parts }: { readonly jackknife: Blocks; readonly parts: readonly number[] },
): { readonly test: TestFisherReport; readonly discriminants: Discriminants } {
  const { whole: { discriminants, ...report }, jackknife } = jackknifeFisherRatio(features, blocks);
  const { dimension, classes, labels } = features;
  // Fewer images than values and class means have no covariance that could be inverted, whatever they show.
  const large = parts.filter((part) => labels.length / part > dimension + classes);
  return {
    test: {
      ...report,
      standardError: fisherRatioError(jackknife),
      jackknife,
      fewer: large.map((part) => reportFisher(everyRow(features, part))),
    },
    discriminants,
  };
}

/** The Fisher ratio of features whose labels are shuffled. */
export function reportFloor(features: LabelledFeatures, stream: RandomStream): FisherReport {
  return reportFisher(classFeatures(shuffledLabels(features, stream)));
}
