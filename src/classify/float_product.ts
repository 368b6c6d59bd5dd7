import { matMul, tensor2d, tidy } from "@tensorflow/tfjs-core";

/**
 * A product of matrices in float32 on every thread of the backend.
 *
 * @param a `(rows, inner)`.
 * @param b `(inner, columns)`, or `(columns, inner)` with `transposeB`.
 * @param inner The side that both have.
 * @returns `(rows, columns)`.
 */
export function floatProduct(
  a: Float32Array,
  b: Float32Array,
  inner: number,
  transposeB = false,
): Float32Array {
  const [rows, columns] = [a.length / inner, b.length / inner];
  const values: Float32Array[] = [];
  // What tidy() returns it searches for tensors, element by element: so the values leave it another way.
  tidy(() => {
    const left = tensor2d(a, [rows, inner]);
    const right = tensor2d(b, transposeB ? [columns, inner] : [inner, columns]);
    values.push(matMul(left, right, false, transposeB).dataSync() as Float32Array);
  });
  return values[0]!;
}
