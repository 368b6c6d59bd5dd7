import { DataError } from "../../errors.ts";
import { checkLabels } from "./check_labels.ts";
import type { LabelledImages } from "./labelled_images.ts";

const side = 32;
const channels = 3;
const pixels = channels * side * side;

/**
 * Reads a batch of CIFAR-10 in its binary version: records of one label byte and 3,072 bytes, the red plane, the
 * green and the blue one, each row-major.
 *
 * @param bytes The whole file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where it is not a whole number of records, empty, or a label is above 9.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { labels, images } = readCifar10(new Uint8Array(2 * 3073).fill(5), "batch.bin");
 * assertEquals([...labels], [5, 5]);
 * assertEquals(images.length, 2 * 3 * 32 * 32);
 * ```
 */
export function readCifar10(bytes: Uint8Array, name: string): LabelledImages {
  const record = 1 + pixels;
  if (bytes.length === 0 || bytes.length % record !== 0) {
    throw new DataError(
      `Cannot read ${name}: its size must be a multiple of ${record} bytes: current size is ${bytes.length}`,
    );
  }
  const count = bytes.length / record;
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = bytes[i * record]!;
    images.set(bytes.subarray(i * record + 1, (i + 1) * record), i * pixels);
  }
  checkLabels(labels, name);
  return { count, channels, height: side, width: side, images, labels };
}
