import { assertAlmostEquals, assertEquals } from "@std/assert";
import { averagePrecision, meanPrecision, precisionDifference } from "./average_precision.ts";

Deno.test("averagePrecision() is 1 where what is sought comes first, and counts ties against it", () => {
  assertEquals(averagePrecision([4, 3, 2, 1], [true, true, false, false]), 1);
  assertEquals(averagePrecision([1, 1, 1], [true, false, false]), 1 / 3);
});

const layer = {
  classes: ["a", "a", "b", "b"],
  // One unit finds a, the other one b.
  activity: [[9, 0], [8, 1], [1, 7], [0, 9]],
};

Deno.test("meanPrecision() is the mean over units, of one class or of the best one of each", () => {
  const bad = (1 / 3 + 2 / 4) / 2;
  assertAlmostEquals(meanPrecision(layer, "a"), (1 + bad) / 2, 1e-12);
  assertEquals(meanPrecision(layer), 1);
});

Deno.test("precisionDifference() is 0 without an error between a layer and itself, and changes its sign", () => {
  assertEquals(precisionDifference(layer, layer, "a"), { value: 0, standardError: 0 });
  const blind = { ...layer, activity: layer.activity.map(() => [0, 0]) };
  const { value } = precisionDifference(blind, layer);
  assertEquals(value < 0, true);
  assertAlmostEquals(precisionDifference(layer, blind).value, -value, 1e-12);
});
