/**
 * How well a score finds the items of a concept.
 *
 * @module
 */

/** Items by their scores: groups of one score, the highest first. */
export type Ranking = readonly Uint32Array[];

/** Ranks items by their scores, each a group with those of the same score. */
export function rank(scores: ArrayLike<number>): Ranking {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const groups: Uint32Array[] = [];
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    groups.push(order.subarray(from, to));
    from = to;
  }
  return groups;
}

/**
 * Average precision: the mean, over the positive items, of the share of positives among all items that rank no lower. Items of one
 * score count against the positives among them: a unit that is silent everywhere would be perfect otherwise.
 *
 * @param ranking The items.
 * @param positive Whether each is of the concept.
 * @returns NaN where none is.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(averagePrecision(rank([3, 2, 1]), [true, false, true]), (1 + 2 / 3) / 2);
 * assertEquals(averagePrecision(rank([0, 0]), [true, false]), 0.5);
 * ```
 */
export function averagePrecision(ranking: Ranking, positive: readonly boolean[]): number {
  let found = 0;
  let above = 0;
  let sum = 0;
  for (const group of ranking) {
    above += group.length;
    let own = 0;
    for (const item of group) if (positive[item]) own++;
    for (let k = 1; k <= own; k++) sum += (found + k) / (above - own + k);
    found += own;
  }
  return sum / found;
}

/**
 * The area under the curve of true against false positives: the share of pairs of a positive and another item in which the positive
 * scores higher; equal scores count half.
 *
 * @returns NaN where there are no pairs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(areaUnderCurve(rank([3, 2, 1]), [true, false, true]), 0.5);
 * assertEquals(areaUnderCurve(rank([0, 0]), [true, false]), 0.5);
 * ```
 */
export function areaUnderCurve(ranking: Ranking, positive: readonly boolean[]): number {
  let found = 0;
  let others = 0;
  let sum = 0;
  for (const group of ranking) {
    let own = 0;
    for (const item of group) if (positive[item]) own++;
    const rest = group.length - own;
    sum += rest * (found + own / 2);
    found += own;
    others += rest;
  }
  return sum / (found * others);
}
