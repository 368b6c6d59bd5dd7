import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { detect, frequentConcepts, iouOfUnits, topQuantile, upsample } from "./unit_masks.ts";

Deno.test("topQuantile() is the value of its number from above in sorted order", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    (values, share) => {
      const sorted = [...values].sort((a, b) => b - a);
      const k = Math.min(values.length - 1, Math.floor(share * values.length));
      assertEquals(topQuantile(Float32Array.from(values), share) === sorted[k], true);
    },
  ));
});

Deno.test("upsample() gives a linear map back at every point between the outer cells, and holds it beyond", () => {
  const cells = { first: 3, step: 4 };
  const n = 5;
  const values = new Float32Array(n * n * 2);
  // Unit 1 is 2 row - 3 column, in pixels of the centres of cells.
  for (let i = 0; i < n * n; i++) {
    values[2 * i + 1] = 2 * (3 + 4 * Math.floor(i / n)) - 3 * (3 + 4 * (i % n));
  }
  const side = 24;
  const map = upsample({ images: 1, cells: n, units: 2, values }, 1, cells, side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [y, x].map((at) => Math.min(19, Math.max(3, at))) as [number, number];
      assertAlmostEquals(map[y * side + x]!, 2 * row - 3 * column, 1e-4);
    }
  }
});

Deno.test("iouOfUnits() counts as the definition does", () => {
  // Two images of 2x2 points that are the cells: unit 0 is largest where concept 1 is, unit 1 is constant.
  const values = Float32Array.from([9, 0, 0, 8, 1, 9, 0, 7].flatMap((value) => [value, 5]));
  const labels = Uint8Array.of(1, 0, 2, 1, 0, 1, 0, 0);
  const masks = { grid: 2, side: 2, labels, count: 2 };
  const halves = [{ choosing: [0], tested: [1] }];
  const [[found]] = iouOfUnits(
    { images: 2, cells: 2, units: 2, values },
    { first: 0, step: 1 },
    [masks],
    halves,
    0.5,
  ) as [
    [{ choosing: Float64Array[]; tested: Float64Array[] }],
  ];
  // Half of the points of image 0: those above 0, which are both of concept 1.
  assertEquals(found.choosing.map((row) => [...row]), [[1, 0], [0, 0]]);
  // In image 1 three points exceed 0; one of them is the only point of concept 1.
  assertEquals(found.tested.map((row) => [...row]), [[1 / 3, 0], [0, 0]]);
  assertEquals(detect(found, [0, 1]).units, [{ unit: 0, concept: 0, iou: 1 / 3 }]);
});

Deno.test("detect() chooses on one half and reports the other", () => {
  const choosing = [Float64Array.of(0.5, 0.1), Float64Array.of(0.2, 0.3), Float64Array.of(0, 0)];
  const tested = [Float64Array.of(0.05, 0.9), Float64Array.of(0.9, 0.01), Float64Array.of(0.9, 0.9)];
  const { units, detectors, concepts, best } = detect({ choosing, tested }, [0, 1]);
  assertEquals(units, [{ unit: 0, concept: 0, iou: 0.05 }, { unit: 1, concept: 1, iou: 0.01 }]);
  assertEquals([detectors, concepts], [1, 1]);
  assertEquals(best.map(({ unit, iou }) => [unit, iou]), [[0, 0.05], [1, 0.01]]);
});

Deno.test("frequentConcepts() wants a share of all points, and enough images", () => {
  // Concept 1 has 7 of 12 points in three images, concept 2 has 3 in two.
  const labels = Uint8Array.of(1, 1, 0, 2, 1, 0, 2, 2, 1, 1, 1, 1);
  const masks = { grid: 2, side: 2, labels };
  assertEquals(frequentConcepts(masks, 2, [0, 1, 2], { share: 0.25, least: 2 }), [0, 1]);
  assertEquals(frequentConcepts(masks, 2, [0, 1, 2], { share: 0.25, least: 3 }), [0]);
  assertEquals(frequentConcepts(masks, 2, [0, 1, 2], { share: 0.3, least: 2 }), [0]);
});
