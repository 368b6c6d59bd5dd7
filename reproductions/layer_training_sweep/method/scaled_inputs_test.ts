import { assertAlmostEquals, assertEquals } from "@std/assert";
import { pixelStatistics } from "../../../src/data/sources/pixel_statistics.ts";
import { scaledInputs, type Scaling } from "./scaled_inputs.ts";

Deno.test("scaledInputs() scales images as it is told", () => {
  const images = {
    ...{ count: 3, channels: 1, height: 1, width: 2 },
    images: Uint8Array.of(0, 255, 3, 4, 0, 0),
    labels: Uint8Array.of(1, 2, 3),
  };
  const read = (scaling: Scaling, first: number) =>
    Array.from(scaledInputs(images, scaling, pixelStatistics.mnist).read(first, 1));
  const expected = [-0.1307 / 0.3081, (1 - 0.1307) / 0.3081];
  for (const [i, value] of read("standardised", 0).entries()) assertAlmostEquals(value, expected[i]!, 1e-6);
  assertEquals(read("unit-range", 0), [0, 1]);
  for (const [i, value] of read("unit-norm", 1).entries()) assertAlmostEquals(value, [0.6, 0.8][i]!, 1e-6);
  assertEquals(read("unit-norm", 2), [0, 0]);
});
