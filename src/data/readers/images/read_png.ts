import { Buffer } from "node:buffer";
// @ts-types="./pngjs.d.ts"
import pngjs from "pngjs";
import { checkPixels } from "./check_pixels.ts";
import { pngHeader } from "./png_header.ts";

/** The samples of a PNG file. */
export interface PngSamples {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `(height, width, 4)`, red, green, blue, alpha. */
  readonly rgba: Uint8Array | Uint16Array;
}

/**
 * Decodes a PNG file, which has been found to begin as one.
 *
 * @param bytes The whole file.
 * @param keepDepth Gives samples as they are, those of 16 bits in a `Uint16Array`; by default all are scaled to 8 bits.
 * @throws {Error} Where it is damaged, too large or interlaced, or where the decoder falls over it.
 */
export function readPng(bytes: Uint8Array, keepDepth = false): PngSamples {
  const { height, width, interlaced } = pngHeader(bytes);
  checkPixels(height, width);
  // The decoder bounds what it inflates by the image size only where rows are stored in order.
  if (interlaced) throw new Error("interlaced PNG is not read; save it without interlacing");
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { height, width, rgba: pngjs.PNG.sync.read(whole, { skipRescale: keepDepth }).data };
}

/**
 * Red, green and blue of opaque pixels.
 *
 * @param rgba `(height, width, 4)`.
 * @param rgb `(height, width, 3)`: is filled.
 * @throws {Error} Where a pixel is transparent.
 */
export function dropAlpha<Samples extends Uint8Array | Uint16Array>(
  rgba: Uint8Array | Uint16Array,
  rgb: Samples,
): Samples {
  const opaque = 2 ** (8 * rgba.BYTES_PER_ELEMENT) - 1;
  for (let i = 0; i < rgb.length / 3; i++) {
    if (rgba[4 * i + 3] !== opaque) throw new Error("transparent PNG is not read; save it without alpha");
    for (let channel = 0; channel < 3; channel++) rgb[3 * i + channel] = rgba[4 * i + channel]!;
  }
  return rgb;
}
