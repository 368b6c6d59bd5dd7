import { assertAlmostEquals } from "@std/assert";
import { periodicComponent } from "./periodic_component.ts";

Deno.test("periodicComponent() keeps the mean, and takes the jump across the border", () => {
  const ramp = Float64Array.from({ length: 256 }, (_, i) => i % 16);
  const found = periodicComponent(ramp);
  assertAlmostEquals(found.reduce((sum, value) => sum + value, 0), 16 * 120, 1e-9);
  // Within a row of the ramp values grow by 1; across its border they jumped by 15.
  assertAlmostEquals(Math.abs(found[15]! - found[0]!), 1, 1.5);
});
