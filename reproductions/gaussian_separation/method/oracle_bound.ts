import { softMoments } from "./soft_threshold.ts";

/** The mean for which a risk is largest in terms of its bound. */
export interface WorstMean {
  /** E ||rho(mu + z) - mu||^2 over (2 log d + 1) (1 + sum min(mu^2, 1)). */
  readonly ratio: number;
  /** The value of every coordinate. */
  readonly mu: number;
}

/** Beyond this distance above the threshold the risk of a coordinate is at its limit 1 + threshold^2 to 1e-15. */
const reach = 9;

/** The steps of the grid, for a unit of mu. */
const stepsPerUnit = 50;

/**
 * Seeks the mean in d coordinates for which the risk of a soft threshold is largest in terms of the oracle bound of Donoho and Johnstone
 * (1994, Theorem 1), the noise of deviation 1.
 *
 * Where lambda is the largest ratio of sum r(mu_i) to 1 + sum min(mu_i^2, 1), each coordinate maximises r(mu) - lambda min(mu^2, 1) by
 * itself: so one value in every coordinate is as bad as any mean, and the search has one dimension. It runs over a grid, then between the
 * neighbours of its worst point by halving.
 *
 * @param d Coordinates.
 * @param threshold The threshold.
 */
export function worstMean(d: number, threshold: number): WorstMean {
  const ratio = (mu: number) => boundRatio(d, threshold, mu);
  const grid = Array.from(
    { length: Math.ceil((threshold + reach) * stepsPerUnit) + 1 },
    (_, i) => i / stepsPerUnit,
  );
  let mu = grid.reduce((worst, candidate) => ratio(candidate) > ratio(worst) ? candidate : worst);
  for (let step = 1 / stepsPerUnit; step > 1e-9; step /= 2) {
    for (const candidate of [Math.max(0, mu - step), mu + step]) {
      if (ratio(candidate) > ratio(mu)) mu = candidate;
    }
  }
  return { ratio: ratio(mu), mu };
}

/** The ratio of the risk to the bound where every coordinate has the mean mu. */
export function boundRatio(d: number, threshold: number, mu: number): number {
  const bound = (2 * Math.log(d) + 1) * (1 + d * Math.min(mu * mu, 1));
  return d * softMoments(mu, threshold).risk / bound;
}
