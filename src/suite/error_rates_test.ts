import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { mistakesOf } from "../classify/mistakes.ts";
import { difference, errorDifference, errorRate, perSeed } from "./error_rates.ts";
import { summarise } from "./golden/judge.ts";

/** A run in which the items that are 1 are wrong. */
function run(...wrong: readonly number[]) {
  return mistakesOf(wrong, wrong.map(() => 0));
}

/** Two runs on the same items. */
const pair = fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 40 });

Deno.test("errorRate() gives one value a run in per cent, and a single one the standard error of a share", () => {
  assertEquals(errorRate([run(1, 0, 0, 0), run(1, 1, 0, 0)], "seed"), {
    values: [25, 50],
    unitOfError: "seed",
  });
  const { values, standardError, unitOfError } = errorRate([run(1, 0, 0, 0)], "seed");
  assertEquals([values, unitOfError], [[25], "test item"]);
  assertAlmostEquals(standardError!, 100 * Math.sqrt(0.25 * 0.75 / 4), 1e-12);
});

Deno.test("errorDifference() has the standard error of the mean of the differences, item by item", () => {
  fc.assert(fc.property(pair, (items) => {
    const lower = items.map(([wrong]) => wrong);
    const upper = items.map(([, wrong]) => wrong);
    const { values, standardError } = errorDifference([run(...lower)], [run(...upper)], "seed");
    const differences = items.map(([a, b]) => a - b);
    const mean = differences.reduce((sum, one) => sum + one, 0) / items.length;
    const squares = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    assertAlmostEquals(values[0]!, 100 * mean, 1e-9);
    // Roundings of 1e-16 are 1e-8 below the root, where every item differs alike.
    assertAlmostEquals(standardError!, 100 * Math.sqrt(squares / items.length / items.length), 1e-5);
  }));
});

Deno.test("errorDifference() turns its sign with the order, and has no error where both fail on the same items", () => {
  fc.assert(fc.property(pair, (items) => {
    const a = run(...items.map(([wrong]) => wrong));
    const b = run(...items.map(([, wrong]) => wrong));
    const forth = errorDifference([a], [b], "seed");
    const back = errorDifference([b], [a], "seed");
    assertEquals(back.values[0]! + forth.values[0]!, 0);
    assertEquals(back.standardError, forth.standardError);
    assertEquals(errorDifference([a], [a], "seed").standardError, 0);
  }));
});

Deno.test("errorDifference() is surer than the errors of the two tell, where they fail on the same items", () => {
  const lower = run(1, 1, 0, 0, 0, 0, 0, 0);
  const upper = run(1, 1, 1, 0, 0, 0, 0, 0);
  const paired = errorDifference([lower], [upper], "seed").standardError!;
  const apart = Math.hypot(...[lower, upper].map((one) => errorRate([one], "seed").standardError!));
  assert(paired < 0.6 * apart, `${paired} and ${apart}`);
});

Deno.test("errorDifference() of several runs leaves the standard error to their values", () => {
  const several = errorDifference([run(1, 0), run(0, 0)], [run(1, 1), run(1, 1)], "draw");
  assertEquals(several, { values: [-50, -100], unitOfError: "draw" });
});

Deno.test("errorDifference() refuses classifiers that were not tested alike", () => {
  const one = run(1, 0);
  const message = "both must have as many runs: 1 and 2";
  assertThrows(() => errorDifference([one], [one, one], "seed"), RangeError, message);
  assertThrows(
    () => errorDifference([one], [run(1)], "seed"),
    RangeError,
    "both must be tested on the same items: 2 and 1",
  );
});

Deno.test("difference() takes one quantity from another, run by run", () => {
  assertEquals(difference({ values: [3, 1] }, { values: [1, 2] }, "seed"), {
    values: [2, -1],
    unitOfError: "seed",
  });
});

Deno.test("perSeed() leaves the standard error to the values", () => {
  assertEquals(summarise(perSeed([1, 3])), {
    value: 2,
    standardError: 1,
    unitOfError: "seed",
    values: [1, 3],
  });
});
