import * as tf from "@tensorflow/tfjs-core";
import { runningBackend } from "../../../src/compute/tfjs/running_backend.ts";

/**
 * Consecutive rows of a float32 matrix on the wasm backend: what `slice` gives, by one copy in its memory instead of two
 * through the values of JavaScript.
 *
 * @param matrix (rows, columns).
 * @param first The first row.
 * @param count How many rows.
 * @throws {RangeError} Where some are not rows of the matrix.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * assertEquals(rowsOf(tensor2d([[1, 2], [3, 4], [5, 6]]), 1, 2).arraySync(), [[3, 4], [5, 6]]);
 * backend.dispose();
 * ```
 */
export function rowsOf(matrix: tf.Tensor2D, first: number, count: number): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  if (first < 0 || count < 0 || first + count > rows) {
    throw new RangeError(`Cannot take rows ${first} to ${first + count} of a matrix: it has ${rows}`);
  }
  const running = runningBackend();
  const part = running.output([count, columns]);
  const rowBytes = columns * 4;
  running.copy(running.pointer(matrix) + first * rowBytes, running.pointer(part), count * rowBytes);
  return tf.engine().makeTensorFromTensorInfo(part) as tf.Tensor2D;
}
