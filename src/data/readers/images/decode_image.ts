import { Buffer } from "node:buffer";
import jpeg from "jpeg-js";
// @ts-types="./pngjs.d.ts"
import pngjs from "pngjs";
import { DataError } from "../../../errors.ts";
import { oneLine } from "../../../one_line.ts";
import type { RgbImage } from "./image.ts";
import { jpegFrame } from "./jpeg_frame.ts";
import { pngHeader } from "./png_header.ts";

/** More pixels than any image of the data sets has by far; the largest photograph has under 1 million. */
const maxPixels = 64_000_000;

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
  try {
    if (startsWith(bytes, [0xff, 0xd8, 0xff])) return decodeJpeg(bytes);
    if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return decodePng(bytes);
  } catch (error) {
    throw new DataError(`Cannot decode ${name}: ${reasonOf(error)}`, { cause: error });
  }
  throw new DataError(`Cannot decode ${name}: it is neither a JPEG nor a PNG file`);
}

function decodeJpeg(bytes: Uint8Array): RgbImage {
  const frame = jpegFrame(bytes);
  if (frame.precision !== 8) throw new Error(`JPEG of ${frame.precision} bits is not read, only of 8`);
  if (frame.components !== 1 && frame.components !== 3) {
    throw new Error(`JPEG of ${frame.components} components (CMYK) is not read; save it as RGB`);
  }
  checkSize(frame.height, frame.width);
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
  const { height, width, interlaced } = pngHeader(bytes);
  checkSize(height, width);
  // The decoder bounds what it inflates by the image size only where rows are stored in order.
  if (interlaced) throw new Error("interlaced PNG is not read; save it without interlacing");
  const rgba = pngjs.PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).data;
  const data = new Uint8Array(height * width * 3);
  for (let i = 0; i < height * width; i++) {
    if (rgba[4 * i + 3] !== 255) throw new Error("transparent PNG is not read; save it without alpha");
    for (let channel = 0; channel < 3; channel++) data[3 * i + channel] = rgba[4 * i + channel]!;
  }
  return { height, width, data };
}

/** Decoders fall over damaged data with errors of the engine, which say nothing about the file. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
    return "its data are damaged";
  }
  return oneLine(error.message);
}

function checkSize(height: number, width: number): void {
  if (height === 0 || width === 0 || height * width > maxPixels) {
    throw new Error(`its size must be 1 to ${maxPixels} pixels: current size is ${height}x${width}`);
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((value, i) => bytes[i] === value);
}
