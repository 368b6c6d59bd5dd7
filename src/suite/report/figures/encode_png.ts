import { Buffer } from "node:buffer";
// @ts-types="../../../data/readers/images/pngjs.d.ts"
import pngjs from "pngjs";

/**
 * Encodes an image as PNG by pure JavaScript: grey where its channels are equal, RGB otherwise.
 *
 * @param width Columns.
 * @param height Rows.
 * @param rgb `(height, width, 3)`, 8 bits each.
 * @throws {RangeError} Where the lengths differ.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeImage } from "../../../data/readers/images/decode_image.ts";
 *
 * const rgb = Uint8Array.of(255, 0, 0, 0, 0, 255);
 * assertEquals(decodeImage(encodePng(2, 1, rgb), "two.png").data, rgb);
 * ```
 */
export function encodePng(width: number, height: number, rgb: Uint8Array): Uint8Array {
  if (rgb.length !== width * height * 3) {
    throw new RangeError(
      `Cannot encode ${rgb.length} values as PNG: ${width} x ${height} pixels have ${width * height * 3}`,
    );
  }
  const image = new pngjs.PNG({ width, height });
  const data = Buffer.alloc(width * height * 4, 255);
  let isGrey = true;
  for (let i = 0; i < width * height; i++) {
    const pixel = rgb.subarray(3 * i, 3 * i + 3);
    data.set(pixel, 4 * i);
    isGrey &&= pixel[0] === pixel[1] && pixel[1] === pixel[2];
  }
  image.data = data;
  const bytes = pngjs.PNG.sync.write(image, { colorType: isGrey ? 0 : 2, inputHasAlpha: true });
  return new Uint8Array(bytes);
}
