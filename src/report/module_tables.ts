import type { Claim } from "../golden/claim.ts";
import { formatAllowed, formatDeviation, formatMeasured, formatVerdict } from "./format_number.ts";
import { markdownTable } from "./markdown_table.ts";
import type { CellResult, ModuleResult } from "../runner/results.ts";

/** The tables of a module as Markdown lines, each under its heading. */
export interface ModuleTable {
  /** The heading, as the golden file names the table. */
  readonly heading: string;
  /** The table, in the paper's rows and columns where it has several columns, else one line a cell. */
  readonly lines: readonly string[];
}

/**
 * Lays the cells of a module out as the paper does: its rows and columns, and in each cell the published number,
 * the measured one with its standard error, the difference with what is allowed, and the verdict. Tables of which
 * nothing was measured are left out.
 */
export function moduleTables(module: ModuleResult, claims: readonly Claim[]): ModuleTable[] {
  const cells = new Map(module.cells.map((cell) => [cell.id, cell]));
  const headings = [...new Set(claims.map((claim) => claim.table))];
  return headings.flatMap((heading) => {
    const placed = claims.filter((claim) => claim.table === heading)
      .map((claim) => ({ claim, cell: cells.get(claim.cell)! }))
      .filter(({ cell }) => cell !== undefined);
    if (placed.every(({ cell }) => cell.measured === null)) return [];
    const columns = new Set(placed.map(({ claim }) => claim.column));
    return [{ heading, lines: columns.size > 1 ? grid(placed) : list(placed) }];
  });
}

interface Placed {
  readonly claim: Claim;
  readonly cell: CellResult;
}

function list(placed: readonly Placed[]): string[] {
  const measured = placed.filter(({ cell }) => cell.measured !== null);
  return markdownTable(
    ["cell", "published", "measured", "difference", "allowed", "verdict"],
    measured.map(({ cell }) => [
      cell.id,
      cell.published?.text ?? "-",
      formatMeasured(cell),
      formatDeviation(cell),
      formatAllowed(cell.tolerance),
      formatVerdict(cell),
    ]),
  );
}

/** The lines that make up one row of the paper. */
const aspects: readonly (readonly [string, (cell: CellResult) => string])[] = [
  ["published", (cell) => cell.published?.text ?? "-"],
  ["measured", formatMeasured],
  ["difference", (cell) => cell.measured === null ? "" : formatDeviation(cell)],
  ["allowed", (cell) => formatAllowed(cell.tolerance)],
  ["verdict", (cell) => cell.measured === null ? "" : formatVerdict(cell)],
];

function grid(placed: readonly Placed[]): string[] {
  const rows = [...new Set(placed.map(({ claim }) => claim.row))];
  const columns = columnOrder(
    rows.map((row) => placed.filter(({ claim }) => claim.row === row).map(({ claim }) => claim.column)),
  );
  const lines = rows.flatMap((row) => {
    const inRow = columns.map((column) =>
      placed.find(({ claim }) => claim.row === row && claim.column === column)?.cell
    );
    if (inRow.every((cell) => cell === undefined || cell.measured === null)) return [];
    return aspects.map(([aspect, format], i) => [
      i === 0 ? row : "",
      aspect,
      ...inRow.map((cell) => cell === undefined ? (i === 0 ? "-" : "") : format(cell)),
    ]);
  });
  return markdownTable(["", "", ...columns], lines);
}

/** The columns of all rows in one order: one that only some rows have goes behind its neighbour there. */
function columnOrder(rows: readonly (readonly string[])[]): string[] {
  const order: string[] = [];
  for (const row of rows) {
    row.forEach((column, i) => {
      if (!order.includes(column)) order.splice(i === 0 ? 0 : order.indexOf(row[i - 1]!) + 1, 0, column);
    });
  }
  return order;
}
