import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";

/** What pixels of no ink and of most ink become: of mean about 0 and variance about 1 over digits (LeCun et al. 1998, section II.B). */
const background = -0.1;
const foreground = 1.175;

/**
 * Digits in the middle of a larger square of background, as inputs: (side, side, 1).
 *
 * @param images Grey digits in 0..255, 0 the background.
 * @param side Of the square, at least that of the digits.
 * @param count The first so many; all where there are fewer.
 */
export function paddedDigits(
  { height, width, images, labels }: LabelledImages,
  side: number,
  count = Infinity,
): DataSet {
  const chosen = Math.min(count, labels.length);
  const above = Math.floor((side - height) / 2);
  const before = Math.floor((side - width) / 2);
  const inputs = new Float32Array(chosen * side * side).fill(background);
  for (let i = 0; i < chosen; i++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const ink = images[(i * height + y) * width + x]! / 255;
        inputs[(i * side + above + y) * side + before + x] = background + (foreground - background) * ink;
      }
    }
  }
  return { shape: [side, side, 1], inputs, labels: labels.subarray(0, chosen) };
}
