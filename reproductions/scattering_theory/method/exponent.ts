import { leastSquaresSlope, type Slope } from "../../../src/numeric/statistics/least_squares_slope.ts";

/** The exponent of a power law through positive points: the slope in logarithms. */
export function exponent(x: readonly number[], y: readonly number[]): Slope {
  return leastSquaresSlope(x.map(Math.log), y.map(Math.log));
}
