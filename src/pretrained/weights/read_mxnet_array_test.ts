import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { someValues, writeMxnetArray } from "../test_helpers.ts";
import { readMxnetArray } from "./read_mxnet_array.ts";

const array = { shape: [2, 3, 1, 2], values: someValues(12, 5) };

/** The file with one of its numbers changed. */
function changed(at: number, value: number): Uint8Array {
  const file = writeMxnetArray(array);
  new DataView(file.buffer).setUint32(at, value, true);
  return file;
}

Deno.test("readMxnetArray() gives back what was written", () => {
  assertEquals(readMxnetArray(writeMxnetArray(array), "a.param"), array);
  const scalar = { shape: [], values: Float32Array.of(4) };
  assertEquals(readMxnetArray(writeMxnetArray(scalar), "s.param"), scalar);
});

Deno.test("readMxnetArray() refuses a file cut off anywhere, and one with bytes after it", () => {
  const whole = writeMxnetArray(array);
  for (let length = 0; length < whole.length; length++) {
    assertThrows(
      () => readMxnetArray(whole.subarray(0, length), "cut.param"),
      DataError,
      "Cannot read cut.param: ",
    );
  }
  assertThrows(() => readMxnetArray(Uint8Array.of(...whole, 0), "long.param"), DataError, "it has 137");
});

Deno.test("readMxnetArray() refuses what is no single dense array of float32 without a name", () => {
  const cases: readonly [number, number, string][] = [
    [0, 0x113, "must begin as a list of arrays of MXNet does"],
    [24, 0xf993fac8, "must begin as a list of arrays of MXNet does"],
    [16, 2, "it must hold one array: it holds 2"],
    [28, 1, "must be dense (0): its storage type is 1"],
    [32, 9, "at most 8 axes"],
    [36, 3, "an array of 3x3x1x2 must have"],
    [36, 0, "sides of at least 1"],
    [36 + 32 + 8, 1, "must be float32 (type 0): its type is 1"],
    [36 + 32 + 12 + 48, 1, "must have no name: it has 1"],
    [36 + 32 + 12, 0x7fc00000, "must be finite: one is NaN"],
  ];
  for (const [at, value, reason] of cases) {
    assertThrows(() => readMxnetArray(changed(at, value), "x.param"), DataError, reason);
  }
});
