import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fitFeatureRange, scaleToUnitRange } from "./unit_range.ts";

Deno.test("scaleToUnitRange() maps the training set to [-1, 1], both ends taken", () => {
  const values = fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(values, (column) => {
      const features = Float32Array.from(column);
      const scaled = scaleToUnitRange(features, fitFeatureRange(features, 1));
      const least = Math.min(...scaled);
      const largest = Math.max(...scaled);
      if (new Set(features).size === 1) return assertEquals([least, largest].map(Math.abs), [0, 0]);
      // The two ends round to float32.
      assertAlmostEquals(least, -1, 1e-6);
      assertAlmostEquals(largest, 1, 1e-6);
      assert(scaled.every((value) => Math.abs(value) <= 1 + 1e-6));
    }),
    { seed: 1 },
  );
});

Deno.test("fitFeatureRange() knows each feature apart", () => {
  const features = Float32Array.of(5, -2, 0, 9, 1, 7, 3, -1, 8);
  const { least, largest } = fitFeatureRange(features, 3);
  assertEquals([Array.from(least), Array.from(largest)], [[3, -2, 0], [9, 1, 8]]);
  const scaled = scaleToUnitRange(features, { least, largest });
  const expected = [-1 / 3, -1, -1, 1, 1, 0.75, -1, -1 / 3, 1];
  for (const [i, value] of scaled.entries()) assertAlmostEquals(value, expected[i]!, 1e-7);
});

Deno.test("fitFeatureRange() and scaleToUnitRange() throw for wrong features", () => {
  assertThrows(() => fitFeatureRange(new Float32Array(0), 3), RangeError, "current number is 0");
  assertThrows(() => fitFeatureRange(Float32Array.of(1, NaN), 1), RangeError, "feature 0 of row 1 is NaN");
  const range = { least: Float32Array.of(0, 0), largest: Float32Array.of(1, 1) };
  assertThrows(() => scaleToUnitRange(new Float32Array(3), range), RangeError, "rows of 2");
});
