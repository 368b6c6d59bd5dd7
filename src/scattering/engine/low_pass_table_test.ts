import { assertThrows } from "@std/assert";
import type { GridTable } from "./grid_table.ts";
import { writeLowPass } from "./low_pass_table.ts";
import { Tables } from "./tables.ts";

Deno.test("writeLowPass() refuses a filter of another shape than its grid", () => {
  const grid = { rows: 4, columns: 6 } as GridTable;
  const samples = { first: 0, stride: 2, rows: 2, columns: 3 };
  for (const [rows, columns] of [[6, 6], [4, 4]] as const) {
    const factors = [new Float64Array(rows), new Float64Array(columns)] as const;
    assertThrows(
      () => writeLowPass(new Tables("float64"), factors, grid, samples),
      RangeError,
      "another shape than its grid",
    );
  }
});
