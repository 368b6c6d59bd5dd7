import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { coherences, firstBases, higherBases, orientationCoherence } from "./bases.ts";
import type { LearntMachine } from "./machines.ts";

function machine(side: number, channels: number, filters: number, filter: readonly number[]): LearntMachine {
  const shape = { side, channels, filters, pool: 2, visible: "binary" } as const;
  return { shape, filter, hiddenBias: [], visibleBias: [], records: [] };
}

/** Two bases of 2 x 2 pixels: one dot in a corner, another one in the other. */
const first = firstBases(machine(2, 1, 2, [1, 0, 0, 0, 0, 0, 0, 2]));

Deno.test("firstBases() takes the pixels of each basis", () => {
  assertEquals(first.images.map((image) => [...image]), [[1, 0, 0, 0], [0, 0, 0, 2]]);
});

Deno.test("higherBases() puts each basis below where its cell looks, by its weight", () => {
  // 2 x 2 cells of 2 channels, one basis: 5 times channel 0 at the first cell, 3 times channel 1 at the last.
  const { side, stride, images } = higherBases(machine(2, 2, 1, [5, 0, 0, 0, 0, 0, 0, 3]), first, 2);
  assertEquals([side, stride], [4, 2]);
  assertEquals([...images[0]!], [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6]);
});

Deno.test("higherBases() of permuted channels takes the other basis", () => {
  const { images } = higherBases(machine(2, 2, 1, [5, 0, 0, 0, 0, 0, 0, 0]), first, 2, [1, 0]);
  assertEquals([...images[0]!.subarray(0, 6)], [0, 0, 0, 0, 0, 10]);
});

Deno.test("orientationCoherence() of a wave is 1 in every direction, of a disc 0", () => {
  const side = 31;
  const image = (value: (x: number, y: number) => number) =>
    Float64Array.from({ length: side * side }, (_, at) => value(at % side - 15, Math.floor(at / side) - 15));
  for (const angle of [0, 0.4, 1.2, 2.5]) {
    const wave = image((x, y) => Math.sin(0.3 * (x * Math.cos(angle) + y * Math.sin(angle))));
    assertLess(0.99, orientationCoherence(wave, side));
  }
  assertAlmostEquals(orientationCoherence(image((x, y) => Math.exp(-(x * x + y * y) / 30)), side), 0, 1e-12);
});

Deno.test("coherences() of a line of parallel edges are larger than with other channels in their place", () => {
  const upright = Float64Array.from({ length: 25 }, (_, at) => at % 5 < 2 ? 1 : -1);
  const level = Float64Array.from({ length: 25 }, (_, at) => at < 10 ? 1 : -1);
  const below = { side: 5, stride: 1, images: [upright, level, level, level, level, level] };
  // The upright edge at every cell of a column of 3, the level one at the others.
  const filter = Array.from(
    { length: 9 },
    (_, cell) => Array.from({ length: 6 }, (_, c) => c === 0 && cell % 3 === 1 ? 1 : 0),
  ).flat();
  const { learnt, permuted } = coherences(machine(3, 6, 1, filter), below, 2, 20, randomStream("p", 1));
  assertLess(0.3, learnt);
  assertLess(0, permuted);
});
