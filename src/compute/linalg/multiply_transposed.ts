import { PRODUCT64_COLUMNS, PRODUCT64_ROWS } from "../kernel_constants.ts";
import { type RunningBackend, runningBackend } from "../tfjs/running_backend.ts";
import { leftMemory, resultMemory, rightMemory } from "./operand_memory.ts";

/**
 * The product of the transpose of a (steps, rows) and b (steps, columns), in float64 on every thread of the wasm
 * backend. Row-major. The result does not depend on the number of threads.
 *
 * @param a `(steps, rows)`.
 * @param b `(steps, columns)`.
 * @param steps Terms of each sum.
 * @param rows Rows of the result.
 * @param columns Columns of the result.
 * @param on The backend whose threads compute: the current one, where it is not given.
 * @returns (rows, columns).
 * @throws {RangeError} Where a matrix has another number of values than its sides say.
 * @throws {Error} Where no backend runs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const product = multiplyTransposed(Float64Array.of(1, 2), Float64Array.of(3, 4), 2, 1, 1);
 * assertEquals(Array.from(product), [1 * 3 + 2 * 4]);
 * backend.dispose();
 * ```
 */
export function multiplyTransposed(
  a: Float64Array,
  b: Float64Array,
  steps: number,
  rows: number,
  columns: number,
  on: RunningBackend = runningBackend(),
): Float64Array {
  if (a.length !== steps * rows || b.length !== steps * columns) {
    throw new RangeError(
      `Cannot multiply ${a.length} and ${b.length} values as matrices (${steps}, ${rows}) and (${steps}, ${columns})`,
    );
  }
  const x = leftMemory.place(on.pool, a);
  const y = a === b ? x : rightMemory.place(on.pool, b);
  const result = resultMemory.place(on.pool, new Float64Array(rows * columns));
  addProduct(on, {
    x,
    y,
    result,
    steps,
    rows,
    columns,
    xStride: rows,
    yStride: columns,
    stride: columns,
  });
  return on.pool.doubles(result, rows * columns).slice();
}

/** Matrices in the memory of the backend. */
export interface PlacedProduct {
  /** Address of the left operand (steps, rows). */
  readonly x: number;
  /** Address of the right operand (steps, columns). */
  readonly y: number;
  /** Address of the result (rows, columns). */
  readonly result: number;
  /** Terms of each sum. */
  readonly steps: number;
  /** Rows of the result. */
  readonly rows: number;
  /** Columns of the result. */
  readonly columns: number;
  /** Distance of neighbouring rows of x, in values. */
  readonly xStride: number;
  /** The same of y. */
  readonly yStride: number;
  /** The same of the result. */
  readonly stride: number;
  /** Subtracts the product instead of adding it. */
  readonly subtract?: boolean;
  /** Leaves out blocks below the diagonal. */
  readonly upper?: boolean;
}

/** result += or -= the transpose of x, times y. */
export function addProduct(on: RunningBackend, p: PlacedProduct): void {
  const items = Math.ceil(p.rows / PRODUCT64_ROWS) * Math.ceil(p.columns / PRODUCT64_COLUMNS);
  on.pool.run("multiply64", {
    x: p.x,
    xStride: p.xStride * 8,
    y: p.y,
    yStride: p.yStride * 8,
    result: p.result,
    resultStride: p.stride * 8,
    steps: p.steps,
    rows: p.rows,
    columns: p.columns,
    sign: p.subtract ? -1 : 1,
    upper: p.upper ? 1 : 0,
  }, items);
}
