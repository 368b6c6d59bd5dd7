/**
 * Photographs of Caltech 101 in colour, with the class of each.
 *
 * @module
 */
import { decodeImage } from "../../../src/data/readers/images/decode_image.ts";
import type { RgbImage } from "../../../src/data/readers/images/image.ts";
import { type PhotographChoice, photographClasses } from "../../../src/data/sources/photographs.ts";
import type { DatasetListing, ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import { deadLeaves } from "../../../src/data/stand_ins/dead_leaves.ts";

/** Photographs, as they are to be read. */
export interface LabelledPhotographs extends Reading {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** As many photographs of each class, one class after the other. */
  readonly perClass: number;
  /** Pixels of a side of what stands in, else `null`. */
  readonly side: number | null;
}

/**
 * As many photographs of each class.
 *
 * @param choice Which; the stand-ins have classes of their own.
 */
export function labelledPhotographs(choice: PhotographChoice): Source<LabelledPhotographs> {
  return {
    dataset: "caltech-101",
    resolve(found: DatasetListing) {
      const classes = photographClasses(found, choice);
      const names = classes.map(({ name }) => name);
      const standIn = found.source === "stand-in";
      return {
        dataset: "caltech-101",
        files: classes.flatMap(({ photographs }) => photographs.resolve(found).files),
        classes: names,
        perClass: standIn ? choice.standIns.imagesPerClass : choice.imagesPerClass,
        standIn,
        side: standIn ? choice.standIns.side : null,
      };
    },
  };
}

/** How many photographs there are. */
export function countPhotographs({ classes, perClass }: LabelledPhotographs): number {
  return classes.length * perClass;
}

/**
 * Reads one photograph.
 *
 * @param index Its number: class `floor(index / perClass)`.
 */
export async function readPhotograph(
  reading: LabelledPhotographs,
  index: number,
  context: Pick<ReadContext, "read" | "rng">,
): Promise<RgbImage> {
  const { dataset, files, perClass, side } = reading;
  if (side !== null) return tintedLeaves(side, Math.floor(index / perClass), index, context);
  const name = files[index]!;
  return decodeImage(await context.read({ dataset, name }), name);
}

/** Dead leaves whose three planes are scaled by a tint of the class. */
export function tintedLeaves(
  side: number,
  label: number,
  seed: number,
  { rng }: Pick<ReadContext, "rng">,
): RgbImage {
  const { data: leaves } = deadLeaves(side, side, rng("network_dissection/leaves", seed));
  const data = new Uint8Array(3 * side * side);
  for (let channel = 0; channel < 3; channel++) {
    const tint = 0.4 + 0.6 * ((label >> channel) & 1);
    for (let i = 0; i < side * side; i++) data[3 * i + channel] = leaves[i]! * tint;
  }
  return { height: side, width: side, data };
}
