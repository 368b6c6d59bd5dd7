import { matrixRows, multiplyRows } from "../tfjs/product.ts";
import { type RunningBackend, runningBackend } from "../tfjs/running_backend.ts";
import { ScratchMemory } from "../tfjs/scratch_memory.ts";

/** Products that are added up in float32; the sums of so many are added up in float64. */
const partSteps = 256;
/** Rows of the result that are computed at once: what lies left of the diagonal block is left out. */
const blockRows = 256;

/** The rows, and a block of rows of the result. */
const rowMemory = new ScratchMemory();
const blockMemory = new ScratchMemory();

/**
 * The Gram matrix of the rows of x (rows, columns): x times its transpose, on every thread of the wasm backend.
 *
 * Products of 256 columns are summed in float32, at its speed, and those sums in float64: an element errs by
 * some 1e-7 of the sum of the absolute products, rarely by 1e-6 (at most by 256 roundings, 1.5e-5). For a result that is exact to
 * float64 use `gram()`.
 *
 * @param x `(rows, columns)`, row-major.
 * @param rows Rows.
 * @param columns Columns.
 * @param on The backend whose threads compute: the current one, where it is not given.
 * @returns (rows, rows), symmetric to the bit.
 * @throws {RangeError} Where x has another number of values.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(gramOfRows(Float32Array.of(1, 2, 3, 4), 2, 2)), [5, 11, 11, 25]);
 * backend.dispose();
 * ```
 */
export function gramOfRows(
  x: Float32Array,
  rows: number,
  columns: number,
  on: RunningBackend = runningBackend(),
): Float64Array {
  if (x.length !== rows * columns) {
    throw new RangeError(`Cannot use ${x.length} values as a matrix of ${rows} rows and ${columns} columns`);
  }
  const { pool } = on;
  const from = rowMemory.reserve(pool, x.byteLength);
  const block = blockMemory.reserve(pool, blockRows * rows * 4);
  new Float32Array(pool.bytes().buffer, from, x.length).set(x);
  const result = new Float64Array(rows * rows);
  for (let first = 0; first < rows; first += blockRows) {
    const height = Math.min(blockRows, rows - first);
    const width = rows - first;
    for (let step = 0; step < columns; step += partSteps) {
      const steps = Math.min(partSteps, columns - step);
      const pointer = from + (first * columns + step) * 4;
      multiplyRows(
        pool,
        { ...matrixRows(pointer, height, columns), segmentLength: steps },
        { pointer, steps, columns: width, stepStride: 1, columnStride: columns },
        block,
      );
      const part = new Float32Array(pool.bytes().buffer, block, height * width);
      for (let i = 0; i < height; i++) {
        const to = result.subarray((first + i) * rows + first, (first + i + 1) * rows);
        for (let j = 0; j < width; j++) to[j]! += part[i * width + j]!;
      }
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) result[i * rows + j] = result[j * rows + i]!;
  }
  return result;
}
