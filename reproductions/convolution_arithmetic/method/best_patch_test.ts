import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { seekPatches } from "./best_patch.ts";

Deno.test("seekPatches() finds the filter on the sphere, its signs in the box, and nothing from minus the filter", () => {
  const filter = Float64Array.of(3, -4);
  const { angle, response, box, antipode } = seekPatches([filter], 20, randomStream("patches", 1));
  assertLess(angle, 1e-12);
  assertLess(response, 1e-12);
  // Between (3, -4) / 5 and (1, -1) / sqrt 2.
  assertAlmostEquals(box, Math.acos(7 / 5 / Math.SQRT2), 1e-9);
  assertEquals(antipode, Math.PI);
});

Deno.test("seekPatches() finds half of the starts stuck behind a ReLU", () => {
  const stream = randomStream("patches", 2);
  const filters = Array.from({ length: 20 }, () => Float64Array.from({ length: 9 }, () => stream.normal()));
  const { stuck } = seekPatches(filters, 100, stream);
  const share = stuck.reduce((a, b) => a + b) / stuck.length;
  assertLess(Math.abs(share - 0.5), 4 * Math.sqrt(0.25 / 2000));
});
