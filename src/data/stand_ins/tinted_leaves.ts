import type { RandomStream } from "../../numeric/random/random_stream.ts";
import type { LabelledImages } from "../readers/labelled_images.ts";
import { deadLeaves } from "./dead_leaves.ts";

/** As an image of CIFAR-10. */
const side = 32;
const channels = 3;
const classes = 10;

/**
 * Dead leaves in colour, in place of photographs: three planes of the same leaves, each scaled by the tint of the class.
 *
 * @param half Tells the images to learn from and to test on apart.
 * @param count How many.
 * @param rng Gives the stream of each image.
 * @returns `(count, 3, 32, 32)`, and labels of all classes in every ten images.
 */
export function tintedLeaves(
  half: "train" | "test",
  count: number,
  rng: (label: string, seed: number) => RandomStream,
): Pick<LabelledImages, "images" | "labels"> {
  const pixels = side * side;
  const images = new Uint8Array(count * channels * pixels);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  for (let i = 0; i < count; i++) {
    // The label says which reproduction took them first: another one would give other leaves.
    const { data } = deadLeaves(side, side, rng(`tight_frame_fisher/leaves/${half}`, i));
    for (let channel = 0; channel < channels; channel++) {
      const tint = 0.6 + 0.4 * ((labels[i]! >> channel) & 1) - 0.3 * ((labels[i]! >> 3) & 1);
      for (let k = 0; k < pixels; k++) images[(i * channels + channel) * pixels + k] = data[k]! * tint;
    }
  }
  return { images, labels };
}
