import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { standardErrorOfMean } from "./standard_error.ts";

/** Some values of moderate size. */
const samples = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 20 });

Deno.test("standardErrorOfMean() of a share is that of n - 1 trials", () => {
  // p (1 - p) n / (n - 1) is the variance of zeros and ones.
  assertAlmostEquals(standardErrorOfMean([1, 0, 0, 0])!, Math.sqrt(0.25 * 0.75 / 3), 1e-12);
});

Deno.test("standardErrorOfMean() is that of all pairs of values, and scales with them", () => {
  fc.assert(fc.property(samples, fc.double({ min: -4, max: 4, noNaN: true }), (values, scale) => {
    const n = values.length;
    const pairs = values.flatMap((one) => values.map((other) => (one - other) ** 2));
    const own = standardErrorOfMean(values)!;
    assertAlmostEquals(
      own,
      Math.sqrt(pairs.reduce((sum, one) => sum + one, 0) / (2 * n * n * (n - 1))),
      1e-9,
    );
    assertAlmostEquals(
      standardErrorOfMean(values.map((value) => scale * value))!,
      Math.abs(scale) * own,
      1e-9,
    );
  }));
});

Deno.test("standardErrorOfMean() cannot be told from one value", () => {
  assertEquals([standardErrorOfMean([1]), standardErrorOfMean([])], [null, null]);
});
