import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import fc from "fast-check";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { chooseUnits, classesWithout } from "./ablate.ts";
import { areaUnderCurve, averagePrecision, rank } from "./average_precision.ts";
import { bestUnits } from "./best_units.ts";
import { basicColours, labOf, nearestColour } from "./colours.ts";
import { columnsOf, summarise } from "./describe.ts";
import { cutPatch, pairCorrelation, strongestPlaces } from "./patches.ts";
import { inBasis, randomOrthogonal } from "./rotation.ts";

await tf.setBackend("cpu");

Deno.test("averagePrecision() of a silent unit is the share of positives, however they are ordered", () => {
  const positive = [true, false, false, true, false];
  // The positives come last: precision 1/4 and 2/5.
  assertAlmostEquals(averagePrecision(rank([0, 0, 0, 0, 0]), positive), (1 / 4 + 2 / 5) / 2, 1e-15);
});

Deno.test("averagePrecision() and areaUnderCurve() are 1 where every positive scores highest, and no more", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { minLength: 2, maxLength: 30 }),
    (items) => {
      const positive = items.map(([, one]) => one);
      fc.pre(positive.includes(true) && positive.includes(false));
      const ranking = rank(items.map(([score]) => score));
      const least = Math.min(...items.filter(([, one]) => one).map(([score]) => score));
      const perfect = items.every(([score, one]) => one || score < least);
      const [precision, area] = [averagePrecision(ranking, positive), areaUnderCurve(ranking, positive)];
      assertEquals(precision === 1, perfect);
      assertEquals(area === 1, perfect);
      const turned = rank(items.map(([score]) => -score));
      assertAlmostEquals(areaUnderCurve(turned, positive), 1 - area, 1e-12);
    },
  ));
});

Deno.test("bestUnits() chooses by one half and reports the other", () => {
  // Two classes of four photographs; unit 0 finds class 1 in the choosing half alone, unit 1 in the tested half alone.
  const unit0 = [0, 9, 0, 9, 5, 0, 5, 0];
  const unit1 = [9, 0, 9, 0, 0, 5, 0, 5];
  const values = Float32Array.from(unit0.flatMap((value, i) => [value, unit1[i]!]));
  const [found] = bestUnits({ values, units: 2, perClass: 4 }, [(label) => label === 1]);
  assertEquals(found!.unit, 0);
  // In the tested half the positives rank third and fourth of four.
  assertAlmostEquals(found!.precision, (1 / 3 + 2 / 4) / 2, 1e-12);
});

Deno.test("randomOrthogonal() has orthonormal rows, and inBasis() keeps lengths", () => {
  const n = 12;
  const basis = randomOrthogonal(n, randomStream("test/rotation", 0));
  for (let i = 0; i < n; i++) {
    const turned = inBasis(basis.slice(i * n, (i + 1) * n), basis);
    turned.forEach((value, k) => assertAlmostEquals(value, Number(k === i), 1e-6));
  }
});

Deno.test("labOf() knows white and black, and each basic colour is nearest to itself", () => {
  labOf([255, 255, 255]).forEach((value, i) => assertLess(Math.abs(value - [100, 0, 0][i]!), 0.02));
  labOf([0, 0, 0]).forEach((value) => assertAlmostEquals(value, 0, 1e-12));
  assertEquals(basicColours.map(({ rgb }) => nearestColour(rgb)), basicColours.map((_, i) => i));
});

Deno.test("summarise() and columnsOf() give mean, maximum and place of each unit of a stage", () => {
  const one = tf.tensor4d([1, 8, 3, 2, 5, 4, 7, 0], [1, 2, 2, 2]);
  const other = tf.tensor4d([6], [1, 1, 1, 1]);
  const rows = summarise([one, other]);
  const stages = [{ name: "one", units: 2 }, { name: "other", units: 1 }];
  const of = (name: string, summary: "mean" | "max" | "place") => [...columnsOf(rows, stages, name, summary)];
  assertEquals([of("one", "mean"), of("one", "max"), of("one", "place")], [[4, 3.5], [7, 8], [3, 0]]);
  assertEquals([of("other", "mean"), of("other", "max"), of("other", "place")], [[6], [6], [0]]);
});

Deno.test("strongestPlaces() takes one cell of each photograph, the largest first", () => {
  const described = (values: number[]) => ({ values: Float32Array.from(values), units: 1, perClass: 1 });
  assertEquals(strongestPlaces(described([3, 9, 5]), described([0, 7, 4]), 0, 3, 2), [
    { photograph: 1, row: 2, column: 1 },
    { photograph: 2, row: 1, column: 1 },
  ]);
});

Deno.test("cutPatch() cuts what the cell depends on, grey beyond the border", () => {
  const side = 9;
  const data = Uint8Array.from({ length: 3 * side * side }, (_, i) => Math.floor(i / 3));
  const image = { height: side, width: side, data };
  const geometry = { first: 1, step: 2, field: 3 };
  const red = (row: number, column: number) =>
    cutPatch(image, geometry, { photograph: 0, row, column }, 3).filter((_, i) => i % 3 === 0);
  assertEquals(red(1, 2), [22, 23, 24, 31, 32, 33, 40, 41, 42]);
  assertEquals(
    red(4, 4),
    [80, 128, 128, 128, 128, 128, 128, 128, 128].map((value, i) => i === 0 ? 80 : value),
  );
});

Deno.test("pairCorrelation() is 1 of like patches and -1 of a pair of opposite ones, whatever their light", () => {
  const patch = [1, 5, 2, 8];
  assertAlmostEquals(pairCorrelation([patch, patch.map((value) => 3 * value + 7)]), 1, 1e-12);
  assertAlmostEquals(pairCorrelation([patch, patch.map((value) => 50 - value)]), -1, 1e-12);
  assertEquals(pairCorrelation([patch, [4, 4, 4, 4]]), NaN);
});

Deno.test("chooseUnits() takes the units of the largest weight x activation and of the highest precision", () => {
  // Class 0 of two, two photographs each; unit 2 answers to it alone, unit 0 has the largest weighted activation.
  const values = Float32Array.from([[9, 1, 1], [9, 1, 1], [10, 2, 0], [9, 1, 0]].flat());
  const weights = { values: [2, 0, 0, 0, 1, 0], classes: 2 };
  const [chosen] = chooseUnits(
    { values, units: 3, perClass: 2 },
    [{ label: 0, imageNet: 0 }],
    weights,
    1,
    randomStream("test/units", 0),
  );
  assertEquals([chosen!.weights, chosen!.ap, chosen!.random.length], [[0], [2], 1]);
});

Deno.test("classesWithout() sets the units of each set to 0", () => {
  const maps = tf.tensor4d([3, 2, 1], [1, 1, 1, 3]);
  const tail = (x: tf.Tensor) => tf.reshape(x, [-1, 3]);
  assertEquals([...classesWithout(tail, maps, [[], [0], [0, 1]])], [0, 1, 2]);
});
