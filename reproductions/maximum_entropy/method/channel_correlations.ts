import type { CovarianceKernel } from "../../../src/maximum_entropy/covariance_kernel.ts";

/** Root mean squares of correlations over pairs of channels of two scales. */
export interface ChannelCorrelations {
  /** Of real parts of wavelet coefficients. */
  readonly linear: number;
  /** Of their positive parts. */
  readonly rectified: number;
}

/**
 * Correlations of wavelet channels of different scales, before and after the rectifier, from the statistics of a field alone: the real part of a coefficient is the
 * difference of two rectified phases.
 *
 * @param statistics What `statistics()` gave.
 * @param covariances What gave them.
 */
export function channelCorrelations(
  statistics: Float64Array,
  { pairs, options: { J, L }, counts }: Pick<CovarianceKernel, "pairs" | "options" | "counts">,
): ChannelCorrelations {
  const wavelets = J * L;
  const R = 4 * wavelets + 4;
  // A pair that vanishes everywhere is none of the statistics: 0.
  const covariance = new Float64Array(R * R);
  for (const [at, [i, j]] of pairs.entries()) {
    covariance[i * R + j] = statistics[at]!;
    covariance[j * R + i] = statistics[at]!;
  }
  const mean = (channel: number) => statistics[counts.C + channel]!;
  const centred = (i: number, j: number) => covariance[i * R + j]! - mean(i) * mean(j);
  const real = (i: number, j: number) => {
    const a = i + 2 * wavelets;
    const b = j + 2 * wavelets;
    return covariance[i * R + j]! - covariance[i * R + b]! - covariance[a * R + j]! + covariance[a * R + b]!;
  };
  let linear = 0;
  let rectified = 0;
  let count = 0;
  for (const [i, j] of pairs) {
    if (j >= wavelets || Math.floor(i / L) === Math.floor(j / L)) continue;
    linear += real(i, j) ** 2 / (real(i, i) * real(j, j));
    rectified += centred(i, j) ** 2 / (centred(i, i) * centred(j, j));
    count++;
  }
  return { linear: Math.sqrt(linear / count), rectified: Math.sqrt(rectified / count) };
}
