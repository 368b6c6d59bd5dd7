import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import type { ClassMap } from "../../../src/saliency/class_maps.ts";
import { distanceFromMultiple, rankCorrelationOfMaps } from "./compare_maps.ts";
import { mostExcited } from "./excite_units.ts";
import { readingOfPlaces, samplePairs, sideBySide } from "./pairs.ts";
import { largestPlace, pointsLeft } from "./point.ts";

const map = (width: number, ...values: number[]): ClassMap => ({
  width,
  height: values.length / width,
  values: Float64Array.from(values),
});

Deno.test("distanceFromMultiple() is 0 of a multiple, 1 of what is orthogonal, and the sine of the angle", () => {
  assertAlmostEquals(distanceFromMultiple(map(2, 2, -4), map(2, -1, 2)), 0, 1e-15);
  assertAlmostEquals(distanceFromMultiple(map(2, 0, 3), map(2, 5, 0)), 1, 1e-15);
  assertAlmostEquals(distanceFromMultiple(map(2, 3, 4), map(2, 1, 0)), 4 / 5, 1e-15);
  assertAlmostEquals(rankCorrelationOfMaps(map(2, 1, 2, 3, 9), map(2, 0, 4, 5, 6)), 1, 1e-15);
});

Deno.test("pointsLeft() goes by the centre of the cell: column 13 of SqueezeNet and 6 of MobileNet are the last on the left", () => {
  const at = (column: number, columns: number) =>
    map(columns, ...Array.from({ length: 2 * columns }, (_, i) => i === columns + column ? 1 : 0));
  assertEquals(largestPlace(at(3, 27)), { row: 1, column: 3 });
  assertEquals([13, 14].map((column) => pointsLeft(at(column, 27), "squeezenet", 227)), [true, false]);
  assertEquals([6, 7].map((column) => pointsLeft(at(column, 14), "mobilenet", 224)), [true, false]);
});

Deno.test("samplePairs() never pairs classes of one number, and keeps places and numbers together", () => {
  const classes = [{ id: 5, count: 3 }, { id: 5, count: 2 }, { id: 9, count: 4 }];
  const pairs = samplePairs(classes, 200, randomStream("saliency/method_test", 1));
  assert(pairs.every(({ ids }) => ids[0] !== ids[1]));
  assert(pairs.every(({ ids, places }) => places.every((place, i) => (place < 5 ? 5 : 9) === ids[i])));
  assertEquals(new Set(pairs.flatMap(({ places }) => places)).size, 9);
});

Deno.test("sideBySide() joins rows", () => {
  const left = Float32Array.from({ length: 12 }, (_, i) => i);
  const both = sideBySide(left, left.map((value) => -value), 2);
  assertEquals([...both], [
    0,
    1,
    2,
    3,
    4,
    5,
    -0,
    -1,
    -2,
    -3,
    -4,
    -5,
    6,
    7,
    8,
    9,
    10,
    11,
    -6,
    -7,
    -8,
    -9,
    -10,
    -11,
  ]);
});

Deno.test("readingOfPlaces() takes files, or the stand-ins of the same places", () => {
  const reading = { dataset: "caltech-101", files: ["a", "b", "c"], standIn: false, leaves: null };
  assertEquals([...readingOfPlaces(reading, [2, 0]).files], ["c", "a"]);
  const standIn = { ...reading, files: [], standIn: true, leaves: { side: 8, seeds: [4, 5, 6] } };
  assertEquals([...readingOfPlaces(standIn, [2, 0]).leaves!.seeds], [6, 4]);
});

Deno.test("mostExcited() takes units that stand out, and none that is seldom on", () => {
  // Unit 0 is even, unit 1 stands out once, unit 2 is on once alone.
  const maxima = [[1, 1, 0], [1, 9, 0], [1, 1, 5], [1, 2, 0]].map((of) => Float32Array.from(of));
  const found = mostExcited(maxima, 2, 2).map(({ unit, places }) => ({ unit, places }));
  assertEquals(found, [{ unit: 1, places: [1, 3] }, { unit: 0, places: [0, 1] }]);
});
