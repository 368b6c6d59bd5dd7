import { requireWhole } from "../../../src/nn/require_whole.ts";

/**
 * The least factor by which a layer of hard-tanh units without bias lengthens a trajectory, on average over its weights.
 *
 * Theorem 1 of Raghu et al. prints only its order, sqrt(sigma_w k / (sigma_w + k)). This is the step of its proof, with
 * nothing rounded off: for |z|^2 <= k and a direction perpendicular to z, a unit is unsaturated with probability at least
 * p = P(|N(0, sigma_w^2)| < 1), independently of what the direction is mapped to, so the direction's image has at least
 * the mean length (sigma_w / sqrt(k)) E(chi_A) with A binomial (k, p). The factor sqrt((k - 1) / k) is what the
 * perpendicular part keeps "for a typical trajectory" (section 2.2.1).
 *
 * @param weightVariance sigma_w^2.
 * @param width k.
 * @throws {RangeError} Where the width is not a whole number >= 1, or the variance not finite and > 0.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Wide layers: sigma_w sqrt(p), here with p = 0.2763.
 * assertAlmostEquals(lengthGrowthBound(8, 10_000), Math.sqrt(8 * 0.27633), 1e-3);
 * ```
 */
export function lengthGrowthBound(weightVariance: number, width: number): number {
  requireWhole("bound the growth of length", { width });
  if (!(weightVariance > 0 && weightVariance < Infinity)) {
    throw new RangeError(
      `Cannot bound the growth of length with weightVariance = ${weightVariance}: it must be finite and > 0`,
    );
  }
  const p = errorFunction(1 / Math.sqrt(2 * weightVariance));
  let mean = 0;
  // The mean of chi with m degrees of freedom, from c(1), c(2) and c(m + 2) = c(m) (m + 1) / m.
  const chi = [0, Math.sqrt(2 / Math.PI), Math.sqrt(Math.PI / 2)];
  // The logarithm of the binomial probability of m, since (1 - p)^k may be too small a number.
  let logProbability = width * Math.log(1 - p);
  for (let m = 1; m <= width; m++) {
    if (m > 2) chi[m] = chi[m - 2]! * (m - 1) / (m - 2);
    logProbability += Math.log((width - m + 1) / m * p / (1 - p));
    mean += Math.exp(logProbability) * chi[m]!;
  }
  return Math.sqrt((width - 1) / width) * Math.sqrt(weightVariance / width) * mean;
}

/** erf(x) for x >= 0: the series of positive terms exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!, times 2 / sqrt(pi). */
function errorFunction(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}
