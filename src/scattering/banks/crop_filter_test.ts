import { assertEquals, assertThrows } from "@std/assert";
import { cropFilter } from "./crop_filter.ts";
import { noise } from "../test_helpers.ts";

/** kymatio's rule to the letter: a zero band along both axes, then the sum over the aliases. */
function zeroBandAndFold(
  filter: Float64Array,
  height: number,
  width: number,
  resolution: number,
): Float64Array {
  const isZero = (k: number, side: number) => {
    const start = Math.trunc(side * 2 ** (-resolution - 1));
    return k >= start && k < start + Math.trunc(side * (1 - 2 ** -resolution));
  };
  const rows = height / 2 ** resolution;
  const columns = width / 2 ** resolution;
  const folded = new Float64Array(rows * columns);
  filter.forEach((value, i) => {
    const k = Math.floor(i / width);
    const l = i % width;
    if (!isZero(k, height) && !isZero(l, width)) folded[(k % rows) * columns + l % columns]! += value;
  });
  return folded;
}

Deno.test("cropFilter() is kymatio's zero band and fold", async (t) => {
  for (
    const [height, width, resolution] of [[16, 16, 0], [16, 24, 1], [48, 32, 2], [5, 7, 0], [
      48,
      16,
      3,
    ]] as const
  ) {
    await t.step(`${height} x ${width} at resolution ${resolution}`, () => {
      const filter = noise(height * width, "filter");
      assertEquals(
        cropFilter(filter, height, width, resolution),
        zeroBandAndFold(filter, height, width, resolution),
      );
    });
  }
});

Deno.test("cropFilter() refuses a side that the coarse grid does not divide into an even number", () => {
  assertThrows(
    () => cropFilter(new Float64Array(36), 6, 6, 1),
    RangeError,
    "the sides must be multiples of 4: current side is 6",
  );
});
