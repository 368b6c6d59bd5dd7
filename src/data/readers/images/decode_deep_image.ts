import { decoding, isPng } from "./decoding.ts";
import type { DeepImage } from "./image.ts";
import { pngHeader } from "./png_header.ts";
import { dropAlpha, readPng } from "./read_png.ts";

/**
 * Decodes a PNG file of 16-bit RGB without loss, such as the Kyoto natural images, whose samples are linear in light.
 * No colour profile and no gamma is applied.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is no PNG file of 16-bit RGB, is truncated, damaged, interlaced or transparent, or
 * holds more than 64 million pixels or more than its bytes can stand for.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = Deno.readFileSync(new URL("./testdata/deep.png", import.meta.url));
 * const { height, width, data } = decodeDeepImage(file, "deep.png");
 * assertEquals([height, width, ...data.subarray(0, 3)], [2, 3, 0, 1, 258]);
 * ```
 */
export function decodeDeepImage(bytes: Uint8Array, name: string): DeepImage {
  return decoding(name, () => {
    if (!isPng(bytes)) throw new Error("it is not a PNG file");
    const { depth, colourType } = pngHeader(bytes);
    if (depth !== 16 || colourType !== 2) {
      throw new Error(
        `it must be RGB (colour type 2) of 16 bits: it is of colour type ${colourType} and ${depth} bits`,
      );
    }
    const { height, width, rgba } = readPng(bytes, true);
    return { height, width, data: dropAlpha(rgba, new Uint16Array(height * width * 3)) };
  });
}
