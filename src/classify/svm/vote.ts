/**
 * The class with the most votes, as LIBSVM counts them: of each pair the first class has the vote where the decision
 * is positive, else the second; of classes with equally many votes the first wins.
 *
 * @param decisions Of the pairs (0, 1), (0, 2), ..., (1, 2), ...
 * @param classes The number of classes.
 * @returns The number of the class.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(vote([-1, 1, 0.5], 3), 1);
 * assertEquals(vote([1, -1, 1], 3), 0); // one vote each
 * assertEquals(vote([0], 2), 1);
 * ```
 */
export function vote(decisions: ArrayLike<number>, classes: number): number {
  const votes = new Uint16Array(classes);
  let pair = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = i + 1; j < classes; j++) votes[decisions[pair++]! > 0 ? i : j]!++;
  }
  return votes.indexOf(Math.max(...votes));
}
