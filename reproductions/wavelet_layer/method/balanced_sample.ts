import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/**
 * Rows of a sample with as many of each class, in random order.
 *
 * @param labels Of all images, in 0..9.
 * @param n How many; all images, in their order, where there are no more.
 * @param stream Samples them.
 * @throws {RangeError} Where a class has too few.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../../src/numeric/random/random_stream.ts";
 *
 * const labels = Uint8Array.from({ length: 40 }, (_, row) => row % 10);
 * const rows = balancedSample(labels, 20, randomStream("sample", 0));
 * assertEquals(rows.map((row) => labels[row]!).toSorted(), Uint32Array.from({ length: 20 }, (_, i) => i >> 1));
 * ```
 */
export function balancedSample(labels: Uint8Array, n: number, stream: RandomStream): Uint32Array {
  if (n >= labels.length) return Uint32Array.from(labels.keys());
  const left = new Uint32Array(10).fill(n / 10);
  const rows = stream.permutation(labels.length).filter((row) => {
    const label = labels[row]!;
    if (left[label] === 0) return false;
    left[label]!--;
    return true;
  });
  if (rows.length !== n) {
    throw new RangeError(
      `Cannot sample ${n} images with as many of each class: ${
        left.findIndex((count) => count > 0)
      } has too few, ${rows.length} were found`,
    );
  }
  return rows;
}
