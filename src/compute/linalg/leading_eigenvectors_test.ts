import { assert, assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { startBackend } from "../tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { gram } from "./gram.ts";
import { leadingEigenvectors } from "./leading_eigenvectors.ts";
import { type Eigenvectors, symmetricEigen } from "../../numeric/linalg/symmetric_eigen.ts";

function normals(count: number, seed: number): Float64Array {
  const stream = randomStream("matrix", seed);
  return Float64Array.from({ length: count }, () => stream.normal());
}

/** Q diag(values) Q^T with a random orthogonal Q. */
function withEigenvalues(values: Float64Array): Float64Array {
  const n = values.length;
  const { vectors } = symmetricEigen(gram(normals(n * n, n), n, n), n);
  return gram(vectors.map((value, i) => value * Math.sqrt(values[Math.floor(i / n)]!)), n, n);
}

/** Largest elements of A v - lambda v and of V V^T - 1. */
function defects(matrix: Float64Array, n: number, { values, vectors }: Eigenvectors): [number, number] {
  const rows = Array.from(values, (_, k) => vectors.subarray(k * n, (k + 1) * n));
  let residual = 0;
  let skew = 0;
  for (const [k, v] of rows.entries()) {
    for (let i = 0; i < n; i++) {
      let sum = -values[k]! * v[i]!;
      for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * v[j]!;
      residual = Math.max(residual, Math.abs(sum));
    }
    for (const [l, w] of rows.entries()) {
      const product = v.reduce((sum, value, i) => sum + value * w[i]!, k === l ? -1 : 0);
      skew = Math.max(skew, Math.abs(product));
    }
  }
  return [residual, skew];
}

Deno.test("symmetricEigen() solves random, diagonal, repeated and indefinite matrices", async (t) => {
  const repeated = Float64Array.of(2, 1, 1, 1, 2, 1, 1, 1, 2);
  const random = normals(70 * 70, 1).map((value, i, all) => value + all[(i % 70) * 70 + Math.floor(i / 70)]!);
  const cases: [string, number, Float64Array][] = [
    ["random, indefinite", 70, random],
    ["repeated", 3, repeated],
    ["diagonal", 3, Float64Array.of(1, 0, 0, 0, -5, 0, 0, 0, 3)],
    ["zero", 4, new Float64Array(16)],
    ["of side 1", 1, Float64Array.of(7)],
    ["graded", 3, Float64Array.of(1, 1e-8, 0, 1e-8, 1e-8, 1e-16, 0, 1e-16, 1e-16)],
  ];
  for (const [name, n, matrix] of cases) {
    await t.step(name, () => {
      const found = symmetricEigen(matrix, n);
      const [residual, skew] = defects(matrix, n, found);
      const size = Math.max(Math.abs(found.values[0]!), Math.abs(found.values[n - 1]!));
      assert(residual <= 4 * n * Number.EPSILON * size, `residual ${residual}`);
      assertLess(skew, 4 * n * Number.EPSILON);
      assert(found.values.every((value, i) => i === 0 || value <= found.values[i - 1]!));
    });
  }
  assertAlmostEquals(symmetricEigen(repeated, 3).values[0]!, 4, 1e-14);
  assertThrows(() => symmetricEigen(Float64Array.of(NaN), 1), RangeError, "not finite");
  assertThrows(() => symmetricEigen(new Float64Array(3), 2), RangeError, "side 2");
  // The square of 1e200 is infinite.
  assertThrows(() => symmetricEigen(Float64Array.of(0, 1e200, 1e200, 0), 2), Error, "did not converge");
});

Deno.test("leadingEigenvectors()", async (t) => {
  const backend = await startBackend({ threads: 2 });
  const n = 260;
  const spectra: [string, Float64Array][] = [
    ["decaying", Float64Array.from({ length: n }, (_, i) => 0.8 ** i)],
    ["slowly decaying", Float64Array.from({ length: n }, (_, i) => 1 / (1 + i))],
    ["of rank 12", Float64Array.from({ length: n }, (_, i) => i < 12 ? 12 - i : 0)],
    ["of pairs", Float64Array.from({ length: n }, (_, i) => 0.7 ** Math.floor(i / 2))],
    ["flat after the first", Float64Array.from({ length: n }, (_, i) => i === 0 ? 3 : 1)],
  ];
  for (const [name, spectrum] of spectra) {
    await t.step(`of a spectrum ${name}`, () => {
      const matrix = withEigenvalues(spectrum);
      const count = 20;
      const found = leadingEigenvectors(matrix, n, count);
      const rank = found.values.filter((value) => value > 1e-10 * spectrum[0]!).length;
      assertEquals(rank, spectrum.subarray(0, count).filter((value) => value > 1e-10 * spectrum[0]!).length);
      for (let d = 1; d <= rank; d++) {
        // A residual of at most a quarter of the eigenvalue.
        assertLess(Math.abs(found.values[d - 1]! - spectrum[d - 1]!), 0.25 * spectrum[d - 1]!);
        if (spectrum[d - 1]! - spectrum[d]! < 1e-2 * spectrum[0]!) continue;
        const leading = { values: found.values.slice(0, d), vectors: found.vectors.slice(0, d * n) };
        // Within a subspace that is 1e-6 from the true one; the sum of its eigenvalues is second order in that.
        assertLess(defects(matrix, n, leading)[0], 2e-6 * spectrum[0]!);
        const sum = (values: Float64Array) => values.subarray(0, d).reduce((a, b) => a + b);
        assertAlmostEquals(sum(found.values) / sum(spectrum), 1, 1e-11);
      }
      const kept = { values: found.values.slice(0, rank), vectors: found.vectors.slice(0, rank * n) };
      assertLess(defects(matrix, n, kept)[1], 1e-12);
    });
  }

  await t.step("of more than there are", () => {
    const { values, vectors } = leadingEigenvectors(Float64Array.of(2, 0, 0, 1), 2, 5);
    assertEquals([Array.from(values), vectors.length], [[2, 1], 4]);
  });

  await t.step("throws for a wrong matrix", () => {
    assertThrows(() => leadingEigenvectors(new Float64Array(3), 200, 2), RangeError, "side 200");
    const matrix = new Float64Array(200 * 200).fill(NaN);
    assertThrows(() => leadingEigenvectors(matrix, 200, 2), RangeError, "not finite");
  });
  backend.dispose();
});
