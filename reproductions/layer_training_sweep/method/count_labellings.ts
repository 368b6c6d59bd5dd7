/** The label of an input along half a circle. */
export interface LabelCourse {
  /** The label at the angle 0. */
  readonly positive: boolean;
  /** The angles in (0, pi) at which it changes, in rising order. */
  readonly changes: readonly number[];
}

/**
 * How many labellings some inputs have together on a circle whose opposite points have opposite labels.
 *
 * @param courses The label of each input, at most 30.
 * @param points Counts what so many points at equal angles find, an even number; on every arc by default.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const courses = [{ positive: true, changes: [1] }, { positive: false, changes: [1.1] }];
 * assertEquals([countLabellings(courses), countLabellings(courses, 4)], [4, 2]); // + -, - -, - + and so on
 * ```
 */
export function countLabellings(courses: readonly LabelCourse[], points?: number): number {
  const changes = courses.flatMap(({ changes }, input) =>
    changes.map((angle) => ({ angle, bit: 1 << input }))
  )
    .sort((a, b) => a.angle - b.angle);
  const everyBit = 2 ** courses.length - 1;
  const found = new Set<number>();
  let labels = courses.reduce((bits, { positive }, input) => positive ? bits | 1 << input : bits, 0);
  let passed = 0;
  const look = () => found.add(labels).add(labels ^ everyBit);
  if (points === undefined) {
    look();
    for (const { bit } of changes) {
      labels ^= bit;
      look();
    }
    return found.size;
  }
  for (let point = 0; point < points / 2; point++) {
    const angle = 2 * Math.PI * point / points;
    while (passed < changes.length && changes[passed]!.angle <= angle) labels ^= changes[passed++]!.bit;
    look();
  }
  return found.size;
}
