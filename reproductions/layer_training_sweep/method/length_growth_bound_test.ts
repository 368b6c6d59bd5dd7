import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { lengthGrowthBound } from "./length_growth_bound.ts";
import { trajectoryLengths } from "./trajectory_lengths.ts";

Deno.test("lengthGrowthBound() of one unit is 0: nothing is perpendicular to it", () => {
  assertAlmostEquals(lengthGrowthBound(2, 1), 0, 1e-15);
});

Deno.test("lengthGrowthBound() of two units is the sum written out", () => {
  const p = 0.6826894921370859; // P(|N(0, 1)| < 1)
  const mean = 2 * p * (1 - p) * Math.sqrt(2 / Math.PI) + p * p * Math.sqrt(Math.PI / 2);
  assertAlmostEquals(lengthGrowthBound(1, 2), Math.sqrt(1 / 2) * Math.sqrt(1 / 2) * mean, 1e-12);
});

Deno.test("lengthGrowthBound() grows like the theorem's sqrt(sigma_w k / (sigma_w + k)), times (2 / pi)^(1/4)", () => {
  const deviation = 100;
  const width = 1_000_000;
  const rate = Math.sqrt(deviation * width / (deviation + width));
  const ratio = lengthGrowthBound(deviation ** 2, width) / rate;
  assertAlmostEquals(ratio, (2 / Math.PI) ** 0.25, 1e-3);
});

Deno.test("lengthGrowthBound() lies below the growth of trajectories, and close", async () => {
  const backend = await startBackend({ threads: 1 });
  for (const weightVariance of [2, 8, 32]) {
    const networks = Array.from({ length: 10 }, (_, seed) => {
      return trajectoryLengths({ width: 64, depth: 6, weightVariance, points: 128 }, seed);
    });
    const mean = (layer: number) => networks.reduce((sum, lengths) => sum + lengths[layer]! / 10, 0);
    const growth = (mean(6) / mean(0)) ** (1 / 6);
    const bound = lengthGrowthBound(weightVariance, 64);
    assert(growth > bound && growth < 1.3 * bound, `${growth} at ${weightVariance}: bound ${bound}`);
    assert(growth < Math.sqrt(weightVariance), "the upper bound is sigma_w");
  }
  backend.dispose();
});

Deno.test("lengthGrowthBound() refuses a width or variance of 0", () => {
  assertThrows(() => lengthGrowthBound(2, 0), RangeError, "with width = 0: it must be a whole number >= 1");
  assertThrows(
    () => lengthGrowthBound(0, 2),
    RangeError,
    "with weightVariance = 0: it must be finite and > 0",
  );
});
