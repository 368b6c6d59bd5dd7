/**
 * How far the statistics of independent samples are from their mean.
 *
 * @module
 */
import type { CovarianceKernel } from "../../../src/maximum_entropy/covariance_kernel.ts";

/** Relative deviations of the statistics of wavelet channels over samples of a process. */
export interface RelativeDeviations {
  /** Of all covariances and means. */
  readonly all: number;
  /** Of what is the same for x and -x. */
  readonly even: number;
  /** Of what changes its sign with x; relative to the even part. */
  readonly odd: number;
}

/**
 * The root of the mean squared distance of statistics to their mean over samples, over the norm of that mean.
 *
 * @param samples Statistics of at least two samples, as `statistics()` gives them.
 * @param covariances What gave them.
 */
export function relativeDeviations(
  samples: readonly Float64Array[],
  { pairs, options: { J, L } }: Pick<CovarianceKernel, "pairs" | "options">,
): RelativeDeviations {
  const wavelets = J * L;
  const R = 4 * wavelets;
  // Of -x, every channel is that of the opposite phase.
  const opposite = (channel: number) => (channel + 2 * wavelets) % R;
  const places = new Map(pairs.map(([i, j], at) => [i * (R + 4) + j, at]));
  const mirrored = pairs.map(([i, j]) => {
    if (j >= R) return -1;
    const a = opposite(i);
    const b = opposite(j);
    return places.get(Math.min(a, b) * (R + 4) + Math.max(a, b))!;
  });
  const parts = samples.map((statistics) => {
    const even: number[] = [];
    const odd: number[] = [];
    const all: number[] = [];
    for (const [at, other] of mirrored.entries()) {
      if (other < 0) continue;
      all.push(statistics[at]!);
      even.push((statistics[at]! + statistics[other]!) / 2);
      odd.push((statistics[at]! - statistics[other]!) / 2);
    }
    return { all, even, odd };
  });
  const norms = { all: spread(parts.map(({ all }) => all)), even: spread(parts.map(({ even }) => even)) };
  return {
    all: norms.all.deviation / norms.all.mean,
    even: norms.even.deviation / norms.even.mean,
    odd: spread(parts.map(({ odd }) => odd)).deviation / norms.even.mean,
  };
}

/** The norm of the mean of some vectors, and the root of their mean squared distance to it, of independent samples. */
function spread(
  vectors: readonly (readonly number[])[],
): { readonly mean: number; readonly deviation: number } {
  const centre = vectors[0]!.map((_, i) =>
    vectors.reduce((sum, vector) => sum + vector[i]!, 0) / vectors.length
  );
  const squares = vectors.reduce(
    (sum, vector) => sum + vector.reduce((inner, value, i) => inner + (value - centre[i]!) ** 2, 0),
    0,
  );
  return {
    mean: Math.sqrt(centre.reduce((sum, value) => sum + value * value, 0)),
    deviation: Math.sqrt(squares / (vectors.length - 1)),
  };
}
