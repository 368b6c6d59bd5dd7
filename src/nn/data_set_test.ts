import { assertThrows } from "@std/assert";
import { batchOf } from "./data_set.ts";

const data = { shape: [2], inputs: new Float32Array(6), labels: Uint8Array.of(0, 1, 2) };

Deno.test("batchOf() refuses inputs without labels, and rows that do not exist", () => {
  assertThrows(
    () => batchOf({ ...data, inputs: new Float32Array(4) }, [0]),
    RangeError,
    "4 values as 3 inputs of shape (2)",
  );
  for (const row of [3, -1, NaN]) {
    assertThrows(() => batchOf(data, [0, row]), RangeError, `Cannot take row ${row}: the data set has 3`);
  }
});
