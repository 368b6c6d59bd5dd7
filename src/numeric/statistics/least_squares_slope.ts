import { mean } from "./mean.ts";

/** The slope of a line of least squares. */
export interface Slope {
  /** The slope. */
  readonly slope: number;
  /** Its standard error from the residuals, as of independent errors of one size; 0 where the points lie on a line. */
  readonly standardError: number;
}

/**
 * The slope of the line of least squares through points.
 *
 * @param x At least two different values.
 * @param y As many values.
 * @returns The standard error is NaN of two points, which say nothing of their errors.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(leastSquaresSlope([0, 1, 2], [1, 3, 5]), { slope: 2, standardError: 0 });
 * ```
 */
export function leastSquaresSlope(x: readonly number[], y: readonly number[]): Slope {
  const centre = mean(x);
  const level = mean(y);
  const squares = x.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const slope = x.reduce((sum, value, i) => sum + (value - centre) * (y[i]! - level), 0) / squares;
  const residual = x.reduce((sum, value, i) => sum + (y[i]! - level - slope * (value - centre)) ** 2, 0);
  return { slope, standardError: Math.sqrt(residual / (x.length - 2) / squares) };
}
