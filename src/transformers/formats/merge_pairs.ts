/** What two tokens become, and how much that is wanted. */
export interface Joined {
  readonly token: number;
  readonly score: number;
}

/** A join that was possible when it was found: it still is where both tokens stand as they did. */
interface Candidate extends Joined {
  readonly left: number;
  readonly leftToken: number;
  readonly right: number;
  readonly rightToken: number;
}

/**
 * Byte-pair encoding by scores, as sentencepiece does it: of all neighbours that can be joined, those of the largest
 * score are, the first of equals first, until there are none. A heap of candidates makes it n log n.
 *
 * @param tokens What to begin with.
 * @param join What two neighbours become; `null` where they cannot be joined.
 * @returns The tokens that are left.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // 1 and 1 make 2, 2 and 1 make 3; the former is wanted more.
 * const join = (a: number, b: number) => b === 1 && a < 3 ? { token: a + 1, score: -a } : null;
 * assertEquals(mergePairs([1, 1, 1, 1, 1], join), Int32Array.of(2, 3));
 * ```
 */
export function mergePairs(
  tokens: readonly number[],
  join: (left: number, right: number) => Joined | null,
): Int32Array {
  const current = Int32Array.from(tokens);
  const gone = new Uint8Array(tokens.length);
  const next = Int32Array.from(tokens, (_, i) => i + 1);
  const previous = Int32Array.from(tokens, (_, i) => i - 1);
  const heap = new Heap();
  const propose = (left: number): void => {
    const right = left < 0 ? tokens.length : next[left]!;
    if (right >= tokens.length) return;
    const joined = join(current[left]!, current[right]!);
    if (joined === null) return;
    heap.push({ ...joined, left, leftToken: current[left]!, right, rightToken: current[right]! });
  };
  for (let left = 0; left < tokens.length; left++) propose(left);
  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const { left, right, token } = best;
    const isStale = gone[left] === 1 || next[left] !== right || current[left] !== best.leftToken ||
      current[right] !== best.rightToken;
    if (isStale) continue;
    current[left] = token;
    gone[right] = 1;
    next[left] = next[right]!;
    if (next[left]! < tokens.length) previous[next[left]!] = left;
    propose(previous[left]!);
    propose(left);
  }
  return current.filter((_, i) => gone[i] === 0);
}

/** A binary heap: the largest score on top, of equals the first position. */
class Heap {
  readonly #items: Candidate[] = [];

  push(item: Candidate): void {
    let at = this.#items.length;
    this.#items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(item, this.#items[above]!)) break;
      this.#items[at] = this.#items[above]!;
      at = above;
    }
    this.#items[at] = item;
  }

  pop(): Candidate | undefined {
    const top = this.#items[0];
    const last = this.#items.pop();
    if (top === undefined || this.#items.length === 0) return top;
    let at = 0;
    while (true) {
      let below = 2 * at + 1;
      if (below >= this.#items.length) break;
      if (below + 1 < this.#items.length && isBefore(this.#items[below + 1]!, this.#items[below]!)) below++;
      if (!isBefore(this.#items[below]!, last!)) break;
      this.#items[at] = this.#items[below]!;
      at = below;
    }
    this.#items[at] = last!;
    return top;
  }
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.score > b.score || (a.score === b.score && a.left < b.left);
}
