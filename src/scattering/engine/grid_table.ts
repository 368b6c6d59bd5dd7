import type { Tables } from "./tables.ts";
import { writeTransform } from "./transform_table.ts";

/**
 * Elements that are transformed at once: with their copies on the way they fit the first cache (48 KiB), and half of
 * them where two vectors of images stand side by side, which costs less than shorter rows.
 */
const BLOCK_ELEMENTS = 512;
const MAX_BLOCK = 32;

/** A resolution of the cascade, as the kernel knows it. */
export interface GridTable {
  /** Rows. */
  readonly rows: number;
  /** Columns. */
  readonly columns: number;
  /** Bytes from row to row of a complex map. */
  readonly step: number;
  /** How many rows are transformed at once. */
  readonly rowBlock: number;
  /** How many columns are transformed at once, an even number. */
  readonly columnBlock: number;
  /** The address of a `Grid` of the kernel. */
  readonly address: number;
}

/**
 * Writes a grid with its transforms.
 *
 * @param tables The memory.
 * @param rows Rows.
 * @param columns Columns.
 * @returns What was written.
 */
export function writeGrid(tables: Tables, rows: number, columns: number): GridTable {
  // Room for the column of zeros beside a last odd one; odd, so that a column does not fall on few cache sets.
  const step = ((columns + 1) | 1) * tables.elementBytes;
  const rowBlock = evenShare(rows, columns);
  const columnBlock = 2 * Math.ceil(evenShare(columns, rows) / 2);
  const along = writeTransform(tables, columns);
  const across = rows === columns ? along : writeTransform(tables, rows);
  const address = tables.record("Grid", { rows, columns, step, along, across, rowBlock, columnBlock });
  return { rows, columns, step, rowBlock, columnBlock, address };
}

/** Cuts a number of signals of a length into blocks that fit, of nearly the same size. */
function evenShare(signals: number, length: number): number {
  const largest = Math.max(2, Math.min(MAX_BLOCK, Math.floor(BLOCK_ELEMENTS / length)));
  return Math.ceil(signals / Math.ceil(signals / largest));
}
