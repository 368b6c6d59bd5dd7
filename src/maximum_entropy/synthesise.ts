import { type MinimisationStep, minimising } from "../numeric/optimise/lbfgs.ts";
import type { RandomStream } from "../numeric/random/random_stream.ts";
import { BandPreconditioner } from "./band_preconditioner.ts";
import {
  allStatistics,
  type RectifiedCovarianceOptions,
  type StatisticWeights,
} from "./covariance_options.ts";
import { rectifiedFilters } from "./rectified_filters.ts";

/** What gives the distance of statistics: `RectifiedCovariances` or `CovarianceKernel`. */
export interface CovarianceLoss {
  /** The options. */
  readonly options: Required<RectifiedCovarianceOptions>;
  /** The sum of the squares of the statistics that are sought. */
  readonly targetNorm: number;
  /** The sum of squared differences, and its gradient. */
  loss(field: Float64Array, gradient?: Float64Array, weights?: StatisticWeights): number;
}

/** How a field is synthesised. */
export interface SynthesisOptions {
  /** Steps of L-BFGS at most; 200 where it is not given. */
  readonly iterations?: number;
  /** Which statistics are imposed; all where it is not given. */
  readonly weights?: StatisticWeights;
}

/** A synthesis under way. */
export interface SynthesisStep {
  /** Steps that were taken; 0 at the start. */
  readonly iterations: number;
  /** The loss over the sum of the squares of the statistics that are sought. */
  readonly relativeLoss: number;
  /** The field, `(N, N)`. */
  field(): Float64Array;
}

/** How many differences of gradients L-BFGS keeps. */
const memory = 20;

/** What of a loss may be round-off where it is computed in float32. */
const lossNoise = 1e-7;

/**
 * Samples the microcanonical model of a field: white noise is moved by gradient descent until its statistics are those of the field (Bruna & Mallat 2018; Brochard,
 * Zhang & Mallat 2020). Each step is given: the last one is the sample.
 *
 * @param original `(N, N)`, the field that the statistics were taken of: its mean, deviation and band spectrum make the start.
 * @param covariances The statistics.
 * @param stream Where the noise comes from.
 * @param options How long, and which statistics.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 * import { rectifiedCovariances } from "./rectified_covariances.ts";
 *
 * const original = Float64Array.from({ length: 256 }, (_, i) => (i * i) % 7);
 * const covariances = rectifiedCovariances(original, { N: 16, J: 2 });
 * const steps = [...synthesise(original, covariances, randomStream("example", 0), { iterations: 5 })];
 * assert(steps.at(-1)!.relativeLoss < steps[0]!.relativeLoss);
 * ```
 */
export function* synthesise(
  original: Float64Array,
  covariances: CovarianceLoss,
  stream: RandomStream,
  { iterations = 200, weights = allStatistics }: SynthesisOptions = {},
): Generator<SynthesisStep> {
  const { options, targetNorm } = covariances;
  const preconditioner = new BandPreconditioner(original, options.N, rectifiedFilters(options));
  const byField = new Float64Array(original.length);
  const loss = (variable: Float64Array, gradient: Float64Array) => {
    // A loss of the order of 1, whatever the number of statistics.
    const value = covariances.loss(preconditioner.field(variable), byField, weights) / targetNorm;
    const pulled = preconditioner.pullBack(byField);
    for (let i = 0; i < gradient.length; i++) gradient[i] = pulled[i]! / targetNorm;
    return value;
  };
  const start = Float64Array.from(original, () => stream.normal());
  const asStep = ({ iterations, value, x }: MinimisationStep): SynthesisStep => ({
    iterations,
    relativeLoss: value,
    field: () => preconditioner.field(x),
  });
  yield asStep({ iterations: 0, value: loss(start, new Float64Array(start.length)), x: start });
  const steps = minimising(loss, start, { iterations, memory, noise: lossNoise });
  for (const step of steps) yield asStep(step);
}
