import { assertAlmostEquals, assertLess } from "@std/assert";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { ClassProducts } from "./class_products.ts";

/** Rows around a mean, of which the first ones lie far off: without them the mean is another. */
function rowsWithOutliers(count: number, dimension: number, outliers: number): Float32Array {
  const stream = randomStream("rows", count);
  return Float32Array.from({ length: count * dimension }, (_, at) => {
    const row = Math.floor(at / dimension);
    const k = at % dimension;
    return (row < outliers ? 4 : 1) + stream.normal() / (1 + k);
  });
}

Deno.test("ClassProducts.space() without some rows is the space of the others", async (t) => {
  const backend = await startBackend({ threads: 1 });
  const outliers = 3;
  const directions = 4;
  const leftOut = Array.from({ length: outliers }, (_, row) => row);
  // By products of rows, and by products of features.
  for (const [count, dimension] of [[12, 20], [30, 8]] as const) {
    await t.step(`${count} rows of ${dimension}`, () => {
      const rows = rowsWithOutliers(count, dimension, outliers);
      const space = new ClassProducts(rows, dimension).space(directions, leftOut);
      const expected = new ClassProducts(rows.slice(outliers * dimension), dimension).space(directions);
      for (let k = 0; k < dimension; k++) assertAlmostEquals(space.mean[k]!, expected.mean[k]!, 1e-6);
      for (let i = 0; i < directions; i++) {
        // Float32 rounding of the rows around another mean.
        assertAlmostEquals(space.variances[i]! / expected.variances[i]!, 1, 1e-5);
        let product = 0;
        for (let k = i * dimension; k < (i + 1) * dimension; k++) {
          product += space.directions[k]! * expected.directions[k]!;
        }
        assertLess(1 - Math.abs(product), 1e-5);
      }
    });
  }
  backend.dispose();
});
