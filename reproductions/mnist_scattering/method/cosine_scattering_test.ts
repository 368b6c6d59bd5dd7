import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import { cosineBasis, transformPaths } from "./cosine_scattering.ts";

function listPaths(J: number, L: number) {
  using scattering = new Scattering2D({ J, L, shape: [2 ** J, 2 ** J], threads: 1 });
  return scattering.paths();
}

function innerProduct(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

for (const [J, L] of [[1, 3], [2, 4], [3, 6], [4, 3]] as const) {
  Deno.test(`cosineBasis() of all frequencies is an orthonormal basis of the paths, J = ${J}, L = ${L}`, () => {
    const paths = listPaths(J, L);
    const basis = cosineBasis(paths, 1);
    assertEquals(basis.length, paths.length);
    for (const [i, a] of basis.entries()) {
      for (const [k, b] of basis.entries()) assertAlmostEquals(innerProduct(a, b), i === k ? 1 : 0, 1e-12);
    }
  });
}

Deno.test("cosineBasis() keeps the empty path and half of each order", () => {
  const paths = listPaths(3, 6);
  const basis = cosineBasis(paths);
  const orders = basis.map((values) => {
    const own = new Set(paths.filter((_, path) => values[path] !== 0).map(({ order }) => order));
    assertEquals(own.size, 1);
    return [...own][0];
  });
  assertEquals([0, 1, 2].map((order) => orders.filter((own) => own === order).length), [1, 9, 54]);
});

Deno.test("cosineBasis() keeps what varies slowly along the angles, and drops what alternates", () => {
  const paths = listPaths(3, 6);
  const basis = cosineBasis(paths);
  const kept = (pattern: (theta: number) => number) => {
    const x = Float64Array.from(paths, ({ order, theta }) => order === 1 ? pattern(theta[0]!) : 0);
    const energy = basis.reduce((sum, values) => sum + innerProduct(values, x) ** 2, 0);
    return energy / innerProduct(x, x);
  };
  assertAlmostEquals(kept(() => 1), 1, 1e-12);
  assertAlmostEquals(kept((theta) => Math.cos(Math.PI * (2 * theta + 1) / 12)), 1, 1e-12);
  assert(kept((theta) => Math.cos(5 * Math.PI * (2 * theta + 1) / 12)) < 1e-12);
});

Deno.test("transformPaths() multiplies by the basis at each position of each image", () => {
  const basis = [Float64Array.of(1, 0, 0), Float64Array.of(0, 0.6, 0.8)];
  const coefficients = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);
  const expected = [1, 2, 0.6 * 3 + 0.8 * 5, 0.6 * 4 + 0.8 * 6, 10, 20, 58, 72];
  assertEquals([...transformPaths(basis, coefficients, 2)], expected.map(Math.fround));
});
