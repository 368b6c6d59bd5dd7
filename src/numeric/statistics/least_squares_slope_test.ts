import { assertAlmostEquals, assertEquals } from "@std/assert";
import { leastSquaresSlope } from "./least_squares_slope.ts";

Deno.test("leastSquaresSlope() gives the slope and the standard error of a textbook regression", () => {
  // The line is y = 1.9 + 0.6 x; its residuals -0.5, 0.9, -0.7, 0.7, -0.4 have squares of sum 2.2, and sum (x - 3)^2 is 10.
  const { slope, standardError } = leastSquaresSlope([1, 2, 3, 4, 5], [2, 4, 3, 5, 4.5]);
  assertAlmostEquals(slope, 0.6, 1e-12);
  assertAlmostEquals(standardError, Math.sqrt(2.2 / 3 / 10), 1e-12);
});

Deno.test("leastSquaresSlope() has no standard error of two points", () => {
  assertEquals(leastSquaresSlope([0, 2], [1, 0]), { slope: -0.5, standardError: NaN });
});
