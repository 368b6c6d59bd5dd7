import { normalDensity, normalTail } from "./normal_distribution.ts";

/** What a soft threshold makes of a normal variable of variance 1. */
export interface SoftMoments {
  /** Its mean. */
  readonly mean: number;
  /** Its variance. */
  readonly variance: number;
  /** The mean square of its distance from the mean that the variable had. */
  readonly risk: number;
}

/**
 * The moments of sign(z) max(|z| - threshold, 0) of a normal z, in closed form.
 *
 * @param mean The mean of z; its variance is 1.
 * @param threshold >= 0.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Without a threshold nothing changes.
 * const { mean, variance, risk } = softMoments(2, 0);
 * for (const [found, right] of [[mean, 2], [variance, 1], [risk, 1]] as const) assertAlmostEquals(found, right, 1e-14);
 * ```
 */
export function softMoments(mean: number, threshold: number): SoftMoments {
  const above = excess(mean - threshold);
  const below = excess(-mean - threshold);
  const after = above.mean - below.mean;
  const variance = above.square + below.square - after * after;
  return { mean: after, variance, risk: variance + (after - mean) ** 2 };
}

/** The first two moments of max(z, 0) of a normal z of this mean and variance 1. */
function excess(mean: number): { readonly mean: number; readonly square: number } {
  const probability = normalTail(-mean);
  const density = normalDensity(mean);
  return {
    mean: mean * probability + density,
    square: (mean * mean + 1) * probability + mean * density,
  };
}

/** Donoho and Johnstone's threshold for d coordinates of deviation 1, (2 log d)^(1/2). */
export function universalThreshold(d: number): number {
  return Math.sqrt(2 * Math.log(d));
}

/** What a threshold makes of a class: a mean in d coordinates, and noise of deviation 1 in each. */
export interface ClassMoments {
  /** What is left of the mean along itself, <E rho(z), mu> / ||mu||^2. */
  readonly kept: number;
  /** The variance, summed over the coordinates, over what it was. */
  readonly variance: number;
  /** ||E rho(z)||^2 over the variance, over what this was. */
  readonly separation: number;
}

/**
 * Sums the moments over coordinates.
 *
 * @param means The mean of each coordinate, not all 0.
 * @param threshold The threshold.
 */
export function classMoments(means: Float64Array, threshold: number): ClassMoments {
  let along = 0;
  let squaredNorm = 0;
  let squaredAfter = 0;
  let varianceAfter = 0;
  for (const mu of means) {
    const { mean, variance } = softMoments(mu, threshold);
    along += mean * mu;
    squaredNorm += mu * mu;
    squaredAfter += mean * mean;
    varianceAfter += variance;
  }
  const variance = varianceAfter / means.length;
  return { kept: along / squaredNorm, variance, separation: squaredAfter / squaredNorm / variance };
}
