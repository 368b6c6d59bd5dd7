import { type VerdictKind, verdictMarks } from "./verdict_kind.ts";

/** What each mark says, in the order in which they are explained. */
const meanings: readonly (readonly [kinds: readonly VerdictKind[], meaning: string])[] = [
  [["agrees", "holds"], "agrees or holds"],
  [["deviates"], "deviates as expected"],
  [["undecided"], "undecided as expected"],
  [["fails"], "fails as expected"],
  [["unexpected"], "not as expected, or its baseline moved"],
  [["stand-in"], "on a stand-in, not judged"],
  [["not-measured"], "not measured"],
];

/**
 * What the marks of some cells mean, those alone.
 *
 * @param kinds The kinds of the cells.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(marksText(["holds", "undecided"]), "✓ agrees or holds, ? undecided as expected");
 * ```
 */
export function marksText(kinds: Iterable<VerdictKind>): string {
  const used = new Set(kinds);
  return meanings.filter(([own]) => own.some((kind) => used.has(kind)))
    .map(([[kind], meaning]) => `${verdictMarks[kind!]} ${meaning}`).join(", ");
}
