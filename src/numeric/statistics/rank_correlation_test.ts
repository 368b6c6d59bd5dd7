import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { rankCorrelation } from "./rank_correlation.ts";

Deno.test("rankCorrelation() is 1 - 6 sum d^2 / (n^3 - n) where no value is repeated", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 20 }), (values) => {
    const n = values.length;
    const sorted = [...values].sort((a, b) => a - b);
    const squares = values.reduce((sum, value, i) => sum + (sorted.indexOf(value) - i) ** 2, 0);
    const places = values.map((_, i) => i);
    assertAlmostEquals(rankCorrelation(places, values), 1 - 6 * squares / (n ** 3 - n), 1e-12);
  }));
});

Deno.test("rankCorrelation() lets equal values share their rank", () => {
  // Ranks 1, 2.5, 2.5, 4: by hand 4.5 / sqrt(5 * 4.5).
  assertAlmostEquals(rankCorrelation([1, 2, 3, 4], [1, 5, 5, 7]), 4.5 / Math.sqrt(22.5), 1e-12);
  assertEquals(rankCorrelation([1, 2], [3, 3]), NaN);
});

Deno.test("rankCorrelation() refuses sides of different length", () => {
  assertThrows(() => rankCorrelation([1, 2], [1]), RangeError, "Cannot correlate 2 with 1 values");
});
