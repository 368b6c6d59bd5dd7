import { matMul, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { runningBackend } from "../compute/tfjs/running_backend.ts";

/**
 * A product of matrices in float32 on every thread of the backend.
 *
 * @param a `(rows, inner)`.
 * @param b `(inner, columns)`, or `(columns, inner)` with `transposeB`.
 * @param inner The side that both have.
 * @returns `(rows, columns)`.
 * @throws {Error} Where no backend runs.
 */
export function floatProduct(
  a: Float32Array,
  b: Float32Array,
  inner: number,
  transposeB = false,
): Float32Array {
  runningBackend(); // says what is missing, where tfjs would start a backend of its own
  const rows = a.length / inner;
  const columns = b.length / inner;
  const values: Float32Array[] = [];
  // What tidy() returns it searches for tensors, element by element: so the values leave it another way.
  tidy(() => {
    const left = tensor2d(a, [rows, inner]);
    const right = tensor2d(b, transposeB ? [columns, inner] : [inner, columns]);
    values.push(matMul(left, right, false, transposeB).dataSync() as Float32Array);
  });
  return values[0]!;
}
