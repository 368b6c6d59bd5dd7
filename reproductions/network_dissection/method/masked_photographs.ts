/**
 * The photographs of coco128 and the concept and colour of every point of a grid on them.
 *
 * @module
 */
import { decodeImage } from "../../../src/data/readers/images/decode_image.ts";
import { decodeMask } from "../../../src/data/readers/images/decode_mask.ts";
import type { GrayImage, RgbImage } from "../../../src/data/readers/images/image.ts";
import { resize } from "../../../src/data/readers/images/resize.ts";
import type { ReadContext, Reading, Source } from "../../../src/data/sources/source.ts";
import { basicColours, nearestColour } from "./colours.ts";
import { tintedLeaves } from "./photographs.ts";
import type { ConceptMasks, Halves } from "./unit_masks.ts";

/** Photographs with masks, as they are to be read. */
export interface MaskedReading extends Reading {
  /** What stands in: as many photographs of so many pixels a side; else `null`. */
  readonly leaves: { readonly images: number; readonly side: number } | null;
}

const dataset = "coco128";
const photographFolder = "images/";
const maskFolder = "semantic_segmentation/masks/";
const namesFile = "semantic_segmentation/config.yaml";

/** All photographs of coco128 and their masks. */
export function maskedPhotographs(
  standIns: { readonly images: number; readonly side: number },
): Source<MaskedReading> {
  return {
    dataset,
    resolve: ({ source, files }) =>
      source === "stand-in" ? { dataset, files: [], standIn: true, leaves: standIns } : {
        dataset,
        files: files.filter((name) =>
          name.startsWith(photographFolder) || name.startsWith(maskFolder) || name === namesFile
        ),
        standIn: false,
        leaves: null,
      },
  };
}

/** Labels go up to this one: the ids of COCO's panoptic categories. */
export const conceptCount = 200;

/** COCO's ids up to this one are things, the others stuff. */
export const lastThing = 90;

/** How many concepts stand-ins have, one after another: both halves of the images have each. */
const standInConcepts = 4;

/** Photographs and what their points show. */
export interface Masked {
  /** Reads photograph `i`. */
  photograph(i: number): Promise<RgbImage>;
  /** How many photographs. */
  readonly count: number;
  /** The names of COCO's categories, by number. */
  readonly names: ReadonlyMap<number, string>;
  /** COCO's category of each point. */
  readonly concepts: ConceptMasks & { readonly count: number };
  /** The basic colour of each point, counted from 1. */
  readonly colours: ConceptMasks & { readonly count: number };
  /** Chosen on COCO's training images and tested on its others; and the other way round. */
  readonly halves: readonly [Halves, Halves];
}

/**
 * Reads masks, and colours of photographs that are shrunk to the grid.
 *
 * @param grid Points of a side.
 * @param side Pixels of a side of the network's input, which the whole photograph is stretched to.
 */
export async function readMasked(
  { files, leaves }: MaskedReading,
  grid: number,
  side: number,
  context: ReadContext,
): Promise<Masked> {
  const names = files.filter((name) => name.startsWith(photographFolder)).sort();
  const count = leaves === null ? names.length : leaves.images;
  const photograph = async (i: number) =>
    leaves === null
      ? decodeImage(await context.read({ dataset, name: names[i]! }), names[i]!)
      : tintedLeaves(leaves.side, i % standInConcepts, i, context);
  const points = grid * grid;
  const concepts = new Uint8Array(count * points);
  const colours = new Uint8Array(count * points);
  for (let i = 0; i < count; i++) {
    const image = await photograph(i);
    const mask = leaves === null
      ? await readMask(names[i]!, context)
      : halfMask(leaves.side, 1 + i % standInConcepts);
    for (let y = 0; y < grid; y++) {
      for (let x = 0; x < grid; x++) {
        const row = Math.floor((y + 0.5) * mask.height / grid);
        const column = Math.floor((x + 0.5) * mask.width / grid);
        concepts[i * points + y * grid + x] = mask.data[row * mask.width + column]!;
      }
    }
    colours.set(gridColours(image, grid), i * points);
  }
  const all = Array.from({ length: count }, (_, i) => i);
  const isTrain = (i: number) =>
    leaves === null ? names[i]!.includes("/train") : Math.floor(i / standInConcepts) % 2 === 0;
  const [train, val] = [all.filter(isTrain), all.filter((i) => !isTrain(i))];
  return {
    photograph,
    count,
    names: leaves === null ? readNames(await context.read({ dataset, name: namesFile })) : new Map(),
    concepts: { grid, side, labels: concepts, count: conceptCount },
    colours: { grid, side, labels: colours, count: basicColours.length },
    halves: [{ choosing: train, tested: val }, { choosing: val, tested: train }],
  };
}

/** The lines `number: name` of the data set's description. */
export function readNames(bytes: Uint8Array): Map<number, string> {
  const lines = new TextDecoder().decode(bytes).matchAll(/^ +(\d+): (.+)$/gm);
  return new Map(Array.from(lines, ([, number, name]) => [Number(number), name!]));
}

async function readMask(
  photograph: string,
  context: ReadContext,
): Promise<Pick<GrayImage, "height" | "width"> & { data: Uint8Array }> {
  const name = photograph.replace(photographFolder, maskFolder).replace(".jpg", ".png");
  const { height, width, data } = decodeMask(await context.read({ dataset, name }), name);
  return { height, width, data };
}

/** A mask whose left half is of a concept. */
function halfMask(side: number, concept: number): { height: number; width: number; data: Uint8Array } {
  const data = Uint8Array.from({ length: side * side }, (_, i) => i % side < side / 2 ? concept : 0);
  return { height: side, width: side, data };
}

function gridColours({ height, width, data }: RgbImage, grid: number): Uint8Array {
  const planes = [0, 1, 2].map((channel) => {
    const plane = Float64Array.from({ length: height * width }, (_, i) => data[3 * i + channel]!);
    return resize({ height, width, data: plane }, grid, grid).data;
  });
  return Uint8Array.from(
    { length: grid * grid },
    (_, i) => 1 + nearestColour([planes[0]![i]!, planes[1]![i]!, planes[2]![i]!]),
  );
}
