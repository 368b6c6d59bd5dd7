import { backend } from "@tensorflow/tfjs-core";
import { Engine } from "../compute/tfjs/engine.ts";

/** Sides of the block of an item, as in compute/assembly/product64.ts. */
const blockRows = 96;
const blockColumns = 192;

/**
 * The product of the transpose of a (steps, rows) and b (steps, columns), in float64 on every thread of the wasm
 * backend. Row-major. The result does not depend on the number of threads.
 *
 * @returns (rows, columns).
 * @throws {RangeError} Where a matrix has another number of values than its sides say.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
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
): Float64Array {
  if (a.length !== steps * rows || b.length !== steps * columns) {
    throw new RangeError(
      `Cannot multiply ${a.length} and ${b.length} values as matrices (${steps}, ${rows}) and (${steps}, ${columns})`,
    );
  }
  const engine = new Engine(backend());
  const x = engine.pool.place("matrix-x", a);
  const y = a === b ? x : engine.pool.place("matrix-y", b);
  const result = engine.pool.place("matrix-result", new Float64Array(rows * columns));
  addProduct(engine, {
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
  return engine.pool.doubles(result, rows * columns).slice();
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
export function addProduct(engine: Engine, p: PlacedProduct): void {
  const across = Math.ceil(p.columns / blockColumns);
  engine.pool.run("multiply64", [
    p.x,
    p.xStride * 8,
    p.y,
    p.yStride * 8,
    p.result,
    p.stride * 8,
    p.steps,
    p.rows,
    p.columns,
    p.subtract ? -1 : 1,
    p.upper ? 1 : 0,
  ], Math.ceil(p.rows / blockRows) * across);
}
