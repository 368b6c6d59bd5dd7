import { isUnexpected } from "../runner/judge_module.ts";
import type { CellResult } from "../runner/results.ts";

/** What a reader tells cells apart by: `unexpected` is a verdict that is not the expected one, or a moved baseline. */
export type VerdictKind = "agrees" | "deviates" | "unexpected" | "stand-in" | "not-measured";

/** The mark of each kind, which stands beside the word. */
export const verdictMarks: Readonly<Record<VerdictKind, string>> = {
  "agrees": "✓",
  "deviates": "≠",
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
