/**
 * Photographs of Caltech 101 whose classes ImageNet has as well, in colour.
 *
 * @module
 */
import { decodeImage } from "../../data/readers/images/decode_image.ts";
import type { RgbImage } from "../../data/readers/images/image.ts";
import { photographClasses, type PhotographReading } from "../../data/sources/photographs.ts";
import type { DatasetListing, ReadContext, Source } from "../../data/sources/source.ts";
import { deadLeaves } from "../../data/stand_ins/dead_leaves.ts";
import { caltechClasses } from "./caltech_classes.ts";

/** A class of photographs with what a network may call it. */
export interface NamedPhotographs {
  /** The name of its folder, or the number of a class of stand-ins. */
  readonly name: string;
  /** Classes of ImageNet, counted from 0 in the order of the networks: one that means the same, or several kinds of it. */
  readonly ids: readonly number[];
  /** Whether there is one class that means the same. */
  readonly exact: boolean;
  /** The photographs, as a job declares them. */
  readonly photographs: Source<PhotographReading>;
}

/** Which photographs are taken, and what stands in for them. */
export interface ClassPhotographChoice {
  /** How many of each class, evenly among the 30 that this project knows. */
  readonly imagesPerClass: number;
  /** Classes, images of each and pixels of a side where the data set is not at hand. */
  readonly standIns: { readonly classes: number; readonly imagesPerClass: number; readonly side: number };
}

/** Classes of ImageNet. */
const imageNetClasses = 1000;

/** Images of each class in `caltech_101_files.csv`. */
const known = 30;

/**
 * The classes of Caltech 101 that ImageNet has as well, in the order of the listing, or those that stand in for them: any second
 * class from `i` on is right for stand-in `i`, so that a network of random filters is right now and then.
 *
 * @param found The data set as it was found.
 * @param choice Which photographs of each class are taken.
 */
export function classPhotographs(
  found: DatasetListing,
  { imagesPerClass, standIns }: ClassPhotographChoice,
): NamedPhotographs[] {
  const classes = photographClasses(found, { imagesPerClass: known, standIns });
  return classes.flatMap(({ name, photographs }, i): NamedPhotographs[] => {
    const names = found.source === "stand-in" ? { ids: everySecond(i), exact: true } : caltechClasses[name];
    if (names === undefined) return [];
    const resolve = (listing: DatasetListing) => {
      const reading = photographs.resolve(listing);
      return { ...reading, files: evenly(reading.files, imagesPerClass) };
    };
    return [{ name, ...names, photographs: { dataset: photographs.dataset, resolve } }];
  });
}

function everySecond(first: number): number[] {
  return Array.from({ length: imageNetClasses / 2 }, (_, k) => (first + 2 * k) % imageNetClasses);
}

function evenly(names: readonly string[], count: number): readonly string[] {
  if (names.length <= count) return names;
  return Array.from({ length: count }, (_, i) => names[Math.floor(i * names.length / count)]!);
}

/**
 * Reads photographs, one after another, in colour.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns The 8-bit samples at the size of the file; stand-ins are dead leaves in a tint of their own.
 * @throws {DataError} Where a file cannot be decoded.
 */
export async function* readInColour(
  { dataset, files, leaves }: PhotographReading,
  context: Pick<ReadContext, "read" | "rng">,
): AsyncGenerator<RgbImage> {
  for (const name of files) yield decodeImage(await context.read({ dataset, name }), name);
  for (const seed of leaves?.seeds ?? []) {
    const stream = context.rng("class photographs/dead leaves", seed);
    const { height, width, data } = deadLeaves(leaves!.side, leaves!.side, stream);
    const tint = Array.from({ length: 3 }, () => 0.4 + 0.6 * stream.uniform());
    const samples = Uint8Array.from(
      { length: 3 * data.length },
      (_, i) => tint[i % 3]! * data[Math.floor(i / 3)]!,
    );
    yield { height, width, data: samples };
  }
}
