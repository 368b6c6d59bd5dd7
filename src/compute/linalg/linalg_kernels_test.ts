import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { startBackend } from "../tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { gram } from "./gram.ts";
import { multiplyTransposed } from "./multiply_transposed.ts";
import { pivotedCholesky } from "./pivoted_cholesky.ts";

function normals(count: number, seed: number): Float64Array {
  const stream = randomStream("matrix", seed);
  return Float64Array.from({ length: count }, () => stream.normal());
}

/** The same product in the plain order. */
function plain(a: Float64Array, b: Float64Array, steps: number, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let k = 0; k < steps; k++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) result[i * columns + j]! += a[k * rows + i]! * b[k * columns + j]!;
    }
  }
  return result;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

Deno.test("float64 kernels on one and two threads", async (t) => {
  const results: Float64Array[] = [];
  for (const threads of [1, 2]) {
    const backend = await startBackend({ threads });

    for (const [steps, rows, columns] of [[1, 1, 1], [7, 5, 3], [300, 101, 203], [0, 2, 2]] as const) {
      await t.step(
        `multiplyTransposed() (${steps}, ${rows}) and (${steps}, ${columns}), ${threads} threads`,
        () => {
          const a = normals(steps * rows, 1);
          const b = normals(steps * columns, 2);
          const product = multiplyTransposed(a, b, steps, rows, columns);
          // 300 products of normal values: sums of some 17, rounded 300 times.
          assertLess(
            largestDifference(product, plain(a, b, steps, rows, columns)),
            300 * 17 * Number.EPSILON,
          );
          results.push(product);
        },
      );
    }

    await t.step(`gram() is the symmetric product, ${threads} threads`, () => {
      const x = normals(50 * 250, 3);
      const product = gram(x, 50, 250);
      assertLess(largestDifference(product, plain(x, x, 50, 250, 250)), 1e-12);
      assert(product.every((value, i) => value === product[(i % 250) * 250 + Math.floor(i / 250)]));
      results.push(product);
    });

    await t.step(`pivotedCholesky() gives the matrix back and finds its rank, ${threads} threads`, () => {
      const n = 230;
      const rank = 150;
      const matrix = gram(normals(rank * n, 4), rank, n);
      const { rank: found, factor, pivots } = pivotedCholesky(matrix, n, 1e-10);
      assertEquals(found, rank);
      assertEquals([...pivots].sort((a, b) => a - b), Array.from({ length: n }, (_, i) => i));
      const product = plain(factor, factor, rank, n, n);
      const permuted = matrix.map((_, i) => matrix[pivots[Math.floor(i / n)]! * n + pivots[i % n]!]!);
      // Elements up to some 200; a backward error of rank * EPS of that.
      assertLess(largestDifference(product, permuted), rank * 200 * Number.EPSILON);
      for (let i = 1; i < rank; i++) assert(factor[i * n + i]! <= factor[(i - 1) * n + i - 1]! * (1 + 1e-9));
      results.push(factor);
    });

    await t.step(
      `pivotedCholesky() finds the same rank and pivots of a scaled matrix, ${threads} threads`,
      () => {
        const n = 40;
        const rank = 25;
        const matrix = gram(normals(rank * n, 6), rank, n);
        const own = pivotedCholesky(matrix, n, 1e-10);
        // Powers of 4: the factor is scaled by their roots, bit for bit.
        for (const scale of [2 ** -40, 2 ** 40]) {
          const other = pivotedCholesky(matrix.map((value) => value * scale), n, 1e-10);
          assertEquals([other.rank, other.pivots], [rank, own.pivots]);
          assertEquals(other.factor, own.factor.map((value) => value * Math.sqrt(scale)));
        }
      },
    );

    await t.step(`pivotedCholesky() of a full, a diagonal and a zero matrix, ${threads} threads`, () => {
      const full = pivotedCholesky(gram(normals(100 * 70, 5), 100, 70), 70, 1e-10);
      assertEquals(full.rank, 70);
      const diagonal = pivotedCholesky(Float64Array.of(1, 0, 0, 0, 9, 0, 0, 0, 4), 3, 1e-10);
      assertEquals([Array.from(diagonal.factor), Array.from(diagonal.pivots)], [[3, 0, 0, 0, 2, 0, 0, 0, 1], [
        1,
        2,
        0,
      ]]);
      assertEquals(pivotedCholesky(new Float64Array(4), 2, 1e-10).rank, 0);
    });

    await t.step(`wrong arguments, ${threads} threads`, () => {
      assertThrows(() => gram(new Float64Array(5), 2, 3), RangeError, "2 rows and 3 columns");
      assertThrows(
        () => multiplyTransposed(new Float64Array(2), new Float64Array(3), 2, 1, 1),
        RangeError,
        "(2, 1)",
      );
      assertThrows(() => pivotedCholesky(Float64Array.of(NaN), 1, 0), RangeError, "not finite");
      assertThrows(() => pivotedCholesky(Float64Array.of(-1), 1, 0), RangeError, "negative diagonal");
      assertThrows(() => pivotedCholesky(new Float64Array(3), 2, 0), RangeError, "side 2");
    });
    backend.dispose();
  }
  await t.step("the bits are the same on one and two threads", () => {
    const half = results.length / 2;
    assertEquals(results.slice(half), results.slice(0, half));
  });
});
