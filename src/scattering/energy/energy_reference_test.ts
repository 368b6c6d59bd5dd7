import { assertAlmostEquals, assertEquals } from "@std/assert";
import { dilatedSplineBank } from "../banks/spline_bank.ts";
import { EnergyCascade } from "./energy.ts";
import reference from "../testdata/numpy_energies.json" with { type: "json" };

/** Box means of all octaves with pseudo-random integer heights: the image that the reference values are for. */
function referenceImage(n: number): Float64Array {
  const image = new Float64Array(n * n);
  for (let block = 1; block <= n / 2; block *= 2) {
    image.forEach((_, i) => {
      const row = Math.floor(Math.floor(i / n) / block);
      const column = Math.floor((i % n) / block);
      const hash = (row * 7919 + column * 104729 + block * 1299709) % 251;
      image[i]! += block * ((hash * hash) % 127 - 63);
    });
  }
  const mean = image.reduce((sum, value) => sum + value) / image.length;
  return image.map((value) => value - mean);
}

for (const [q, expected] of Object.entries(reference.energies)) {
  Deno.test(`EnergyCascade agrees with an independent implementation at q = ${q}`, async (t) => {
    const { J, L, maxOrder } = reference;
    const options = { height: 64, width: 64, J, L, maxOrder, bank: dilatedSplineBank(Number(q)) };
    // 1e-9 points is 1e-11 of the whole: sums of 4,000 rounded energies, in two orders. Sub-sampled: 0.01 points.
    for (const [oversampling, allowed] of [[Infinity, 1e-9], [1, 0.01]] as const) {
      await t.step(`oversampling ${oversampling}`, () => {
        const energies = new EnergyCascade({ ...options, oversampling }).measure(referenceImage(64));
        const cells = expected.flat();
        assertEquals(energies.length, cells.length);
        energies.forEach((energy, i) => assertAlmostEquals(energy, cells[i] ?? 0, allowed));
      });
    }
  });
}
