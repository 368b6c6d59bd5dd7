import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import type { Head } from "./collapse_metrics.ts";

/**
 * The class that the network says of each row, in float64: the largest of W^T h + b, the first of equals.
 *
 * @param head The last layer.
 */
export function decisionsOfHead(
  { features, dimension, classes }: Pick<LabelledFeatures, "features" | "dimension" | "classes">,
  { weights, bias }: Head,
): Uint8Array {
  return Uint8Array.from({ length: features.length / dimension }, (_, row) => {
    const scores = Float64Array.from(bias);
    for (let k = 0; k < dimension; k++) {
      const value = features[row * dimension + k]!;
      for (let c = 0; c < classes; c++) scores[c]! += value * weights[k * classes + c]!;
    }
    return largest(scores);
  });
}

/**
 * The class whose mean is nearest to each row, the first of equals.
 *
 * @param means Of each class, `(dimension)`.
 */
export function nearestMeans(
  { features, dimension }: Pick<LabelledFeatures, "features" | "dimension">,
  means: readonly Float64Array[],
): Uint8Array {
  return Uint8Array.from({ length: features.length / dimension }, (_, row) => {
    const closeness = means.map((mean) => {
      let squares = 0;
      for (let k = 0; k < dimension; k++) squares += (features[row * dimension + k]! - mean[k]!) ** 2;
      return -squares;
    });
    return largest(closeness);
  });
}

/** The share of places, in per cent, at which two lists differ. */
export function percentDiffering(found: Uint8Array, other: ArrayLike<number>): number {
  return 100 * found.reduce((sum, label, i) => label === other[i] ? sum : sum + 1, 0) / found.length;
}

function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[best]!) best = c;
  return best;
}
