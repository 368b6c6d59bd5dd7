import { assertAlmostEquals } from "@std/assert";
import { luma } from "./luma.ts";

Deno.test("luma() of a grey pixel is its value, of a primary its weight", async (t) => {
  const values = [[9, 9, 9, 9], [100, 0, 0, 29.9], [0, 100, 0, 58.7], [0, 0, 100, 11.4]] as const;
  for (const [r, g, b, expected] of values) {
    await t.step(`${r}, ${g}, ${b}`, () => {
      const { data } = luma({ height: 1, width: 1, data: Uint8Array.of(r, g, b) });
      // Two additions and three products of values below 256.
      assertAlmostEquals(data[0]!, expected, 5 * 256 * Number.EPSILON);
    });
  }
});
