/**
 * Single pictures of a data set as a source: which files a job declares, and how they are read.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = pictures("images", photographsOfImages.slice(0, 1), { side: 64, seeds: [0] });
 * assertEquals(source.resolve({ source: "folder", files: ["ascent.png"] }).files, ["ascent.png"]);
 * ```
 *
 * @module
 */
import { decodeImage } from "../readers/images/decode_image.ts";
import type { GrayImage } from "../readers/images/image.ts";
import { luma } from "../readers/images/luma.ts";
import { deadLeaves } from "../stand_ins/dead_leaves.ts";
import type { ReadContext, Reading, Source } from "./source.ts";

/** The photographs among the files of the data set `images`; the others are textures. */
export const photographsOfImages: readonly string[] = [
  "ascent.png",
  "astronaut.png",
  "camera.png",
  "chelsea.png",
  "coffee.png",
  "coins.png",
  "face.png",
  "rocket.jpg",
];

/** Square dead-leaves images that stand in for pictures. */
export interface LeavesStandIn {
  /** Pixels of a side. */
  readonly side: number;
  /** One for each image. */
  readonly seeds: readonly number[];
}

/** Pictures, as they are to be read. */
export interface PictureReading extends Reading {
  /** What is synthesised where there are no files; else `null`. */
  readonly leaves: LeavesStandIn | null;
}

/**
 * Pictures, as a job declares them.
 *
 * @param dataset The data set.
 * @param files Its files; those that are not at hand are left out.
 * @param standIns What stands in for them.
 */
export function pictures(
  dataset: string,
  files: readonly string[],
  standIns: LeavesStandIn,
): Source<PictureReading> {
  return {
    dataset,
    resolve: ({ source, files: found }) =>
      source === "stand-in"
        ? { dataset, files: [], standIn: true, leaves: standIns }
        : { dataset, files: files.filter((name) => found.includes(name)), standIn: false, leaves: null },
  };
}

/**
 * Reads pictures, one after another, in grey.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns The luma of the 8-bit RGB samples at the size of the file, values in [0, 255].
 * @throws {DataError} Where a file cannot be decoded.
 */
export async function* readPictures(
  { dataset, files, leaves }: PictureReading,
  context: Pick<ReadContext, "read" | "rng">,
): AsyncGenerator<GrayImage> {
  for (const name of files) yield luma(decodeImage(await context.read({ dataset, name }), name));
  for (const seed of leaves?.seeds ?? []) {
    yield deadLeaves(leaves!.side, leaves!.side, context.rng("pictures/dead leaves", seed));
  }
}

/**
 * The square of pixels about the centre of a picture, as they are.
 *
 * @param side Of the square.
 * @returns `(side, side)`.
 * @throws {RangeError} Where the picture is smaller.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const row = { height: 1, width: 4, data: Float64Array.of(1, 2, 3, 4) };
 * assertEquals([...centreSquare(row, 1)], [2]);
 * ```
 */
export function centreSquare({ height, width, data }: GrayImage, side: number): Float64Array {
  if (height < side || width < side) {
    throw new RangeError(
      `Cannot take a square of ${side} pixels out of a picture: it must have as many rows and columns: it has ${height}x${width}`,
    );
  }
  const top = Math.floor((height - side) / 2);
  const left = Math.floor((width - side) / 2);
  const square = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    const from = (top + row) * width + left;
    square.set(data.subarray(from, from + side), row * side);
  }
  return square;
}
