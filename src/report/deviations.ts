import type { Claim } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_module.ts";
import type { ModuleResult } from "../runner/results.ts";

/** Something that a reader must not miss: cells that share one reason. */
export interface Finding {
  /** What is wrong or known about the cells. */
  readonly text: string;
  /** The cells. */
  readonly cells: readonly string[];
}

/** The deviations of a module, cells with the same reason together: unexpected ones first, then known ones. */
export function findingsOf(
  module: Pick<ModuleResult, "id" | "cells" | "digestVerdict">,
  claims: readonly Claim[],
): Finding[] {
  const because = new Map(claims.map((claim) => [claim.cell, claim.because]));
  const groups = new Map<string, string[]>();
  const add = (text: string, cell: string) => groups.set(text, [...(groups.get(text) ?? []), cell]);
  for (const cell of module.cells) {
    if (cell.baseline?.verdict === "moved") add("moved from the accepted baseline", cell.id);
    if (!isUnexpected(cell)) continue;
    add(
      cell.verdict === "deviates"
        ? "deviates, and the golden file expects agreement"
        : "agrees, and the golden file expects a deviation",
      cell.id,
    );
  }
  if (module.digestVerdict === "moved") {
    add("the digest over all measured values differs from the accepted one", module.id);
  }
  for (const { id, verdict, expect } of module.cells) {
    if (verdict !== "deviates" || expect !== "deviates") continue;
    add(`deviates as expected: ${because.get(id) ?? "no golden row gives a reason"}`, id);
  }
  return [...groups].map(([text, cells]) => ({ text, cells }));
}
