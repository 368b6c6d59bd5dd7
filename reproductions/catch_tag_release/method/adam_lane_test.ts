import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { AdamLane } from "./adam_lane.ts";

Deno.test("AdamLane moves its own lane by Kingma and Ba's rule and leaves the others", () => {
  const parameters = Float32Array.of(1, 9, -2, 9);
  const gradients = [[0.3, -0.1], [0.2, 0.4], [-0.6, 0.1]];
  const adam = new AdamLane(2, { lane: 0, lanes: 2, clip: 100, beta1: 0.8, beta2: 0.9, epsilon: 1e-3 });
  const [value, first, second] = [[1, -2], [0, 0], [0, 0]];
  for (const [t, gradient] of gradients.entries()) {
    adam.update(parameters, Float32Array.of(gradient[0]!, 7, gradient[1]!, 7), 0.05);
    for (const [p, g] of gradient.entries()) {
      first[p] = 0.8 * first[p]! + 0.2 * g;
      second[p] = 0.9 * second[p]! + 0.1 * g * g;
      const [m, v] = [first[p]! / (1 - 0.8 ** (t + 1)), second[p]! / (1 - 0.9 ** (t + 1))];
      value[p] = value[p]! - 0.05 * m / (Math.sqrt(v) + 1e-3);
      assertAlmostEquals(parameters[2 * p]!, value[p]!, 1e-6);
    }
  }
  assertEquals([parameters[1], parameters[3]], [9, 9]);
});

Deno.test("AdamLane scales a gradient that is longer than the limit, by the norm of its own lane", () => {
  const [clipped, scaled] = [Float32Array.of(0, 0, 0, 0), Float32Array.of(0, 0, 0, 0)];
  const options = { lane: 1, lanes: 2, epsilon: 1 };
  new AdamLane(2, { ...options, clip: 1 }).update(clipped, Float32Array.of(100, 3, 100, 4), 1);
  new AdamLane(2, { ...options, clip: 10 }).update(scaled, Float32Array.of(0, 0.6, 0, 0.8), 1);
  for (const [at, value] of scaled.entries()) assertAlmostEquals(clipped[at]!, value, 1e-6);
  assertThrows(() => new AdamLane(1, { lane: 0, lanes: 1, clip: NaN }), RangeError, "must be > 0");
});
