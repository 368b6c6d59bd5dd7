import { favourable, type Outcome } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_cells.ts";
import type { CellResult } from "../runner/results.ts";

/** What a reader tells cells apart by: `unexpected` is a verdict that is not the expected one, or a moved baseline. */
export type VerdictKind = Outcome | "unexpected" | "stand-in" | "not-measured";

/** The mark of each kind, which stands beside the word. */
export const verdictMarks: Readonly<Record<VerdictKind, string>> = {
  "agrees": "✓",
  "deviates": "≠",
  "holds": "✓",
  "undecided": "?",
  "fails": "¬",
  "unexpected": "✗",
  "stand-in": "○",
  "not-measured": "–",
};

/**
 * The kind of a cell.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cell = { verdict: "deviates", expect: "deviates", baseline: null } as const;
 * assertEquals(verdictKind(cell), "deviates");
 * assertEquals(verdictKind({ ...cell, expect: "agrees" }), "unexpected");
 * ```
 */
export function verdictKind(cell: Pick<CellResult, "verdict" | "expect" | "baseline">): VerdictKind {
  if (isUnexpected(cell) || cell.baseline?.verdict === "moved") return "unexpected";
  return cell.verdict === "not measured" ? "not-measured" : cell.verdict;
}

/**
 * Whether a cell came out otherwise than is claimed, and its golden row says so and why.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isKnownDeviation({ role: "claim", verdict: "undecided", expect: "undecided" }), true);
 * assertEquals(isKnownDeviation({ role: "claim", verdict: "holds", expect: "holds" }), false);
 * ```
 */
export function isKnownDeviation(
  { role, verdict, expect }: Pick<CellResult, "role" | "verdict" | "expect">,
): boolean {
  return verdict === expect && verdict !== favourable[role];
}
