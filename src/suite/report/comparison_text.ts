import type { CellChange, Comparison } from "./compare_results.ts";
import { markdownTable } from "./markdown_table.ts";

/**
 * A comparison as text: what is not the same about the runs, a table a reproduction of what moved, and one line that sums up.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const same = { schema: "reproduce-comparison/1", same: true, compared: 3, notes: [], changes: [] } as const;
 * assertEquals(comparisonText(same), "Nothing moved: 3 cells have the same bits.\n");
 * ```
 */
export function comparisonText({ notes, changes, compared }: Comparison): string {
  const lines = [...notes];
  for (const reproduction of new Set(changes.map(({ module }) => module))) {
    const own = changes.filter(({ module }) => module === reproduction);
    lines.push(
      ...(lines.length > 0 ? [""] : []),
      reproduction,
      "",
      ...markdownTable(["cell", "role", "A", "B", "difference", "in s.e.", "verdict"], own.map(row)),
    );
  }
  if (lines.length > 0) lines.push("");
  lines.push(lastLine(changes, compared));
  return `${lines.join("\n")}\n`;
}

function row({ cell, role, a, b, difference, standardErrors, kind }: CellChange): string[] {
  // As many digits as tell the two values apart, and two of the difference.
  const digits = difference === null || difference === 0
    ? 2
    : Math.min(15, Math.max(2, 1 - Math.floor(Math.log10(Math.abs(difference)))));
  const write = (side: CellChange["a"]) =>
    side === null ? "not measured" : side.value === null ? "not finite" : side.value.toFixed(digits);
  const signed = (value: number | null, text: (value: number) => string) =>
    value === null ? "" : `${value < 0 ? "" : "+"}${text(value)}`;
  const verdict = a?.verdict === b?.verdict ? a!.verdict : `${a?.verdict ?? "-"} -> ${b?.verdict ?? "-"}`;
  const counts = a !== null && b !== null && a.count !== b.count ? ` (${a.count} -> ${b.count} values)` : "";
  return [
    cell,
    role,
    write(a),
    write(b),
    signed(difference, (value) => kind === "judged" ? "0" : value.toPrecision(2)),
    signed(standardErrors, (value) => value.toFixed(2)),
    verdict + counts,
  ];
}

function lastLine(changes: readonly CellChange[], compared: number): string {
  if (changes.length === 0) {
    return `Nothing moved: ${compared} ${compared === 1 ? "cell has" : "cells have"} the same bits.`;
  }
  const count = (kind: CellChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  const reach = ({ standardErrors }: CellChange) => Math.abs(standardErrors ?? 0);
  const largest = changes.reduce((most, change) => reach(change) > reach(most) ? change : most);
  const furthest = reach(largest) > 0
    ? `; furthest ${largest.cell}, by ${
      reach(largest).toFixed(2)
    } standard errors of the difference, as of independent runs`
    : "";
  return `${count("moved")} of ${compared} cells moved, ${count("judged")} only judged otherwise, ${
    count("only in A")
  } only in A, ${count("only in B")} only in B${furthest}.`;
}
