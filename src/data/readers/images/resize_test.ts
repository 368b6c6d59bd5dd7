import { assertAlmostEquals, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { GrayImage } from "./image.ts";
import { bilinear, lanczos, resize, type ResizeKernel } from "./resize.ts";

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

const kernels: Readonly<Record<string, ResizeKernel>> = { bilinear, lanczos };
const anyKernel = fc.constantFrom(...Object.values(kernels));

Deno.test("resize() leaves a constant image constant", () => {
  fc.assert(fc.property(side, side, side, side, anyKernel, (fromHeight, fromWidth, height, width, kernel) => {
    const { data } = resize(gray(fromHeight, fromWidth, () => 7), height, width, kernel);
    // Two weighted sums of at most 241 weights each, of sum 1 to rounding; those of Lanczos add up to less than 2 without sign.
    for (const value of data) assertAlmostEquals(value, 7, 7 * 1200 * Number.EPSILON);
  }));
});

Deno.test("resize() to the same size is the identity", () => {
  const image = gray(5, 7, (y, x) => Math.sin(3 * y + x));
  assertEquals(resize(image, 5, 7), image);
  // sinc is 0 at all other samples but for the rounding of pi.
  assertClose(resize(image, 5, 7, lanczos).data, image.data, 4 * Number.EPSILON);
});

Deno.test("lanczos has the values of sinc(d) sinc(d / 3), and ends at 3", () => {
  const { weight } = lanczos;
  assertEquals([weight(0), weight(3), weight(-3), weight(100)], [1, 0, 0, 0]);
  for (const whole of [1, 2]) assertAlmostEquals(weight(whole), 0, Number.EPSILON);
  // sin(pi / 2) / (pi / 2) times sin(pi / 6) / (pi / 6), and so on: 6 / pi^2 and -4 / (3 pi^2).
  assertAlmostEquals(weight(0.5), 6 / Math.PI ** 2, 2 * Number.EPSILON);
  assertAlmostEquals(weight(1.5), -4 / (3 * Math.PI ** 2), 2 * Number.EPSILON);
  assertAlmostEquals(weight(-2.5), 6 / (25 * Math.PI ** 2), 2 * Number.EPSILON);
});

Deno.test("resize() by two with lanczos has the twelve taps of the kernel at odd quarters", () => {
  // The taps of an output sample lie at distances 1/4, 3/4, ..., 11/4 on either side.
  const impulse = gray(1, 24, (_, x) => x === 12 ? 1 : 0);
  const { data } = resize(impulse, 1, 12, lanczos);
  const taps = [0.25, 0.75, 1.25, 1.75, 2.25, 2.75].map((d) =>
    3 * Math.sin(Math.PI * d) * Math.sin(Math.PI * d / 3) / (Math.PI * d) ** 2
  );
  const total = 2 * taps.reduce((sum, tap) => sum + tap, 0);
  // Output sample i is centred between the inputs 2 i and 2 i + 1: at d = |12 - 2 i - 0.5| / 2 from input 12.
  const expected = [0, 0, 0, taps[5]!, taps[3]!, taps[1]!, taps[0]!, taps[2]!, taps[4]!, 0, 0, 0];
  assertClose(data, expected.map((tap) => tap / total), 1e-15);
});

Deno.test("resize() with lanczos keeps a linear ramp in the interior where the side is divided", async (t) => {
  // The taps lie symmetrically about each output sample then; where a side grows they do not, and a ramp is kept but roughly.
  for (const parts of [2, 3, 4]) {
    await t.step(`by ${parts}`, () => {
      const { data } = resize(gray(1, 12 * parts, (_, x) => x + 0.5), 1, 12, lanczos);
      for (let x = 3; x < 9; x++) assertAlmostEquals(data[x]!, (x + 0.5) * parts, 1e-12);
    });
  }
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
  fc.assert(fc.property(side, side, anyKernel, (height, width, kernel) => {
    const at = (y: number, x: number) => Math.cos(y * y + 2 * x);
    const direct = resize(gray(9, 14, at), height, width, kernel);
    const transposed = resize(gray(14, 9, (y, x) => at(x, y)), width, height, kernel);
    const back = gray(height, width, (y, x) => transposed.data[x * height + y]!);
    assertClose(direct.data, back.data, 1e-14);
  }));
});

Deno.test("resize() with bilinear never leaves the range of the image", () => {
  fc.assert(fc.property(side, side, (height, width) => {
    const { data } = resize(gray(13, 11, (y, x) => (y * 7 + x * 5) % 3 === 0 ? 1 : 0), height, width);
    for (const value of data) assertLessOrEqual(Math.abs(value - 0.5), 0.5 + 1e-13);
  }));
});

Deno.test("resize() agrees with Pillow's BILINEAR and LANCZOS filters in mode F", async (t) => {
  const reference: { source: GrayImage; stretched: Record<string, GrayImage[]> } = JSON.parse(
    await Deno.readTextFile(new URL("testdata/resize.json", import.meta.url)),
  );
  for (const [name, kernel] of Object.entries(kernels)) {
    for (const expected of reference.stretched[name]!) {
      await t.step(`${name}: 11x17 to ${expected.height}x${expected.width}`, () => {
        const { data } = resize(reference.source, expected.height, expected.width, kernel);
        // Pillow stores each of the two passes in float32: values below 512 in size are rounded to 2^-16 twice.
        assertClose(data, expected.data, 2 * (name === "bilinear" ? 2 ** -17 : 2 ** -16));
      });
    }
  }
});

Deno.test("resize() refuses a side that is not an integer >= 1", async (t) => {
  for (const [height, width] of [[0, 4], [4, -1], [2.5, 4], [4, NaN]] as const) {
    await t.step(`${height}x${width}`, () => {
      assertThrows(() => resize(gray(2, 2, () => 0), height, width), RangeError, `to ${height}x${width}`);
    });
  }
});
