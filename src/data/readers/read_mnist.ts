import { DataError } from "../../errors.ts";
import { checkLabels } from "./check_labels.ts";
import type { LabelledImages } from "./labelled_images.ts";
import { readIdx } from "./read_idx.ts";

/**
 * Joins the two files of one half of MNIST.
 *
 * @param images Content of `...-images-idx3-ubyte.gz`.
 * @param labels Content of `...-labels-idx1-ubyte.gz`.
 * @param name Which half, for the error message: `"mnist train"`, say.
 * @throws {DataError} Where a file is not as its format asks, or their counts differ.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 200, 100);
 * const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7);
 * const { width, ...rest } = readMnist(images, labels, "tiny");
 * assertEquals([width, rest.images[0], rest.labels[0]], [2, 200, 7]);
 * ```
 */
export function readMnist(images: Uint8Array, labels: Uint8Array, name: string): LabelledImages {
  const { shape: [count, height, width], data } = readIdx(images, 3, `${name} images`);
  const { data: classes } = readIdx(labels, 1, `${name} labels`);
  if (classes.length !== count) {
    throw new DataError(
      `Cannot read ${name}: ${count} images must have as many labels: there are ${classes.length}`,
    );
  }
  checkLabels(classes, `${name} labels`);
  return { count, channels: 1, height: height!, width: width!, images: data, labels: classes };
}
