import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { sampleNetwork } from "./random_network.ts";

const shape = { inputs: 400, width: 100, depth: 3, classes: 10 };
const scale = { weightVariance: 2, biasVariance: 0.1 };

function variance(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
}

Deno.test("sampleNetwork() gives each layer the variance of its inputs", () => {
  const { weights, biases } = sampleNetwork(shape, scale, 1);
  // Within four standard errors, sqrt(2 / n) each.
  assertAlmostEquals(variance(weights[0]!) * 400, 2, 2 * 4 * Math.sqrt(2 / 40_000));
  assertAlmostEquals(variance(weights[2]!) * 100, 2, 2 * 4 * Math.sqrt(2 / 10_000));
  assertAlmostEquals(variance(biases[1]!), 0.1, 0.1 * 4 * Math.sqrt(2 / 100));
});

Deno.test("sampleNetwork() gives networks of a seed the same layers at any depth and bias", () => {
  const one = sampleNetwork(shape, scale, 1);
  const deeper = sampleNetwork({ ...shape, depth: 4 }, { ...scale, biasVariance: 0 }, 1);
  assertEquals(deeper.weights.slice(0, 4), one.weights.slice(0, 4));
  assertEquals(deeper.weights.at(-1), one.weights.at(-1));
});

Deno.test("sampleNetwork() refuses sides below 1 and variances that are none", async (t) => {
  for (const side of ["inputs", "width", "depth", "classes"] as const) {
    await t.step(side, () => {
      const sample = () => sampleNetwork({ ...shape, [side]: 0 }, scale, 1);
      const message = `Cannot sample a network with ${side} = 0: it must be a whole number >= 1`;
      assertThrows(sample, RangeError, message);
    });
  }
  await t.step("variance", () => {
    const sample = () => sampleNetwork(shape, { ...scale, weightVariance: -1 }, 1);
    assertThrows(sample, RangeError, "Cannot sample a network with weightVariance = -1");
  });
});
