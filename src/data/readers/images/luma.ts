import type { GrayImage, RgbImage } from "./image.ts";

/**
 * The luma .299 R + .587 G + .114 B of ITU-R BT.601 (section 2.5.1), taken of the 8-bit samples as they are
 * and not rounded.
 *
 * @param image `(height, width, 3)`.
 * @returns `(height, width)`, values in [0, 255].
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const orange = { height: 1, width: 1, data: Uint8Array.of(200, 100, 0) };
 * assertAlmostEquals(luma(orange).data[0]!, 118.5, 1e-12);
 * ```
 */
export function luma(image: RgbImage): GrayImage {
  const { height, width, data: rgb } = image;
  const data = new Float64Array(height * width);
  for (let i = 0; i < data.length; i++) {
    data[i] = 0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!;
  }
  return { height, width, data };
}
