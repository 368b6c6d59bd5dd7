import type { LinePoint } from "../../src/suite/figure.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";

/** A point at the mean over seeds, with an interval from the least to the largest value. */
export function pointOfSeeds(x: number, values: readonly number[]): LinePoint {
  return { x, y: mean(values), lower: Math.min(...values), upper: Math.max(...values) };
}

/** How many seeds the results are of, in words. */
export function countSeeds(results: readonly unknown[]): string {
  return results.length === 1 ? "one seed" : `${results.length} seeds`;
}
