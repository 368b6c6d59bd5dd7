import { largest } from "../../numeric/largest.ts";
import type { CellChange, Comparison } from "./compare_results.ts";
import { displayWidth } from "./display_width.ts";
import { markdownTable } from "./markdown_table.ts";
import { wrapText } from "./wrap_text.ts";

/**
 * A comparison as text: what is not the same about the runs, a table a reproduction of what moved, and one line that sums up. Where a
 * table does not fit the terminal, each cell is written as a sentence.
 *
 * @param comparison What moved.
 * @param columns How many columns the terminal has; `null` where there is none.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const same = { schema: "reproduce-comparison/1", same: true, compared: 3, notes: [], changes: [] } as const;
 * assertEquals(comparisonText(same), "Nothing moved: 3 cells have the same bits.\n");
 * ```
 */
export function comparisonText(
  { notes, changes, compared }: Comparison,
  columns: number | null = null,
): string {
  const wrap = (text: string) => wrapText(text, { columns, rest: "  " });
  const tables = [...Map.groupBy(changes, ({ module }) => module)].map(([reproduction, own]) => {
    const lines = markdownTable(heads, own.map(row));
    return { reproduction, own, lines, width: largest(lines.map(displayWidth)) };
  });
  const isWide = columns === null || tables.every(({ width }) => width <= columns);
  const lines = notes.flatMap(wrap);
  for (const { reproduction, own, lines: table } of tables) {
    const shown = isWide ? table : own.flatMap((change) => sentence(change, columns));
    if (lines.length > 0) lines.push("");
    lines.push(reproduction, "");
    for (const line of shown) lines.push(line);
  }
  if (lines.length > 0) lines.push("");
  lines.push(...wrap(lastLine(changes, compared)));
  return `${lines.join("\n")}\n`;
}

const heads = ["cell", "role", "A", "B", "difference", "in s.e.", "verdict"] as const;

/** What the row of a table says, below the id of the cell. */
function sentence(change: CellChange, columns: number | null): string[] {
  const [cell, role, a, b, difference, errors, verdict] = row(change);
  const parts = [
    `A ${a}`,
    `B ${b}`,
    ...(difference === "" ? [] : [`difference ${difference}${errors === "" ? "" : ` (${errors} s.e.)`}`]),
    `${role} ${verdict}`,
  ];
  return [
    ...wrapText(cell!, { columns, first: "  ", rest: "    " }),
    ...wrapText(parts.join(", "), { columns, first: "    ", rest: "    " }),
  ];
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
