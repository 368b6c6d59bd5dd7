/**
 * Learning rates as functions of the progress of a training.
 *
 * @module
 */
import { power } from "../numeric/linalg/power.ts";

/** The rate at `progress` in [0, 1): steps done divided by all steps. */
export type Schedule = (progress: number) => number;

/** The same rate throughout. */
export function constantRate(rate: number): Schedule {
  return () => rate;
}

/**
 * The rate multiplied by `factor` at each of the points.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const schedule = stepRate(1, 0.5, [0.5, 0.75]);
 * assertEquals([0.4, 0.5, 0.9].map(schedule), [1, 0.5, 0.25]);
 * ```
 */
export function stepRate(rate: number, factor: number, points: readonly number[]): Schedule {
  return (progress) => rate * power(factor, points.filter((point) => progress >= point).length);
}

/**
 * From the rate to 0 along half a cosine.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(cosineRate(0.2)(0.5), 0.1);
 * ```
 */
export function cosineRate(rate: number): Schedule {
  return (progress) => rate * (1 + Math.cos(Math.PI * progress)) / 2;
}
