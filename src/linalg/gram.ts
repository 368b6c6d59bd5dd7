import { backend } from "@tensorflow/tfjs-core";
import { Engine } from "../compute/tfjs/engine.ts";
import { addProduct } from "./multiply_transposed.ts";

/**
 * The Gram matrix of the columns of x (rows, columns), the transpose of x times x, in float64: covariances. Only the
 * blocks on and above the diagonal are computed; the others are their mirror images.
 *
 * @returns (columns, columns), symmetric to the bit.
 * @throws {RangeError} Where x has another number of values.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(Array.from(gram(Float64Array.of(1, 2, 3, 4), 2, 2)), [10, 14, 14, 20]);
 * backend.dispose();
 * ```
 */
export function gram(x: Float64Array, rows: number, columns: number): Float64Array {
  if (x.length !== rows * columns) {
    throw new RangeError(`Cannot use ${x.length} values as a matrix of ${rows} rows and ${columns} columns`);
  }
  const engine = new Engine(backend());
  const from = engine.pool.place("matrix-x", x);
  const to = engine.pool.place("matrix-result", new Float64Array(columns * columns));
  addProduct(engine, {
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
  const result = engine.pool.doubles(to, columns * columns).slice();
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) result[i * columns + j] = result[j * columns + i]!;
  }
  return result;
}
