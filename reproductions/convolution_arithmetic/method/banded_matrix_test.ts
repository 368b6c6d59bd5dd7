import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import {
  bandedMatrix,
  convolveByFourier,
  type Filters,
  multiply,
  relativeDifference,
} from "./banded_matrix.ts";

function random(length: number, seed: number): Float64Array {
  const stream = randomStream("banded", seed);
  return Float64Array.from({ length }, () => stream.normal());
}

function randomFilters(maps: number, channels: number, kernel: number, seed: number): Filters {
  return { maps, channels, kernel, values: random(maps * channels * kernel ** 2, seed) };
}

Deno.test("bandedMatrix() times an image is what the Fourier transform gives", () => {
  const small = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(
      small,
      small,
      small,
      fc.integer({ min: 3, max: 9 }),
      fc.nat(99),
      (maps, channels, kernel, side, seed) => {
        const filters = randomFilters(maps, channels, kernel, seed);
        const image = random(channels * side ** 2, seed + 100);
        const product = multiply(bandedMatrix(filters, side, "valid"), image);
        assertLess(relativeDifference(convolveByFourier(filters, image, side), product), 1e-12);
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("bandedMatrix() has the weights of a map in each of its rows, on the same diagonals", () => {
  const filters = randomFilters(2, 1, 2, 1);
  const { values, rows, columns } = bandedMatrix(filters, 4, "valid");
  assertEquals([rows, columns], [2 * 9, 16]);
  const row = (i: number) => Array.from(values.subarray(i * columns, (i + 1) * columns));
  // The second place is one pixel to the right.
  assertEquals(row(1).slice(1), row(0).slice(0, -1));
  assertEquals(row(0).filter((value) => value !== 0), Array.from(filters.values.subarray(0, 4)));
});

Deno.test("bandedMatrix() wraps around where it is circular alone", () => {
  const filters = randomFilters(1, 1, 3, 2);
  const sums = (border: "zero" | "circular") => {
    const { values, columns } = bandedMatrix(filters, 5, border);
    return Array.from(
      { length: 25 },
      (_, row) => values.subarray(row * columns, (row + 1) * columns).reduce((a, b) => a + b),
    );
  };
  const whole = filters.values.reduce((a, b) => a + b);
  for (const sum of sums("circular")) assertAlmostEquals(sum, whole, 1e-12);
  assertAlmostEquals(sums("zero")[24]!, filters.values[0]!, 1e-12);
});
