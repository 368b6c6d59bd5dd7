/**
 * The pictures that the theorems are tried on, as sources: single files of `images` and `textures`, photographs of Caltech 101 and
 * digits.
 *
 * @module
 */
import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import { decodeImage } from "../../../src/data/readers/images/decode_image.ts";
import type { GrayImage } from "../../../src/data/readers/images/image.ts";
import { luma } from "../../../src/data/readers/images/luma.ts";
import { readPgm } from "../../../src/data/readers/images/read_pgm.ts";
import { resize } from "../../../src/data/readers/images/resize.ts";
import { type ImageReading, readImages } from "../../../src/data/sources/labelled_image_sources.ts";
import { type PhotographReading, readPhotographs } from "../../../src/data/sources/photographs.ts";
import type { ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import { deadLeaves } from "../../../src/data/stand_ins/dead_leaves.ts";
import { withoutMean } from "./grid.ts";

/** Files of a data set of single pictures, as they are to be read. */
export interface FileReading extends Reading {
  /** The data set. */
  readonly dataset: "images" | "textures";
  /** The dead-leaves images that stand in where there are no files; else `null`. */
  readonly leaves: { readonly side: number; readonly seeds: readonly number[] } | null;
}

/** Pictures of any source. */
export type PictureReading = FileReading | PhotographReading | ImageReading;

/** Photographs of `images`; the other files are textures. */
export const photographNames = [
  "camera.png",
  "astronaut.png",
  "coffee.png",
  "chelsea.png",
  "rocket.jpg",
  "ascent.png",
  "face.png",
  "coins.png",
] as const;

/** The name of a photograph. */
export type PhotographName = typeof photographNames[number];

/** The textures, with the data set that each stands in. */
export const textureFiles = {
  gravel: { dataset: "images", file: "gravel.png" },
  grass: { dataset: "images", file: "grass.png" },
  brick: { dataset: "images", file: "brick.png" },
  checkerboard: { dataset: "textures", file: "checkerboard.pgm" },
  metal: { dataset: "textures", file: "metal.pgm" },
  nuts: { dataset: "textures", file: "nuts.pgm" },
  reptil_skin: { dataset: "textures", file: "reptil_skin.pgm" },
  sawtooth: { dataset: "textures", file: "sawtooth.pgm" },
  text: { dataset: "textures", file: "text.pgm" },
} as const satisfies Readonly<Record<string, { dataset: FileReading["dataset"]; file: string }>>;

/** The name of a texture. */
export type TextureName = keyof typeof textureFiles;

/** The names of the textures. */
export const textureNames = Object.keys(textureFiles) as readonly TextureName[];

/** The side of what stands in for a picture. */
const standInSide = 128;

/** Files of one data set; each has a seed, which tells what stands in for it from what stands in for another. */
function pictureFiles(
  dataset: FileReading["dataset"],
  files: readonly { readonly file: string; readonly seed: number }[],
): Source<FileReading> {
  return {
    dataset,
    resolve: ({ source }) =>
      source === "stand-in"
        ? {
          dataset,
          files: [],
          standIn: true,
          leaves: { side: standInSide, seeds: files.map(({ seed }) => seed) },
        }
        : { dataset, files: files.map(({ file }) => file), standIn: false, leaves: null },
  };
}

/** Photographs of `images`, as a job declares them. */
export function photographFiles(names: readonly PhotographName[]): Source<FileReading> {
  return pictureFiles("images", names.map((file) => ({ file, seed: photographNames.indexOf(file) })));
}

/**
 * Textures, as a job declares them.
 *
 * @throws {RangeError} Where they stand in different data sets.
 */
export function textureSource(names: readonly TextureName[]): Source<FileReading> {
  const [dataset, ...others] = [...new Set(names.map((name) => textureFiles[name].dataset))];
  if (dataset === undefined || others.length > 0) {
    throw new RangeError(`Cannot read ${names.join(", ")} at once: they must stand in one data set`);
  }
  return pictureFiles(
    dataset,
    names.map((name) => ({
      file: textureFiles[name].file,
      seed: photographNames.length + textureNames.indexOf(name),
    })),
  );
}

/**
 * Reads pictures in grey.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns All pictures of the reading, values in [0, 255]; digits have a margin of two pixels, which makes them 32 x 32.
 */
export async function readPictures(
  reading: PictureReading,
  context: ReadContext,
): Promise<readonly GrayImage[]> {
  if ("half" in reading) return digits(await readImages(reading, context));
  if (reading.dataset === "images" || reading.dataset === "textures") {
    const { dataset, files, leaves } = reading as FileReading;
    if (leaves !== null) {
      const { side, seeds } = leaves;
      return seeds.map((seed) => deadLeaves(side, side, context.rng("scattering_theory/dead leaves", seed)));
    }
    return await Promise.all(files.map(async (name) => {
      const bytes = await context.read({ dataset, name });
      return name.endsWith(".pgm") ? readPgm(bytes, name) : luma(decodeImage(bytes, name));
    }));
  }
  return await Array.fromAsync(readPhotographs(reading as PhotographReading, context));
}

function digits({ count, height, width, images }: LabelledImages): GrayImage[] {
  const margin = 2;
  return Array.from({ length: count }, (_, image) => {
    const data = new Float64Array((height + 2 * margin) * (width + 2 * margin));
    for (let row = 0; row < height; row++) {
      const from = (image * height + row) * width;
      data.set(images.subarray(from, from + width), (row + margin) * (width + 2 * margin) + margin);
    }
    return { height: height + 2 * margin, width: width + 2 * margin, data };
  });
}

/**
 * The square about the centre of a picture on side x side pixels, bilinearly, with mean zero.
 *
 * @returns Of shape (side, side).
 */
export function toSquare({ height, width, data }: GrayImage, side: number): Float64Array {
  const shorter = Math.min(height, width);
  const top = Math.floor((height - shorter) / 2);
  const left = Math.floor((width - shorter) / 2);
  const square = new Float64Array(shorter * shorter);
  for (let row = 0; row < shorter; row++) {
    const from = (top + row) * width + left;
    square.set(data.subarray(from, from + shorter), row * shorter);
  }
  const resized = resize({ height: shorter, width: shorter, data: square }, side, side);
  return withoutMean(resized.data);
}
