import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { tensor1d } from "@tensorflow/tfjs-core";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { clipScale } from "./clip_scale.ts";

Deno.test("clipScale() brings the norm of all gradients together to the limit, and leaves shorter ones", async () => {
  const backend = await startBackend({ threads: 1 });
  // Together of norm 13.
  const gradients = { a: tensor1d([3, 4]), b: tensor1d([12]) };
  assertAlmostEquals(clipScale(gradients, 6.5), 0.5, 1e-7);
  assertEquals(clipScale(gradients, 13), 1);
  assertEquals(clipScale(gradients, 20), 1);
  for (const limit of [0, -1, NaN]) {
    assertThrows(() => clipScale(gradients, limit), RangeError, `a norm of ${limit}: it must be > 0`);
  }
  backend.dispose();
});
