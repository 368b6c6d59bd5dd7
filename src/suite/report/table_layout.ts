import type { Claim } from "../golden/claim.ts";
import type { CellResult, ReproductionResult } from "../runner/results.ts";

/** A cell in its place. */
export interface PlacedCell {
  /** What is claimed of it; `null` where the golden file has no row of this id. */
  readonly claim: Claim | null;
  /** What was found. */
  readonly cell: CellResult;
}

/** A table of a paper: its rows and columns, and the cell in each place. */
export interface TableLayout {
  /** The heading, as the golden file names the table. */
  readonly heading: string;
  /** The heading with what all numbers of the table have in common: their quantity with its unit, or the unit alone. */
  readonly caption: string;
  /** The heads of the columns; a table of one column is a list of cells. */
  readonly columns: readonly string[];
  /** The rows: as many places as columns, `undefined` where the paper prints nothing. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly (PlacedCell | undefined)[] }[];
}

/** Whether anything of a table was measured; where nothing was, it is not shown. */
export function isShownTable({ rows }: Pick<TableLayout, "rows">): boolean {
  return rows.some(({ cells }) => cells.some(isMeasured));
}

/** Whether there is a cell in a place, and it was measured. */
export function isMeasured(place: PlacedCell | undefined): place is PlacedCell {
  return place !== undefined && place.cell.measured !== null;
}

/** The heading over cells that no golden row places. */
export const withoutGoldenRow = "Cells without a golden row";

/**
 * Lays the cells of a reproduction out as the paper does, every cell once. Cells without a golden row make up a last table.
 *
 * @param reproduction The judged reproduction.
 * @param claims Its claims, in the order of the golden file.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layoutTables({ cells: [] }, []), []);
 * ```
 */
export function layoutTables(
  reproduction: Pick<ReproductionResult, "cells">,
  claims: readonly Claim[],
): TableLayout[] {
  const cells = new Map(reproduction.cells.map((cell) => [cell.id, cell]));
  const headings = [...new Set(claims.map((claim) => claim.table))];
  const tables = headings.map((heading) => {
    const placed = claims.filter((claim) => claim.table === heading)
      .map((claim) => ({ claim, cell: cells.get(claim.cell) }))
      .filter((place): place is { claim: Claim; cell: CellResult } => place.cell !== undefined);
    return { heading, caption: writeCaption(heading, placed), ...arrange(placed) };
  });
  const claimed = new Set(claims.map(({ cell }) => cell));
  const rows = reproduction.cells.filter(({ id }) => !claimed.has(id))
    .map((cell) => ({ name: cell.id, cells: [{ claim: null, cell }] }));
  const foreign = { heading: withoutGoldenRow, caption: withoutGoldenRow, columns: [""], rows };
  return [...tables, foreign].filter((table) => table.rows.length > 0);
}

interface ClaimedCell extends PlacedCell {
  readonly claim: Claim;
}

function writeCaption(heading: string, placed: readonly ClaimedCell[]): string {
  const [quantity, ...others] = new Set(placed.map(quantityWithUnit));
  if (quantity !== undefined && others.length === 0) return `${heading}: ${quantity}`;
  const [unit, ...units] = new Set(placed.map(({ claim }) => claim.unit));
  return unit && units.length === 0 ? `${heading} (${unit})` : heading;
}

function quantityWithUnit({ claim: { quantity, unit } }: ClaimedCell): string {
  return unit === "" ? quantity : `${quantity} (${unit})`;
}

function arrange(placed: readonly ClaimedCell[]): Pick<TableLayout, "columns" | "rows"> {
  // A quantity for each column, as the orders of energy have it, needs no more than the heads of the columns.
  const nameRow = [...Map.groupBy(placed, ({ claim }) => claim.row).values()].some(isOfSeveralQuantities)
    ? (place: ClaimedCell) => `${place.claim.row}: ${quantityWithUnit(place)}`
    : ({ claim }: ClaimedCell) => claim.row;
  const groups = Map.groupBy(placed, nameRow);
  const names = [...groups.keys()];
  const byRow = [...groups.values()];
  const columns = columnOrder(byRow.map((row) => row.map(({ claim }) => claim.column)));
  const rows = byRow.flatMap((row, i) => {
    const left = [...row];
    const lines = [];
    // Where two cells share a place, the second one gets a row of its own.
    while (left.length > 0) {
      const cells = columns.map((column) => {
        const found = left.findIndex(({ claim }) => claim.column === column);
        return found < 0 ? undefined : left.splice(found, 1)[0];
      });
      lines.push({ name: names[i]!, cells });
    }
    return lines;
  });
  return { columns, rows };
}

/** Whether a row has several quantities, one of them more than once. */
function isOfSeveralQuantities(row: readonly ClaimedCell[]): boolean {
  const quantities = new Set(row.map(quantityWithUnit)).size;
  return quantities > 1 && quantities < row.length;
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
