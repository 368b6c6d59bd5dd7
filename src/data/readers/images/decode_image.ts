import jpeg from "jpeg-js";
import { checkPixels, maxPixels } from "./check_pixels.ts";
import { decoding, isPng } from "./decoding.ts";
import type { RgbImage } from "./image.ts";
import { jpegFrame } from "./jpeg_frame.ts";
import { dropAlpha, readPng } from "./read_png.ts";

/**
 * Decodes a JPEG or PNG file to 8-bit RGB, by pure JavaScript decoders of fixed versions, so that the pixels
 * are the same on every machine. jpeg-js repeats chroma samples where libjpeg interpolates them, so colours
 * differ from other decoders by some levels; the luma of the decoded RGB is what this project works on.
 * Grey images get three equal channels; 16-bit PNG is rounded to 8 bits. No colour profile is applied.
 *
 * @param bytes The whole file; its first bytes tell the format.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is not a JPEG or PNG file, is truncated or damaged, holds more than 64
 * million pixels or more than its bytes can stand for, or is CMYK, interlaced PNG, transparent, or JPEG of more than 8 bits.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { DataError } from "../../../errors.ts";
 *
 * assertThrows(() => decodeImage(Uint8Array.of(71, 73, 70), "cat.gif"), DataError, "cat.gif");
 * ```
 */
export function decodeImage(bytes: Uint8Array, name: string): RgbImage {
  return decoding(name, () => {
    if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return decodeJpeg(bytes);
    if (isPng(bytes)) return decodePng(bytes);
    throw new Error("it is neither a JPEG nor a PNG file");
  });
}

function decodeJpeg(bytes: Uint8Array): RgbImage {
  const frame = jpegFrame(bytes);
  if (frame.precision !== 8) throw new Error(`JPEG of ${frame.precision} bits is not read, only of 8`);
  if (frame.components !== 1 && frame.components !== 3) {
    throw new Error(`JPEG of ${frame.components} components (CMYK) is not read; save it as RGB`);
  }
  checkPixels(frame.height, frame.width);
  const { height, width, data } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: maxPixels / 1e6,
    maxMemoryUsageInMB: 2048,
  });
  return { height, width, data };
}

function decodePng(bytes: Uint8Array): RgbImage {
  const { height, width, rgba } = readPng(bytes);
  return { height, width, data: dropAlpha(rgba, new Uint8Array(height * width * 3)) };
}
