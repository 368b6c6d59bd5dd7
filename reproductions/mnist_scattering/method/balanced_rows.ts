import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

const classes = 10;

/**
 * Up to this size training sets are sampled with the same number of each class; beyond it they are the first n digits.
 * The first 300 digits of MNIST have between 21 and 39 of a class, and errors that no balanced set gives.
 */
export const largestSample = 1000;

/**
 * The rows of a balanced training set: from a random digit on, the first n / 10 of each class. Neighbouring digits are
 * by the same writers, so that n of them tell less than n from all over the set; README.md has what that changes.
 *
 * @param labels Of all digits; behind the last one follows the first.
 * @param n A multiple of 10.
 * @param stream Says where to begin.
 * @throws {RangeError} Where a class has fewer than n / 10 digits.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../../src/numeric/random/random_stream.ts";
 *
 * const labels = Uint8Array.from({ length: 50 }, (_, row) => row % 10);
 * const rows = balancedRows(labels, 10, randomStream("sample", 0));
 * assertEquals(Array.from(rows, (row) => (row - rows[0]! + 50) % 50), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 */
export function balancedRows(labels: Uint8Array, n: number, stream: RandomStream): Uint32Array {
  const counts = new Uint32Array(classes);
  const begin = stream.integer(labels.length);
  const rows: number[] = [];
  for (let i = 0; i < labels.length && rows.length < n; i++) {
    const row = (begin + i) % labels.length;
    const label = labels[row]!;
    if (counts[label]! >= n / classes) continue;
    counts[label]!++;
    rows.push(row);
  }
  if (rows.length < n) {
    const label = counts.findIndex((count) => count < n / classes);
    throw new RangeError(
      `Cannot sample ${n} digits: each class must give ${n / classes}: class ${label} has ${counts[label]}`,
    );
  }
  return Uint32Array.from(rows);
}
