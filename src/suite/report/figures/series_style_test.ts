import { assert, assertEquals } from "@std/assert";
import type { Rgb } from "./colour_map.ts";
import { luminance } from "./ink_on.ts";
import { seriesColours, seriesStyles } from "./series_style.ts";

Deno.test("seriesColours are seen on white and on dark ground: contrast 3 at least (WCAG 2, 1.4.11)", () => {
  const rgb = (hex: string): Rgb => {
    const [red = 0, green = 0, blue = 0] = hex.slice(1).match(/../g)!.map((pair) => parseInt(pair, 16));
    return [red, green, blue];
  };
  for (const colour of seriesColours) {
    for (const ground of ["#ffffff", "#16181d"]) {
      const line = luminance(rgb(colour));
      const paper = luminance(rgb(ground));
      const contrast = (Math.max(line, paper) + 0.05) / (Math.min(line, paper) + 0.05);
      assert(contrast >= 3, `${colour} has a contrast of ${contrast.toFixed(2)} on ${ground}`);
    }
  }
});

Deno.test("seriesStyles() tells thirty names apart", () => {
  const styles = seriesStyles(Array.from({ length: 30 }, (_, i) => `series ${i}`));
  assertEquals(new Set([...styles.values()].map(({ colour, shape }) => colour + shape)).size, 30);
});
