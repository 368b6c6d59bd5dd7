/**
 * The words that a mistyped one may stand for: those that the fewest changes lead to, the nearest first, as long as these are no more
 * than a third of its letters.
 *
 * @param word What was typed.
 * @param known What it can be.
 * @param most How many are wanted at most.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearest("--celll", ["--fresh", "--shard", "--cell"], 1), ["--cell"]);
 * assertEquals(nearest("--x", ["--fresh"], 1), []);
 * ```
 */
export function nearest(word: string, known: Iterable<string>, most: number): string[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  // Words that differ more in length are farther apart, however long they are.
  const near = [...known].filter((other) => Math.abs(other.length - word.length) <= limit);
  return near.map((other) => ({ other, changes: editDistance(word, other) }))
    .filter(({ changes }) => changes <= limit)
    .toSorted((a, b) => a.changes - b.changes)
    .slice(0, most).map(({ other }) => other);
}

/** How many letters have to be put in, taken out or replaced to make one word of another (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
