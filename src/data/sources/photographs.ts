/**
 * Photographs that stand in one folder a class (Caltech 101) as sources: which of them a job declares, and how they are read.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const files = [1, 2, 3].map((number) => `101_ObjectCategories/ant/image_000${number}.jpg`);
 * const standIns = { classes: 1, imagesPerClass: 1, side: 128 };
 * const [ant] = photographClasses({ source: "folder", files }, { imagesPerClass: 2, standIns });
 * assertEquals([ant!.name, ant!.photographs.resolve({ source: "folder", files }).files], ["ant", files.slice(0, 2)]);
 * ```
 *
 * @module
 */
import { decodeImage } from "../readers/images/decode_image.ts";
import type { GrayImage } from "../readers/images/image.ts";
import { luma } from "../readers/images/luma.ts";
import { deadLeaves } from "../stand_ins/dead_leaves.ts";
import type { DatasetListing, ReadContext, Reading, Source } from "./source.ts";

/** The id of the data set. */
const dataset = "caltech-101";

/** Photographs of one class, as they are to be read. */
export interface PhotographReading extends Reading {
  /** What is synthesised where there are no files: square dead-leaves images, one for each seed; else `null`. */
  readonly leaves: { readonly side: number; readonly seeds: readonly number[] } | null;
}

/** Photographs of one class, as a job declares them. */
export type PhotographSource = Source<PhotographReading>;

/** A class and its photographs. */
export interface PhotographClass {
  /** The name of its folder, or the number of a class of stand-ins. */
  readonly name: string;
  /** Those of its photographs that were chosen. */
  readonly photographs: PhotographSource;
}

/** Which photographs are taken. */
export interface PhotographChoice {
  /**
   * How many of a class: the files of number floor(i n / imagesPerClass) of its n files in the order of their names. These are
   * the same images on every copy of the data set; a class that has no more gives all.
   */
  readonly imagesPerClass: number;
  /** What stands in where the data set is not at hand: classes, images of each, and the pixels of a side. */
  readonly standIns: { readonly classes: number; readonly imagesPerClass: number; readonly side: number };
}

/**
 * The classes of Caltech 101, or those that stand in for them.
 *
 * @param found The data set as it was found: one class for each folder, in the order of the listing.
 * @param choice Which photographs of each class are taken.
 */
export function photographClasses(found: DatasetListing, choice: PhotographChoice): PhotographClass[] {
  if (found.source === "stand-in") return standInClasses(choice.standIns);
  const folders = Map.groupBy(found.files, (name) => name.slice(0, name.lastIndexOf("/")));
  return [...folders].map(([folder, names]) => {
    const files = pickEvenly(names, choice.imagesPerClass);
    return {
      name: folder.split("/").at(-1)!,
      photographs: { dataset, resolve: () => ({ dataset, files, standIn: false, leaves: null }) },
    };
  });
}

function standInClasses({ classes, imagesPerClass, side }: PhotographChoice["standIns"]): PhotographClass[] {
  return Array.from({ length: classes }, (_, number) => {
    const seeds = Array.from({ length: imagesPerClass }, (_, image) => imagesPerClass * number + image);
    const leaves = { side, seeds };
    return {
      name: `stand-in-${number}`,
      photographs: { dataset, resolve: () => ({ dataset, files: [], standIn: true, leaves }) },
    };
  });
}

function pickEvenly(names: readonly string[], count: number): readonly string[] {
  if (names.length <= count) return names;
  return Array.from({ length: count }, (_, i) => names[Math.floor(i * names.length / count)]!);
}

/**
 * Reads photographs, one after another, in grey.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns The luma of the 8-bit RGB samples at the size of the file, values in [0, 255].
 * @throws {DataError} Where a file cannot be decoded.
 */
export async function* readPhotographs(
  { files, leaves }: PhotographReading,
  context: Pick<ReadContext, "read" | "rng">,
): AsyncGenerator<GrayImage> {
  for (const name of files) yield luma(decodeImage(await context.read({ dataset, name }), name));
  if (leaves === null) return;
  // The label names the reproduction that these images were first made for; another label would make other images.
  for (const seed of leaves.seeds) {
    yield deadLeaves(leaves.side, leaves.side, context.rng("scattering_energy/dead leaves", seed));
  }
}
