import { assert, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { balancedRows } from "./balanced_rows.ts";

Deno.test("balancedRows() takes as many of each class, one after the other, around the end", () => {
  const labels = Uint8Array.from({ length: 60 }, (_, row) => row % 10);
  for (let seed = 0; seed < 5; seed++) {
    const rows = balancedRows(labels, 20, randomStream("rows", seed));
    const steps = rows.slice(1).map((row, i) => (row - rows[i]! + 60) % 60);
    assert(steps.every((step) => step === 1));
    assertEquals(new Set(rows).size, 20);
  }
});

Deno.test("balancedRows() names a class that has too few digits", () => {
  const labels = new Uint8Array(50).map((_, row) => row % 9);
  assertThrows(
    () => balancedRows(labels, 10, randomStream("rows", 0)),
    RangeError,
    "each class must give 1: class 9 has 0",
  );
});
