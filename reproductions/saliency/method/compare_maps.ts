import { rankCorrelation } from "../../../src/numeric/statistics/rank_correlation.ts";
import type { ClassMap } from "../../../src/saliency/class_maps.ts";

/** The distance of a map from the nearest multiple of another, relative to its norm. */
export function distanceFromMultiple({ values }: ClassMap, { values: other }: ClassMap): number {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const factor = dot(values, other) / dot(other, other);
  const rest = values.map((value, i) => value - factor * other[i]!);
  return Math.sqrt(dot(rest, rest) / dot(values, values));
}

/** The rank correlation of two maps. */
export function rankCorrelationOfMaps(a: ClassMap, b: ClassMap): number {
  return rankCorrelation(Array.from(a.values), Array.from(b.values));
}
