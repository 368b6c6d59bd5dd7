import * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/**
 * A random rotation or reflection, uniform among all: Gram-Schmidt (twice) of normal values.
 *
 * @param n Rows and columns.
 * @returns `(n, n)`, its rows orthonormal.
 */
export function randomOrthogonal(n: number, rng: RandomStream): Float32Array {
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const row = Float64Array.from({ length: n }, () => rng.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of rows) {
        const overlap = dot(row, other);
        for (let k = 0; k < n; k++) row[k]! -= overlap * other[k]!;
      }
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((value) => value / length));
  }
  const matrix = new Float32Array(n * n);
  rows.forEach((row, i) => matrix.set(row, i * n));
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Rows that are turned at a time. */
const block = 4096;

/**
 * Rows in another basis, on the current backend.
 *
 * @param rows `(count, n)`.
 * @param basis `(n, n)`, a direction a row.
 * @returns `(count, n)`: the products with each direction.
 */
export function inBasis(rows: Float32Array, basis: Float32Array): Float32Array {
  const n = Math.sqrt(basis.length);
  const out = new Float32Array(rows.length);
  for (let first = 0; first < rows.length; first += block * n) {
    const part = rows.subarray(first, first + block * n);
    tf.tidy(() => {
      const turned = tf.matMul(
        tf.tensor2d(part, [part.length / n, n]),
        tf.tensor2d(basis, [n, n]),
        false,
        true,
      );
      out.set(turned.dataSync() as Float32Array, first);
    });
  }
  return out;
}
