import type { LabelledImages } from "../../src/data/labelled_images.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { drawDigits, type Half, type ImageCounts, type ImageSet, readImages } from "../image_sets.ts";

/** Images with their classes. */
export type Images = Pick<LabelledImages, "images" | "labels">;

/** Reads one half of a data set; drawn digits stand in for either. */
export async function loadImages(
  dataset: ImageSet,
  half: Half,
  standIns: ImageCounts | null,
  context: RunContext,
): Promise<Images> {
  if (standIns !== null) return await drawDigits(half, standIns[half], context);
  const batches = await Array.fromAsync(readImages(dataset, half, context));
  return {
    images: joined(batches.map(({ images }) => images)),
    labels: joined(batches.map(({ labels }) => labels)),
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
