import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import type { PixelStatistics } from "../../../src/data/sources/pixel_statistics.ts";
import type { DataSet } from "../../../src/nn/data_set.ts";

/** Images as inputs of a network; labels of bytes, as features have them. */
export interface Inputs extends DataSet {
  /** The class of each input. */
  readonly labels: Uint8Array;
}

/**
 * The places of the first so many images of each class, in the order in which they stand.
 *
 * @throws {RangeError} Where a class has fewer.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(firstOfEachClass(Uint8Array.of(1, 0, 1, 0), { classes: 2, perClass: 1 }), [0, 1]);
 * ```
 */
export function firstOfEachClass(
  labels: Uint8Array,
  { classes, perClass }: { readonly classes: number; readonly perClass: number },
): number[] {
  const counts = new Uint32Array(classes);
  const chosen = Array.from(labels.keys()).filter((i) => counts[labels[i]!]!++ < perClass);
  const fewest = counts.indexOf(Math.min(...counts));
  if (counts[fewest]! < perClass) {
    throw new RangeError(
      `Cannot take ${perClass} images of each class: there must be as many: class ${fewest} has ${
        counts[fewest]
      }`,
    );
  }
  return chosen;
}

/**
 * The chosen images as inputs, (x - mean) / deviation with x in [0, 1], channels last.
 *
 * @param rows Which images, in which order; all by default.
 */
export function inputsOf(
  { channels, height, width, images, labels }: LabelledImages,
  { mean, deviation }: PixelStatistics,
  rows: readonly number[] = Array.from(labels.keys()),
): Inputs {
  const places = height * width;
  const size = channels * places;
  const inputs = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    for (let c = 0; c < channels; c++) {
      for (let place = 0; place < places; place++) {
        const value = images[row * size + c * places + place]! / 255;
        inputs[i * size + place * channels + c] = (value - mean) / deviation;
      }
    }
  }
  return { shape: [height, width, channels], inputs, labels: Uint8Array.from(rows, (row) => labels[row]!) };
}
