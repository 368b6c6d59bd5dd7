import { assertEquals } from "@std/assert";
import { decisionsOfHead, nearestMeans, percentDiffering } from "./decisions.ts";

const data = { features: Float32Array.of(1, 0, 0, 1, 3, 3), dimension: 2, classes: 3 };

Deno.test("decisionsOfHead() takes the largest of W^T h + b, the first of equals", () => {
  // w_0 = (1, 0), w_1 = (0, 1), w_2 = (1, 1).
  const weights = [1, 0, 1, 0, 1, 1];
  assertEquals([...decisionsOfHead(data, { weights, bias: [0, 0, -0.5] })], [0, 1, 2]);
  assertEquals([...decisionsOfHead(data, { weights, bias: [0, 0, 0] })], [0, 1, 2]);
  assertEquals([...decisionsOfHead(data, { weights, bias: [0, 9, 0] })], [1, 1, 1]);
});

Deno.test("nearestMeans() takes the nearest mean, the first of equals", () => {
  const means = [[0, 0], [3, 2], [1, 1]].map((row) => Float64Array.from(row));
  assertEquals([...nearestMeans(data, means)], [0, 0, 1]);
});

Deno.test("percentDiffering() counts the places", () => {
  assertEquals(percentDiffering(Uint8Array.of(1, 2, 3, 4), [1, 2, 0, 4]), 25);
});
