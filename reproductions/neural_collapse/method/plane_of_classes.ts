import type { LabelledFeatures } from "../../../src/classify/labelled_features.ts";
import { rowsOfClass } from "../../../src/classify/rows_of_class.ts";
import { mean } from "../../../src/numeric/statistics/mean.ts";
import { centred, classifiersOf, type ClassMeans, dot, type Head } from "./collapse_metrics.ts";

/** What is seen of one class in the plane of three class means: pairs x, y one after the other. */
export interface ClassInPlane {
  /** The class. */
  readonly label: number;
  /** Some of its features. */
  readonly features: readonly number[];
  /** Its mean. */
  readonly mean: readonly number[];
  /** Its classifier. */
  readonly classifier: readonly number[];
}

/**
 * The plane through the means of three classes, seen so that the first mean is straight above the mean of the three, and the second
 * to the right: features and means with the mean length of the three deviations as the unit; classifiers less their mean and
 * projected onto the plane, with the mean length of what is left as theirs. Where there is collapse, all three are one regular triangle.
 *
 * @param data The features.
 * @param labels The three classes.
 * @param perClass Features of each class that are kept, the first ones.
 */
export function planeOfClasses(
  data: LabelledFeatures,
  { means }: Pick<ClassMeans, "means">,
  head: Head,
  { labels, perClass }: { readonly labels: readonly number[]; readonly perClass: number },
): ClassInPlane[] {
  const own = labels.map((label) => means[label]!);
  const deviations = centred(own);
  const centre = own[0]!.map((value, k) => value - deviations[0]![k]!);
  const up = unit(deviations[0]!);
  const right = unit(deviations[1]!.map((value, k) => value - dot(deviations[1]!, up) * up[k]!));
  const place = (vector: Float64Array) => [dot(vector, right), dot(vector, up)];
  const scale = 1 / mean(deviations.map((vector) => Math.sqrt(dot(vector, vector))));
  const all = classifiersOf(head, data.classes);
  const classifiers = centred(labels.map((label) => all[label]!)).map(place);
  const classifierScale = 1 / mean(classifiers.map(([x, y]) => Math.hypot(x!, y!)));
  return labels.map((label, i) => {
    const rows = rowsOfClass(data, label);
    const shown = Math.min(perClass, rows.length / data.dimension);
    const features = Array.from({ length: shown }, (_, row) => {
      const from = row * data.dimension;
      const deviation = Float64Array.from(centre, (value, k) => rows[from + k]! - value);
      return place(deviation).map((value) => value * scale);
    });
    return {
      label,
      features: features.flat(),
      mean: place(deviations[i]!).map((value) => value * scale),
      classifier: classifiers[i]!.map((value) => value * classifierScale),
    };
  });
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}
