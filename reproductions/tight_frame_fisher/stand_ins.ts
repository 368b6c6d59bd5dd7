import type { LabelledImages } from "../../src/data/labelled_images.ts";
import { deadLeaves } from "../../src/data/stand_ins/dead_leaves.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { drawDigits, type Half, packImages, unpackImages } from "../image_sets.ts";

/** What takes the place of a data set. */
export type StandIn = "digits" | "leaves";

/** Of images with dead leaves: as CIFAR-10. */
const [side, channels, classes] = [32, 3, 10] as const;

/**
 * Images in place of a data set: drawn digits, or dead leaves in colour, where each class has a tint of its own. Drawing takes
 * longer than reading, so all jobs share what is drawn.
 *
 * @returns `(count, channels, height, width)`, and labels of all classes in every ten images.
 */
export async function standInImages(
  kind: StandIn,
  half: Half,
  count: number,
  context: RunContext,
): Promise<LabelledImages> {
  if (kind === "digits") return await drawDigits(half, count, context);
  const bytes = await context.artifact({ deadLeaves: half, count }, [], () => {
    const { images, labels } = leaves(half, count, context);
    return packImages(images, labels);
  });
  return { channels, height: side, width: side, ...unpackImages(bytes, count) };
}

/** Three planes of the same leaves, each scaled by the tint of the class. */
function leaves(half: string, count: number, context: RunContext): Pick<LabelledImages, "images" | "labels"> {
  const pixels = side * side;
  const images = new Uint8Array(count * channels * pixels);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  for (let i = 0; i < count; i++) {
    const { data } = deadLeaves(side, side, context.rng(`tight_frame_fisher/leaves/${half}`, i));
    for (let channel = 0; channel < channels; channel++) {
      const tint = 0.6 + 0.4 * ((labels[i]! >> channel) & 1) - 0.3 * ((labels[i]! >> 3) & 1);
      for (let k = 0; k < pixels; k++) images[(i * channels + channel) * pixels + k] = data[k]! * tint;
    }
  }
  return { images, labels };
}
