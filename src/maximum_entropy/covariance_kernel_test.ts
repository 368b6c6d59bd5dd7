import { assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import { readFields } from "../compute/test_helpers.ts";
import { CovarianceKernel } from "./covariance_kernel.ts";
import { jobFields } from "./covariance_memory.ts";
import { autocorrelationsAlone } from "./covariance_options.ts";
import { rectifiedCovariances } from "./rectified_covariances.ts";
import { largestDifference, waveAndResidues, wavesAndDisc } from "./test_fields.ts";

for (
  const options of [
    { N: 8, J: 1, L: 2, dj: 0 },
    { N: 16, J: 2, L: 3, dj: 1 },
    { N: 32, J: 3, L: 4, dj: 2 },
    { N: 64, J: 4, L: 4, dj: 1 },
  ]
) {
  Deno.test(`CovarianceKernel gives what float64 gives: ${JSON.stringify(options)}`, async () => {
    const original = wavesAndDisc(options.N);
    const field = waveAndResidues(options.N);
    const exact = rectifiedCovariances(original, options);
    using kernel = await CovarianceKernel.start(original, options, 1);
    const largest = exact.statistics(field).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assertLess(largestDifference(kernel.target, exact.target), 1e-6);
    assertLess(largestDifference(kernel.statistics(field), exact.statistics(field)), 1e-6 * largest);
    for (const weights of [undefined, autocorrelationsAlone]) {
      const expected = new Float64Array(options.N ** 2);
      const found = new Float64Array(options.N ** 2);
      const loss = exact.loss(field, expected, weights);
      assertAlmostEquals(kernel.loss(field, found, weights) / loss, 1, 1e-5);
      const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      assertLess(largestDifference(found, expected), 1e-5 * size);
    }
  });
}

Deno.test("CovarianceKernel gives the same bits for any number of threads", async () => {
  const field = waveAndResidues(32);
  const results = await Promise.all([1, 2, 3].map(async (threads) => {
    using kernel = await CovarianceKernel.start(wavesAndDisc(32), { N: 32, J: 3 }, threads);
    const gradient = new Float64Array(1024);
    // Twice: nothing of the first call may be left.
    kernel.loss(wavesAndDisc(32), gradient);
    return [kernel.loss(field, gradient), ...kernel.target, ...gradient];
  }));
  assertEquals(results[1], results[0]);
  assertEquals(results[2], results[0]);
});

Deno.test("CovarianceKernel reads its arguments as they are written", () => {
  const source = new URL("assembly/job.ts", import.meta.url);
  assertEquals(readFields(source, "Job"), [...jobFields]);
});

Deno.test("CovarianceKernel refuses other sides than powers of two", async () => {
  const start = CovarianceKernel.start(new Float64Array(144), { N: 12, J: 2 }, 1);
  await assertRejects(() => start, RangeError, "N must be a power of two of at least 8");
});
