import { type RunningBackend, runningBackend } from "../tfjs/running_backend.ts";
import { addProduct } from "./multiply_transposed.ts";
import { leftMemory, resultMemory } from "./operand_memory.ts";

/**
 * The Gram matrix of the columns of x (rows, columns), the transpose of x times x, in float64: covariances. Only the
 * blocks on and above the diagonal are computed; the others are their mirror images.
 *
 * @param x `(rows, columns)`, row-major.
 * @param rows Rows.
 * @param columns Columns.
 * @param on The backend whose threads compute: the current one, where it is not given.
 * @returns (columns, columns), symmetric to the bit.
 * @throws {RangeError} Where x has another number of values.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(gram(Float64Array.of(1, 2, 3, 4), 2, 2)), [10, 14, 14, 20]);
 * backend.dispose();
 * ```
 */
export function gram(
  x: Float64Array,
  rows: number,
  columns: number,
  on: RunningBackend = runningBackend(),
): Float64Array {
  if (x.length !== rows * columns) {
    throw new RangeError(`Cannot use ${x.length} values as a matrix of ${rows} rows and ${columns} columns`);
  }
  const from = leftMemory.place(on.pool, x);
  const to = resultMemory.place(on.pool, new Float64Array(columns * columns));
  addProduct(on, {
    x: from,
    y: from,
    result: to,
    steps: rows,
    rows: columns,
    columns,
    xStride: columns,
    yStride: columns,
    stride: columns,
    upper: true,
  });
  const result = on.pool.doubles(to, columns * columns).slice();
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) result[i * columns + j] = result[j * columns + i]!;
  }
  return result;
}
