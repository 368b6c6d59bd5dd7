import { assertAlmostEquals, assertEquals } from "@std/assert";
import { paddedDigits } from "./padded_digits.ts";

Deno.test("paddedDigits() puts digits into the middle of a background", () => {
  const images = {
    count: 2,
    channels: 1,
    height: 2,
    width: 2,
    images: Uint8Array.of(0, 255, 51, 0, 9, 9, 9, 9),
    labels: Uint8Array.of(3, 5),
  };
  const { shape, inputs, labels } = paddedDigits(images, 4, 1);
  assertEquals([shape, [...labels], inputs.length], [[4, 4, 1], [3], 16]);
  const expected = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0.2, 0, 0, 0, 0, 0, 0].map((ink) => -0.1 + 1.275 * ink);
  for (const [i, value] of expected.entries()) assertAlmostEquals(inputs[i]!, value, 1e-6);
  assertEquals(paddedDigits(images, 4).labels.length, 2);
});
