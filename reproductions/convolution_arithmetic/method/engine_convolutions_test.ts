import { assertEquals, assertLess } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { compareShifts, compareSizes, crop, randomFilters, type SquareImage } from "./engine_convolutions.ts";
import { measureShifts, poolings, shiftNoise } from "./pooled_shifts.ts";

function noise(side: number): SquareImage {
  const stream = randomStream("engine", side);
  return { values: Float32Array.from({ length: side * side }, () => stream.normal()), side };
}

Deno.test("compareShifts() finds shifts that commute inside, and not at borders or under a stride", async () => {
  const backend = await startBackend({ threads: 1 });
  const { interior, border, poolEven, poolOdd } = compareShifts(
    [noise(34)],
    randomFilters(randomStream("f", 1)),
  );
  assertEquals([interior, poolEven], [0, 0]);
  assertLess(0.1, border);
  assertLess(0.1, poolOdd);
  backend.dispose();
});

Deno.test("compareSizes() finds the same values in a crop", async () => {
  const backend = await startBackend({ threads: 1 });
  assertEquals(compareSizes(noise(50), randomFilters(randomStream("f", 1)), [20, 33, 50]), 0);
  backend.dispose();
});

Deno.test("crop() takes rows and columns from a pixel on", () => {
  const image = { values: Float32Array.from({ length: 16 }, (_, i) => i), side: 4 };
  assertEquals(crop(image, 1, 2, 2).values, Float32Array.of(6, 7, 10, 11));
});

Deno.test("measureShifts() moves what is pooled less, and keeps one maximum a map", async () => {
  const backend = await startBackend({ threads: 1 });
  const digit = new Uint8Array(28 * 28);
  for (let y = 6; y < 22; y++) for (let x = 12; x < 16; x++) digit[y * 28 + x] = 100 + 9 * x + y;
  const shifts = measureShifts(digit);
  assertEquals(Object.keys(shifts), [...poolings]);
  assertEquals(shifts.global[0], { kept: 1, move: 0 });
  assertLess(shifts.max[0]!.move, shifts.none[0]!.move);
  assertLess(shifts.max4[0]!.move, shifts.max[0]!.move);
  backend.dispose();
});

Deno.test("shiftNoise() keeps every maximum of no window, and (p - 1) / (p + 1) of larger ones", () => {
  assertEquals(shiftNoise(1, 500, randomStream("noise", 1)).kept, 0);
  const { kept, windows } = shiftNoise(5, 20_000, randomStream("noise", 1));
  assertLess(Math.abs(kept / windows - 4 / 6), 4 * Math.sqrt(4 / 6 * 2 / 6 / windows));
});
