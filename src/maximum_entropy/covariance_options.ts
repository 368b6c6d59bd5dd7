/**
 * What both ways of computing rectified covariances share: options, what channels are divided by, the order of means.
 *
 * @module
 */
import { Autocorrelation } from "./autocorrelations.ts";
import type { RectifiedFilters } from "./rectified_filters.ts";

/** Which statistics are taken. */
export interface RectifiedCovarianceOptions {
  /** Pixels of a side of the periodic field: even, at least 2^J. */
  readonly N: number;
  /** Scales of the wavelets; log2 N - 2 where it is not given. */
  readonly J?: number;
  /** Angles of the wavelets, 4 where it is not given. */
  readonly L?: number;
  /** How many scales apart two wavelets may be whose covariance is taken, 2 where it is not given. */
  readonly dj?: number;
}

/** How much each of the three groups of statistics counts in a loss. */
export interface StatisticWeights {
  /** Of the covariances of rectified channels, and of their means. */
  readonly rectified: 0 | 1;
  /** Of the autocorrelations of the wavelet channels. */
  readonly autocorrelations: 0 | 1;
}

/** Every statistic counts. */
export const allStatistics: StatisticWeights = { rectified: 1, autocorrelations: 1 };

/** The autocorrelations alone: what a Gaussian model fixes. */
export const autocorrelationsAlone: StatisticWeights = { rectified: 0, autocorrelations: 1 };

/**
 * Fills in what is not given.
 *
 * @throws {RangeError} Where dj is not an integer >= 0; the filters check the others.
 */
export function completeOptions(
  { N, J = Math.max(1, Math.floor(Math.log2(N)) - 2), L = 4, dj = 2 }: RectifiedCovarianceOptions,
): Required<RectifiedCovarianceOptions> {
  if (!Number.isSafeInteger(dj) || dj < 0) {
    throw new RangeError(
      `Cannot take rectified covariances: dj must be an integer >= 0: current value is ${dj}`,
    );
  }
  return { N, J, L, dj };
}

/** A filter without its value at frequency 0. */
export function withoutMean(filter: Float64Array): Float64Array {
  const changed = filter.slice();
  changed[0] = 0;
  return changed;
}

/**
 * The root mean square of a field after each filter, and of the field without its mean.
 *
 * @param power |x^|^2, `(N, N)`.
 * @param filters Transfer functions.
 * @returns One number more than there are filters.
 * @throws {RangeError} Where one is 0 or not finite: nothing can be divided by it.
 */
export function channelDeviations(power: Float64Array, filters: readonly Float64Array[]): Float64Array {
  const whole = withoutMean(new Float64Array(power.length).fill(1));
  const deviations = Float64Array.from([...filters, whole], (filter) => {
    let sum = 0;
    for (let i = 0; i < power.length; i++) sum += power[i]! * filter[i]! * filter[i]!;
    return Math.sqrt(sum) / power.length;
  });
  const least = 1e-12 * deviations.at(-1)!;
  const constant = deviations.findIndex((value) => !(value > least && value < Infinity));
  if (constant >= 0) {
    throw new RangeError(
      `Cannot take rectified covariances: a field must vary at every scale and angle: channel ${constant} of ${deviations.length} has the root mean square ${
        deviations[constant]
      }`,
    );
  }
  return deviations;
}

/** What each rectified channel is divided by: four phases of every wavelet, two signs of the low-pass and of the field. */
export function deviationOfChannels(deviations: Float64Array): Float64Array {
  const wavelets = deviations.subarray(0, -2);
  const low = deviations.at(-2)!;
  const whole = deviations.at(-1)!;
  return Float64Array.of(...wavelets, ...wavelets, ...wavelets, ...wavelets, low, low, whole, whole);
}

/** The channels whose means are taken: two phases of each wavelet, the positive parts of low-pass and field. */
export function meanChannels({ J, L }: { readonly J: number; readonly L: number }): number[] {
  const half = 2 * J * L;
  return [...Array.from({ length: half }, (_, index) => index), 2 * half, 2 * half + 2];
}

/**
 * The autocorrelations, wavelet by wavelet, then of the low-pass, each divided by the variance of its channel.
 *
 * @param options What is taken.
 * @param filters Transfer functions; transposed, where `isTransposed` says so.
 * @param deviations What `channelDeviations()` gave.
 */
export function autocorrelationsOf(
  { N, J, L }: Required<RectifiedCovarianceOptions>,
  { psi, phi }: RectifiedFilters,
  deviations: Float64Array,
  isTransposed = false,
): Autocorrelation[] {
  const variance = (index: number) => deviations[index]! ** 2;
  return [
    ...psi.map((filter, lambda) =>
      new Autocorrelation(N, filter, 2 ** Math.floor(lambda / L), true, variance(lambda), isTransposed)
    ),
    new Autocorrelation(N, withoutMean(phi), 2 ** J, false, variance(J * L), isTransposed),
  ];
}
