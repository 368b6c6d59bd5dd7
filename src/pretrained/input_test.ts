import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { networkInput } from "./input.ts";

const bgr = { side: 4, channels: [2, 1, 0], mean: [104, 117, 123], scale: 1 } as const;

Deno.test("networkInput() keeps pixels where the size stays, in the order of the network", () => {
  const data = Uint8Array.from({ length: 48 }, (_, i) => 5 * i);
  const input = networkInput({ height: 4, width: 4, data }, bgr);
  assertEquals(input.length, 48);
  for (let i = 0; i < 16; i++) {
    assertAlmostEquals(input[3 * i]!, data[3 * i + 2]! - 104, 1e-4);
    assertAlmostEquals(input[3 * i + 1]!, data[3 * i + 1]! - 117, 1e-4);
    assertAlmostEquals(input[3 * i + 2]!, data[3 * i]! - 123, 1e-4);
  }
});

Deno.test("networkInput() stretches an image of one colour to itself, whatever its sides", () => {
  const side = fc.integer({ min: 1, max: 9 });
  const format = { side: 5, channels: [0, 1, 2], mean: [127.5, 127.5, 127.5], scale: 127.5 } as const;
  fc.assert(
    fc.property(side, side, fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (height, width, colour) => {
      const data = Uint8Array.from({ length: height * width * 3 }, (_, i) => colour[i % 3]!);
      networkInput({ height, width, data }, format).forEach((value, i) =>
        assertAlmostEquals(value, colour[i % 3]! / 127.5 - 1, 1e-6)
      );
    }),
  );
});
