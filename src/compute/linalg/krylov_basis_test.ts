import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { runningBackend } from "../tfjs/running_backend.ts";
import { startBackend } from "../tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { gram } from "./gram.ts";
import { KrylovBasis } from "./krylov_basis.ts";
import { symmetricEigen } from "../../numeric/linalg/symmetric_eigen.ts";

Deno.test("KrylovBasis.residuals() are the lengths of A v - lambda v", async () => {
  const started = await startBackend({ threads: 1 });
  const n = 90;
  const stream = randomStream("matrix", 1);
  const matrix = gram(Float64Array.from({ length: n * n }, () => stream.normal() / n), n, n);
  const basis = new KrylovBasis(runningBackend(), matrix, n);
  basis.extend(40);
  assertEquals(basis.size < n && basis.size >= 40, true);
  const { values, vectors } = symmetricEigen(basis.projection(), basis.size);
  const residuals = basis.residuals(vectors);
  const ritz = basis.combine(vectors);
  let largest = 0;
  for (let k = 0; k < basis.size; k++) {
    const v = ritz.subarray(k * n, (k + 1) * n);
    let square = 0;
    for (let i = 0; i < n; i++) {
      const row = matrix.subarray(i * n, (i + 1) * n);
      square += (row.reduce((sum, value, j) => sum + value * v[j]!, 0) - values[k]! * v[i]!) ** 2;
    }
    // Rounding is below 1e-15, of which the square root of a sum of squares that cancel may keep half the digits.
    assertAlmostEquals(residuals[k]!, Math.sqrt(square), 1e-8);
    largest = Math.max(largest, residuals[k]!);
  }
  assertGreater(largest, 1e-3); // vectors that are not yet eigenvectors were among them
  started.dispose();
});
