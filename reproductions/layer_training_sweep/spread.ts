import type { LinePoint } from "../../src/figure.ts";
import { meanOf } from "./companions.ts";

/** A point at the mean, with an interval from the least to the largest value. */
export function spread(x: number, values: readonly number[]): LinePoint {
  return { x, y: meanOf(values), lower: Math.min(...values), upper: Math.max(...values) };
}

/** How many seeds the results are of, in words. */
export function seedsOf(results: readonly unknown[]): string {
  return results.length === 1 ? "one seed" : `${results.length} seeds`;
}
