import { DataError } from "../../../errors.ts";
import { checkPixels } from "./check_pixels.ts";
import type { GrayImage } from "./image.ts";

/** A grey image with the value that stands for white. */
export interface PgmImage extends GrayImage {
  /** The largest value that the file may hold, 1..65535. */
  readonly maxValue: number;
}

/** Longer headers are no plain images; those of the textures have 57 bytes. */
const longestHeader = 4096;

/**
 * Reads a PGM file of raw samples (netpbm, "P5"): width, height and the largest value in decimal, with white space and comments from
 * `#` to the end of the line between them, one white-space character, and the samples, of two bytes each, the
 * higher first, where the largest value is above 255.
 *
 * @param bytes The whole file, one image.
 * @param name The file's name for the error message.
 * @returns `(height, width)`, values in 0..maxValue as they stand in the file.
 * @throws {DataError} Where it is something else, truncated, followed by other bytes, or a sample is above the largest value.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = Uint8Array.of(...new TextEncoder().encode("P5\n# tiny\n2 1\n255\n"), 7, 200);
 * const { height, width, data } = readPgm(file, "tiny.pgm");
 * assertEquals([height, width, ...data], [1, 2, 7, 200]);
 * ```
 */
export function readPgm(bytes: Uint8Array, name: string): PgmImage {
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${reason}`);
  };
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, longestHeader));
  if (!head.startsWith("P5")) fail("a PGM file of raw samples must begin with P5");
  const header = /^P5((?:\s|#[^\n\r]*[\n\r])+\d+){3}\s/.exec(head)?.[0];
  if (header === undefined) return fail("its header must have width, height and largest value after P5");
  const [width, height, maxValue] = header.slice(2).replaceAll(/#[^\n\r]*/g, " ").trim().split(/\s+/)
    .map(Number) as [number, number, number];
  try {
    checkPixels(height, width);
  } catch (error) {
    fail((error as Error).message);
  }
  if (maxValue < 1 || maxValue > 65_535) {
    fail(`its largest value must be in 1..65535: current value is ${maxValue}`);
  }
  const bytesOfSample = maxValue < 256 ? 1 : 2;
  const size = header.length + height * width * bytesOfSample;
  if (bytes.length !== size) {
    fail(`a picture of ${height}x${width} must have ${size} bytes: current size is ${bytes.length}`);
  }
  const samples = bytes.subarray(header.length);
  const data = bytesOfSample === 1
    ? Float64Array.from(samples)
    : Float64Array.from({ length: height * width }, (_, i) => 256 * samples[2 * i]! + samples[2 * i + 1]!);
  const above = data.find((value) => value > maxValue);
  if (above !== undefined) fail(`its samples must be at most ${maxValue}: one is ${above}`);
  return { height, width, maxValue, data };
}
