import { assertAlmostEquals, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { GrayImage } from "./image.ts";
import { resize } from "./resize.ts";

function gray(height: number, width: number, at: (y: number, x: number) => number): GrayImage {
  return {
    height,
    width,
    data: Float64Array.from({ length: height * width }, (_, i) => at(Math.floor(i / width), i % width)),
  };
}

function assertClose(actual: Float64Array, expected: ArrayLike<number>, tolerance: number): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) => assertAlmostEquals(value, expected[i]!, tolerance, `sample ${i}`));
}

const side = fc.integer({ min: 1, max: 40 });

Deno.test("resize() leaves a constant image constant", () => {
  fc.assert(fc.property(side, side, side, side, (fromHeight, fromWidth, height, width) => {
    const { data } = resize(gray(fromHeight, fromWidth, () => 7), height, width);
    // Two weighted sums of at most 81 weights each, of sum 1 to rounding.
    for (const value of data) assertAlmostEquals(value, 7, 7 * 200 * Number.EPSILON);
  }));
});

Deno.test("resize() to the same size is the identity", () => {
  const image = gray(5, 7, (y, x) => Math.sin(3 * y + x));
  assertEquals(resize(image, 5, 7), image);
});

Deno.test("resize() by two has the weights (1, 3, 3, 1) / 8, renormalised at the border", () => {
  const row = gray(1, 6, (_, x) => [2, 7, 1, 8, 2, 8][x]!);
  const expected = [
    (3 * 2 + 3 * 7 + 1) / 7,
    (7 + 3 * 1 + 3 * 8 + 2) / 8,
    (8 + 3 * 2 + 3 * 8) / 7,
  ];
  assertClose(resize(row, 1, 3).data, expected, 20 * Number.EPSILON);
  const column = gray(6, 1, (y) => [2, 7, 1, 8, 2, 8][y]!);
  assertClose(resize(column, 3, 1).data, expected, 20 * Number.EPSILON);
});

Deno.test("resize() keeps a linear ramp away from the border", async (t) => {
  for (const [from, to] of [[24, 12], [24, 8], [24, 6], [8, 16], [8, 24]] as const) {
    await t.step(`${from} to ${to} columns`, () => {
      const step = from / to;
      const { data } = resize(gray(3, from, (y, x) => 10 * y + x + 0.5), 3, to);
      const margin = Math.ceil(Math.max(1, step) / step);
      for (let x = margin; x < to - margin; x++) {
        assertAlmostEquals(data[to + x]!, 10 + (x + 0.5) * step, 1e-13);
      }
    });
  }
});

Deno.test("resize() commutes with transposition", () => {
  fc.assert(fc.property(side, side, (height, width) => {
    const at = (y: number, x: number) => Math.cos(y * y + 2 * x);
    const direct = resize(gray(9, 14, at), height, width);
    const transposed = resize(gray(14, 9, (y, x) => at(x, y)), width, height);
    const back = gray(height, width, (y, x) => transposed.data[x * height + y]!);
    assertClose(direct.data, back.data, 1e-14);
  }));
});

Deno.test("resize() never leaves the range of the image", () => {
  fc.assert(fc.property(side, side, (height, width) => {
    const { data } = resize(gray(13, 11, (y, x) => (y * 7 + x * 5) % 3 === 0 ? 1 : 0), height, width);
    for (const value of data) assertLessOrEqual(Math.abs(value - 0.5), 0.5 + 1e-13);
  }));
});

Deno.test("resize() agrees with Pillow's BILINEAR filter in mode F", async (t) => {
  const reference: { source: GrayImage; stretched: GrayImage[] } = JSON.parse(
    await Deno.readTextFile(new URL("testdata/resize.json", import.meta.url)),
  );
  for (const expected of reference.stretched) {
    await t.step(`11x17 to ${expected.height}x${expected.width}`, () => {
      const { data } = resize(reference.source, expected.height, expected.width);
      // Pillow stores each of the two passes in float32: values below 256 are rounded to 2^-17 twice.
      assertClose(data, expected.data, 2 * 2 ** -17);
    });
  }
});

Deno.test("resize() refuses a side that is not an integer >= 1", async (t) => {
  for (const [height, width] of [[0, 4], [4, -1], [2.5, 4], [4, NaN]] as const) {
    await t.step(`${height}x${width}`, () => {
      assertThrows(() => resize(gray(2, 2, () => 0), height, width), RangeError, `to ${height}x${width}`);
    });
  }
});
