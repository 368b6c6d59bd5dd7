import type { Claim } from "../golden/claim.ts";
import { formatAllowed, formatDifference, formatMeasured, formatVerdict } from "./format_number.ts";
import { markdownTable } from "./markdown_table.ts";
import type { CellResult, ReproductionResult } from "../runner/results.ts";
import { isMeasured, isShownTable, layoutTables, type TableLayout } from "./table_layout.ts";

/** A table of a reproduction as Markdown lines, under its heading. */
export interface ReproductionTable {
  /** The heading, with what all numbers have in common. */
  readonly heading: string;
  /** The table, in the paper's rows and columns where it has several columns, else one line a cell. */
  readonly lines: readonly string[];
}

/**
 * Lays the cells of a reproduction out as the paper does: its rows and columns, and in each cell the published number,
 * the measured one with its standard error, the difference with what is allowed, and the verdict. Tables of which
 * nothing was measured are left out.
 */
export function reproductionTables(
  reproduction: Pick<ReproductionResult, "cells">,
  claims: readonly Claim[],
): ReproductionTable[] {
  return layoutTables(reproduction, claims).filter(isShownTable)
    .map((table) => ({ heading: table.caption, lines: wideTable(table) }));
}

/** One table of a reproduction as Markdown lines. */
export function wideTable(table: TableLayout): string[] {
  return table.columns.length > 1 ? grid(table) : list(table);
}

function list({ rows }: TableLayout): string[] {
  const measured = rows.flatMap(({ cells }) => cells.filter(isMeasured)).map(({ cell }) => cell);
  return markdownTable(
    ["cell", "published", "measured", "difference", "allowed", "verdict"],
    measured.map((cell) => [
      cell.id,
      cell.published?.text ?? "-",
      formatMeasured(cell),
      formatDifference(cell),
      formatAllowed(cell.tolerance),
      formatVerdict(cell),
    ]),
  );
}

/** The lines that make up one row of the paper. */
const aspects: readonly (readonly [string, (cell: CellResult) => string])[] = [
  ["published", (cell) => cell.published?.text ?? "-"],
  ["measured", formatMeasured],
  ["difference", (cell) => cell.measured === null ? "" : formatDifference(cell)],
  ["allowed", (cell) => formatAllowed(cell.tolerance)],
  ["verdict", (cell) => cell.measured === null ? "" : formatVerdict(cell)],
];

function grid({ columns, rows }: TableLayout): string[] {
  const lines = rows.filter(({ cells }) => cells.some(isMeasured)).flatMap(({ name, cells }) =>
    aspects.map(([aspect, format], i) => [
      i === 0 ? name : "",
      aspect,
      ...cells.map((place) => place === undefined ? (i === 0 ? "-" : "") : format(place.cell)),
    ])
  );
  return markdownTable(["", "", ...columns], lines);
}
