import { assertEquals, assertThrows } from "@std/assert";
import type { GridTable } from "./grid_table.ts";
import { writeAdjointLowPass, writeLowPass } from "./low_pass_table.ts";
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

Deno.test("writeAdjointLowPass() writes the transposed matrices", () => {
  const grid = { rows: 6, columns: 5 } as GridTable;
  const samples = { first: 1, stride: 2, rows: 2, columns: 1 };
  const factors = [Float64Array.of(6, 3, 2, 1, 2, 3), Float64Array.of(5, 1, 0, 0, 1)] as const;
  const tables = new Tables("float64");
  /** The matrix of a record as its rows, taken out of the groups of four. */
  const read = (record: number, field: number, rows: number, length: number) => {
    const address = new Uint32Array(tables.memory.buffer, record, 4)[field]!;
    const matrix = tables.view(address, Math.ceil(rows / 4) * 4 * length);
    const at = (o: number, i: number) => matrix[4 * (Math.floor(o / 4) * length + i) + o % 4]!;
    return Array.from({ length: rows }, (_, o) => Array.from({ length }, (_, i) => at(o, i)));
  };
  const there = writeLowPass(tables, factors, grid, samples);
  const back = writeAdjointLowPass(tables, factors, grid, samples);
  for (const [field, count, length] of [[2, 2, 6], [3, 1, 5]] as const) {
    const matrix = read(there, field, count, length);
    assertEquals(
      read(back, field, length, count),
      Array.from({ length }, (_, i) => matrix.map((row) => row[i]!)),
    );
  }
});
