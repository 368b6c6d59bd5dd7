import { rootOfUnity } from "../../numeric/fourier/root_of_unity.ts";
import type { GridTable } from "./grid_table.ts";
import { LOW_PASS_OUTPUTS } from "./kernel_constants.ts";
import type { Tables } from "./tables.ts";

/** The samples of a low-passed map that are kept, along both axes: positions first + stride n, n < rows or columns. */
export interface Samples {
  /** The first position. */
  readonly first: number;
  /** The distance from one to the next. */
  readonly stride: number;
  /** How many rows are kept. */
  readonly rows: number;
  /** How many columns are kept. */
  readonly columns: number;
}

/**
 * Splits a low-pass filter into a product of one factor for each axis.
 *
 * @param phi In the Fourier domain, of shape (rows, columns).
 * @param rows Rows.
 * @param columns Columns.
 * @returns The factors, or `undefined` where the filter differs from their product by more than rounding.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(separateLowPass(Float64Array.of(2, 1, 0, 0), 2, 2)?.[1], Float64Array.of(2, 1));
 * assertEquals(separateLowPass(Float64Array.of(2, 1, 1, 0), 2, 2), undefined);
 * ```
 */
export function separateLowPass(
  phi: Float64Array,
  rows: number,
  columns: number,
): [ofRows: Float64Array, ofColumns: Float64Array] | undefined {
  const ofRows = Float64Array.from({ length: rows }, (_, k) => phi[k * columns]! / phi[0]!);
  const ofColumns = phi.slice(0, columns);
  const rounding = 64 * Number.EPSILON * Math.abs(phi[0]!);
  const separable = phi.every((value, i) =>
    Math.abs(value - ofRows[Math.floor(i / columns)]! * ofColumns[i % columns]!) <= rounding
  );
  return separable ? [ofRows, ofColumns] : undefined;
}

/**
 * Writes a separable low-pass filter with sub-sampling.
 *
 * @param tables The memory.
 * @param factors The filter, as {@linkcode separateLowPass} gives it.
 * @param grid The grid of the map.
 * @param samples The samples of that grid that are kept.
 * @returns The address of a `LowPass` of the kernel.
 */
export function writeLowPass(
  tables: Tables,
  factors: readonly [Float64Array, Float64Array],
  grid: Pick<GridTable, "rows" | "columns">,
  samples: Samples,
): number {
  return writeMatrices(tables, factors, grid, samples, circulantRows);
}

/**
 * Writes the transpose of a separable low-pass filter with sub-sampling: from the samples back to the grid.
 *
 * @param tables The memory.
 * @param factors The filter, as {@linkcode separateLowPass} gives it.
 * @param grid The grid of the map.
 * @param samples The samples of that grid that are kept.
 * @returns The address of a `LowPass` of the kernel.
 */
export function writeAdjointLowPass(
  tables: Tables,
  factors: readonly [Float64Array, Float64Array],
  grid: Pick<GridTable, "rows" | "columns">,
  samples: Samples,
): number {
  return writeMatrices(tables, factors, grid, samples, circulantColumns);
}

function writeMatrices(
  tables: Tables,
  factors: readonly [Float64Array, Float64Array],
  grid: Pick<GridTable, "rows" | "columns">,
  { first, stride, rows, columns }: Samples,
  arrange: (filter: Float64Array, positions: readonly number[]) => Float64Array,
): number {
  const positions = (count: number) => Array.from({ length: count }, (_, n) => first + n * stride);
  const rowMatrix = tables.reals(arrange(factors[0], positions(rows)));
  const columnMatrix = tables.reals(arrange(factors[1], positions(columns)));
  if (factors[0].length !== grid.rows || factors[1].length !== grid.columns) {
    throw new RangeError("Cannot write a low-pass filter of another shape than its grid");
  }
  return tables.record("LowPass", { rows, columns, rowMatrix, columnMatrix });
}

/** Rows of the circular convolution with a filter. */
function circulantRows(filter: Float64Array, positions: readonly number[]): Float64Array {
  const kernel = circulantKernel(filter);
  return groupRows(positions.length, kernel.length, (o, i) => kernel[distance(positions[o]! - i, kernel)]!);
}

/** The transpose of these rows. */
function circulantColumns(filter: Float64Array, positions: readonly number[]): Float64Array {
  const kernel = circulantKernel(filter);
  return groupRows(kernel.length, positions.length, (i, o) => kernel[distance(positions[o]! - i, kernel)]!);
}

function circulantKernel(filter: Float64Array): Float64Array {
  const length = filter.length;
  const roots = Array.from({ length }, (_, k) => rootOfUnity(k, length)[0]);
  // The filter is even, so that its inverse transform is a sum of cosines.
  return Float64Array.from({ length }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += filter[k]! * roots[i * k % length]!;
    return sum / length;
  });
}

function distance(difference: number, { length }: Float64Array): number {
  return (difference % length + length) % length;
}

/**
 * A matrix in groups of g = LOW_PASS_OUTPUTS rows (the last filled up with zeros): value i of row o stands at
 * g (floor(o / g) length + i) + o mod g.
 */
function groupRows(rows: number, length: number, value: (o: number, i: number) => number): Float64Array {
  const group = LOW_PASS_OUTPUTS;
  const matrix = new Float64Array(Math.ceil(rows / group) * group * length);
  for (let o = 0; o < rows; o++) {
    for (let i = 0; i < length; i++) {
      matrix[group * (Math.floor(o / group) * length + i) + o % group] = value(o, i);
    }
  }
  return matrix;
}
