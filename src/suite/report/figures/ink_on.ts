import { power } from "../../../numeric/linalg/power.ts";
import type { Rgb } from "./colour_map.ts";

/**
 * Black or white, whichever has more contrast on a ground (WCAG 2, relative luminance): at least 4.58.
 *
 * @param ground The colour below the text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([inkOn([255, 230, 0]), inkOn([0, 0, 160])], ["#000000", "#ffffff"]);
 * ```
 */
export function inkOn(ground: Rgb): "#000000" | "#ffffff" {
  // The luminance where black and white have the same contrast: (1.05 / (L + 0.05)) = ((L + 0.05) / 0.05).
  return luminance(ground) > Math.sqrt(1.05 * 0.05) - 0.05 ? "#000000" : "#ffffff";
}

/** The relative luminance of a colour (WCAG 2), in [0, 1]. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
