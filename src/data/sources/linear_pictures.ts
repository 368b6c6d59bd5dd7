/**
 * Pictures whose samples are linear in light (Kyoto's natural images) as a source.
 *
 * @module
 */
import { decodeDeepImage } from "../readers/images/decode_deep_image.ts";
import type { GrayImage } from "../readers/images/image.ts";
import { deadLeaves } from "../stand_ins/dead_leaves.ts";
import type { LeavesStandIn, PictureReading } from "./pictures.ts";
import type { ReadContext, Source } from "./source.ts";

/** Which of the pictures of a data set: those that are learnt from, or those that are held out. */
export type PicturePart = "learnt from" | "held out";

/** Every so many pictures, one is held out. */
const heldOutEvery = 6;

/**
 * The pictures of a data set: in the order of their names every sixth is held out.
 *
 * @param dataset The data set.
 * @param part Which of them.
 * @param standIns What stands in for them, of this part alone.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const found = { source: "folder", files: ["thumb/a.png", "thumb/b.png"] } as const;
 * const heldOut = linearPictures("kyoto_natim", "held out", { side: 64, seeds: [0] });
 * assertEquals(heldOut.resolve(found).files, ["thumb/a.png"]);
 * ```
 */
export function linearPictures(
  dataset: string,
  part: PicturePart,
  standIns: LeavesStandIn,
): Source<PictureReading> {
  return {
    dataset,
    resolve({ source, files }) {
      if (source === "stand-in") return { dataset, files: [], standIn: true, leaves: standIns };
      const pictures = files.filter((name) => name.endsWith(".png"));
      const isHeldOut = (i: number) => i % heldOutEvery === 0;
      return {
        dataset,
        files: pictures.filter((_, i) => isHeldOut(i) === (part === "held out")),
        standIn: false,
        leaves: null,
      };
    },
  };
}

/**
 * Reads pictures, one after another, in grey.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns The square root of the mean of the three 16-bit samples over their largest value, in [0, 1]: about as cameras encode light.
 * @throws {DataError} Where a file is no PNG file of 16-bit RGB.
 */
export async function* readLinearPictures(
  { dataset, files, leaves }: PictureReading,
  context: Pick<ReadContext, "read" | "rng">,
): AsyncGenerator<GrayImage> {
  for (const name of files) {
    const { height, width, data } = decodeDeepImage(await context.read({ dataset, name }), name);
    const grey = Float64Array.from({ length: height * width }, (_, i) => {
      return Math.sqrt((data[3 * i]! + data[3 * i + 1]! + data[3 * i + 2]!) / (3 * 65_535));
    });
    yield { height, width, data: grey };
  }
  for (const seed of leaves?.seeds ?? []) {
    yield deadLeaves(leaves!.side, leaves!.side, context.rng("pictures/dead leaves", seed));
  }
}
