import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import { someValues, writeDeepCompression } from "../test_helpers.ts";
import { readDeepCompression } from "./deep_compression.ts";

const shapes = [[2, 3, 1, 1], [1, 2, 3, 3]] as const;
const layers = [
  { filters: someValues(6, 1), bias: Float32Array.of(0.5, -1) },
  { filters: someValues(18, 2, 0.8), bias: Float32Array.of(3) },
];

Deno.test("readDeepCompression() places codes by gaps of 4 bits, the lower half of a byte first", () => {
  const file = new Uint8Array(4 + 1024 + 4 + 3 + 2);
  const view = new DataView(file.buffer);
  view.setUint32(0, 3, true);
  view.setFloat32(4 + 4 * 7, 2.5, true);
  view.setFloat32(4 + 4 * 255, -1, true);
  view.setFloat32(4 + 1024, 9, true);
  file.set([7, 0, 255, 0x21, 0x00], 4 + 1024 + 4);
  // Places: -1 + 1 + 1 = 1; 1 + 2 + 1 = 4, which has code 0; 4 + 0 + 1 = 5.
  const [{ filters, bias }] = readDeepCompression(file, [[1, 1, 2, 3]], "h.net") as [typeof layers[number]];
  assertEquals([...filters], [0, 2.5, 0, 0, 0, -1]);
  assertEquals([...bias], [9]);
});

Deno.test("readDeepCompression() gives back whatever layers were written", () => {
  const filters = fc.float32Array({ minLength: 60, maxLength: 60, noNaN: true, min: -4, max: 4 });
  fc.assert(fc.property(filters, fc.integer({ min: 1, max: 40 }), (values, period) => {
    // Long runs of zeros need codes that only bridge a gap.
    const sparse = values.map((value, i) => i % period === 0 && value !== 0 ? value : 0);
    const layer = { filters: sparse, bias: Float32Array.of(1, 2) };
    assertEquals(readDeepCompression(writeDeepCompression([layer]), [[2, 30, 1, 1]], "p.net"), [layer]);
  }));
});

Deno.test("readDeepCompression() refuses a file cut off anywhere, and one with bytes after it", () => {
  const whole = writeDeepCompression(layers);
  assertEquals(readDeepCompression(whole, shapes, "w.net"), layers);
  for (let length = 0; length < whole.length; length += length < 40 || length > whole.length - 60 ? 1 : 97) {
    assertThrows(
      () => readDeepCompression(whole.subarray(0, length), shapes, "cut.net"),
      DataError,
      "cut.net",
    );
  }
  assertThrows(
    () => readDeepCompression(Uint8Array.of(...whole, 0), shapes, "long.net"),
    DataError,
    `must have ${whole.length} bytes: current size is ${whole.length + 1}`,
  );
});

Deno.test("readDeepCompression() refuses a place beyond the filters and a value that is not finite", () => {
  const [first] = writeDeepCompression([layers[0]!]).subarray(0, 1);
  const beyond = writeDeepCompression([layers[0]!]);
  beyond[beyond.length - 1]! |= 0xff;
  assertThrows(
    () => readDeepCompression(beyond, [[2, 3, 1, 1]], "b.net"),
    DataError,
    `Cannot read b.net: a code of layer 1 must lie within its 6 weights: code ${first! - 2} lies at`,
  );
  for (const [at, what] of [[4 + 4 * 9, "codebook"], [4 + 1024, "bias"]] as const) {
    const infinite = writeDeepCompression([layers[0]!]);
    new DataView(infinite.buffer).setFloat32(at, NaN, true);
    assertThrows(
      () => readDeepCompression(infinite, [[2, 3, 1, 1]], "n.net"),
      DataError,
      `Cannot read n.net: the ${what} of layer 1 must be finite: it has NaN`,
    );
  }
});

Deno.test("readDeepCompression() refuses the first place after the filters, and takes the last one", () => {
  const file = new Uint8Array(4 + 1024 + 4 + 1 + 1);
  new DataView(file.buffer).setUint32(0, 1, true);
  // A gap of 5 leads from -1 to place 5.
  file[file.length - 1] = 5;
  assertEquals(readDeepCompression(file, [[1, 1, 2, 3]], "last.net")[0]!.filters.length, 6);
  assertThrows(
    () => readDeepCompression(file, [[1, 1, 1, 5]], "first.net"),
    DataError,
    "a code of layer 1 must lie within its 5 weights: code 0 lies at 5",
  );
});

Deno.test("readDeepCompression() refuses an absurd number of codes without taking memory for it", () => {
  const absurd = writeDeepCompression(layers);
  absurd.fill(0xff, 0, 4);
  assertThrows(() => readDeepCompression(absurd, shapes, "a.net"), DataError, "must have 64424");
});
