/** Which of the tested items a classifier got wrong: plain data that a job's result can hold. */
export interface Mistakes {
  /** How many items were tested. */
  readonly tested: number;
  /** One bit an item, 1 where it is wrong, from the lowest bit of the first byte on; base64. */
  readonly wrong: string;
}

/**
 * Compares found labels with true ones, and keeps which differ: two classifiers that were tested on the same items can then be
 * compared item by item.
 *
 * @param found The labels that a classifier gave.
 * @param labels The true ones.
 * @throws {RangeError} Where there are not as many of both.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const mistakes = mistakesOf([1, 2, 3], [1, 0, 0]);
 * assertEquals([mistakes.tested, countMistakes(mistakes)], [3, 2]);
 * ```
 */
export function mistakesOf(found: ArrayLike<number>, labels: ArrayLike<number>): Mistakes {
  if (found.length !== labels.length) {
    throw new RangeError(
      `Cannot compare labels: there must be as many found as true ones: ${found.length} and ${labels.length}`,
    );
  }
  const bits = new Uint8Array(Math.ceil(found.length / 8));
  for (let i = 0; i < found.length; i++) if (found[i] !== labels[i]) bits[i >> 3]! |= 1 << (i & 7);
  return { tested: found.length, wrong: bits.toBase64() };
}

/** Whether each tested item is wrong: 1 or 0. */
export function wrongItems({ tested, wrong }: Mistakes): Uint8Array {
  const bits = Uint8Array.fromBase64(wrong);
  return Uint8Array.from({ length: tested }, (_, i) => (bits[i >> 3]! >> (i & 7)) & 1);
}

/** How many items are wrong. */
export function countMistakes(mistakes: Mistakes): number {
  return wrongItems(mistakes).reduce((sum, wrong) => sum + wrong, 0);
}
