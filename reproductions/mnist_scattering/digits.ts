import type { LabelledImages } from "../../src/data/labelled_images.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { drawDigits, type Half, type ImageCounts, readImages } from "../image_sets.ts";

/** Bytes of an image. */
export const pixels = 28 * 28;

/** Reads one half of MNIST, or draws its stand-in. */
export async function loadDigits(
  half: Half,
  standIns: ImageCounts | null,
  context: RunContext,
): Promise<LabelledImages> {
  if (standIns !== null) return await drawDigits(half, standIns[half], context);
  return (await readImages("mnist", half, context).next()).value;
}
