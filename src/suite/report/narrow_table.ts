import { displayWidth } from "./display_width.ts";
import { formatNumber, formatStandardError } from "./format_number.ts";
import { isMeasured, type PlacedCell, type TableLayout } from "./table_layout.ts";
import { type VerdictKind, verdictKind, verdictMarks } from "./verdict_kind.ts";
import { wrapText } from "./wrap_text.ts";

/** How a table is written for a terminal. */
export interface NarrowOptions {
  /** How many columns a line may take: at least 60, so that a row always has room. */
  readonly columns: number;
  /** Colours a mark; by default it stays as it is. */
  readonly paint?: (mark: string, kind: VerdictKind) => string;
}

/** A table as a terminal shows it. */
export interface NarrowTable {
  /** Its lines, without colour never wider than what was asked for. */
  readonly lines: readonly string[];
  /** Whether there are standard errors that found no room beside the values. */
  readonly omitsErrors: boolean;
}

/** What is shown of a cell. */
interface Shown {
  readonly value: string;
  /** Empty where there is none. */
  readonly error: string;
  readonly kind: VerdictKind;
}

/** A table in the form in which it is written. */
interface Grid {
  /** Whether heads are wrapped wherever that makes room. */
  readonly isTight: boolean;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (Shown | undefined)[] }[];
}

/** How wide the parts of the cells of one column are, and the whole column. */
interface ColumnWidths {
  readonly value: number;
  readonly error: number;
  readonly column: number;
}

/** Between columns. */
const gap = "  ";

/** Heads that are no longer are not wrapped where there is room. */
const shortHead = 14;

/** Where there is little room, the words of heads are still not cut up to this length. */
const headWord = 12;

/** A form whose heads take more lines is hard to read. */
const mostHeadLines = 3;

/** Names of rows are wrapped where nothing else makes room, but not below this. */
const leastName = 20;

/** Longer numbers are written as powers of ten. */
const longestNumber = 10;

/**
 * Writes a table with one line a row: the measured value with its standard error, and the mark of its verdict. Where that is too wide,
 * rows and columns change places; then the standard errors are left out; then the names of rows are wrapped; and at last the columns
 * stand in several blocks, one below the other.
 *
 * @param table The table.
 * @param options How wide it may be.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { layoutTables } from "./table_layout.ts";
 * import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";
 *
 * const [table] = layoutTables(fixedResults.modules[0]!, fixedClaims.get("toy_paper")!);
 * assertEquals(narrowTable(table!, { columns: 80 }).lines, [
 *   "               a              b",
 *   "-  -------------  -------------",
 *   "1  21.80 ±0.81 ✓  13.30 ±0.95 ≠",
 *   "2  30.00       ✗              –",
 *   "3  24.00 ±0.20 ✓",
 * ]);
 * ```
 */
export function narrowTable(
  table: TableLayout,
  { columns, paint = (mark) => mark }: NarrowOptions,
): NarrowTable {
  const grid = shownGrid(table);
  const hasAny = grid.rows.some(({ cells }) => cells.some((cell) => cell !== undefined && cell.error !== ""));
  const plain = withoutErrors(grid);
  // A list of cells stays one.
  const turn = (form: Grid) => form.heads.length === 1 ? [form] : [form, transpose(form)];
  const [complete, bare] = [turn(grid), turn(plain)];
  const whole = [...complete, ...bare].flatMap((form) => [form, { ...form, isTight: true }])
    .find((form) => columns >= nameWidth(form) + bodyWidth(form) && isReadable(form));
  if (whole !== undefined) {
    const lines = writeBlock(whole, { name: nameWidth(whole), columns, paint });
    return { lines, omitsErrors: hasAny && bare.some(({ rows }) => rows === whole.rows) };
  }
  const [shortest] = bare.flatMap((form) => [form, { ...form, isTight: true }])
    .map((form) => writeBlocks(form, { columns, paint }))
    .toSorted((a, b) => a.length - b.length);
  return { lines: shortest!, omitsErrors: hasAny };
}

/** What is shown: rows and columns of which something was measured. A table of one column is a list of cells by id. */
function shownGrid({ columns, rows }: TableLayout): Grid {
  const measured = rows.filter(({ cells }) => cells.some(isMeasured));
  if (columns.length > 1) {
    const isShown = columns.map((_, i) => measured.some(({ cells }) => isMeasured(cells[i])));
    const shown = <Item>(items: readonly Item[]) => items.filter((_, i) => isShown[i]);
    return {
      isTight: false,
      heads: shown(columns),
      rows: measured.map(({ name, cells }) => ({ name, cells: shown(cells).map(show) })),
    };
  }
  return {
    isTight: false,
    heads: ["measured"],
    rows: measured.map(({ cells: [place] }) => ({ name: place!.cell.id, cells: [show(place)] })),
  };
}

function show(place: PlacedCell | undefined): Shown | undefined {
  if (place === undefined) return undefined;
  const { cell } = place;
  const kind = verdictKind(cell);
  if (cell.measured === null) return { value: "", error: "", kind };
  const { value, standardError } = cell.measured;
  if (value === null) return { value: "none", error: "", kind };
  const error = standardError === null ? "" : `±${shorten(formatStandardError(standardError, value, cell))}`;
  return { value: shorten(formatNumber(value, cell)), error, kind };
}

function shorten(number: string): string {
  return number.length > longestNumber ? Number(number).toExponential(2) : number;
}

/** A grid with its rows as columns. */
function transpose({ heads, rows, isTight }: Grid): Grid {
  return {
    isTight,
    heads: rows.map(({ name }) => name),
    rows: heads.map((name, i) => ({ name, cells: rows.map(({ cells }) => cells[i]) })),
  };
}

function withoutErrors({ rows, ...form }: Grid): Grid {
  const bare = (cell: Shown | undefined) => cell === undefined ? undefined : { ...cell, error: "" };
  return { ...form, rows: rows.map(({ name, cells }) => ({ name, cells: cells.map(bare) })) };
}

/** The width of the widest; 0 of none. */
function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(displayWidth));
}

function nameWidth({ rows }: Grid): number {
  return widest(rows.map(({ name }) => name));
}

function columnWidths({ heads, rows, isTight }: Grid): ColumnWidths[] {
  return heads.map((head, i) => {
    const cells = rows.flatMap(({ cells }) => cells[i] ?? []);
    const value = widest(cells.map((cell) => cell.value));
    const error = widest(cells.map((cell) => cell.error));
    // A space before the error and one before the mark.
    const cell = value + (error === 0 ? 0 : 1 + error) + 2;
    const room = isTight
      ? Math.min(headWord, widest(head.split(" ")))
      : Math.max(Math.min(shortHead, displayWidth(head)), Math.min(headWord, widest(head.split(" "))));
    return { value, error, column: Math.max(cell, room) };
  });
}

/** The width of the columns with what is before each. */
function bodyWidth(grid: Grid): number {
  return columnWidths(grid).reduce((sum, { column }) => sum + gap.length + column, 0);
}

function isReadable(grid: Grid): boolean {
  return headLines(grid).every((lines) => lines.length <= mostHeadLines);
}

/** The lines of each head. */
function headLines(grid: Grid): string[][] {
  const widths = columnWidths(grid);
  return grid.heads.map((head, i) => wrapText(head, { columns: widths[i]!.column }));
}

/** Writes a grid in as many blocks of columns as it needs. */
function writeBlocks(grid: Grid, { columns, paint }: Required<NarrowOptions>): string[] {
  const longest = nameWidth(grid);
  const widths = columnWidths(grid);
  // Names are wrapped no further than it helps.
  const left = columns - bodyWidth(grid);
  const name = Math.min(longest, left >= leastName ? left : Math.floor(columns / 2));
  const blocks: number[][] = [];
  let used = Infinity;
  for (const [i, { column }] of widths.entries()) {
    if (used + gap.length + column > columns) {
      blocks.push([]);
      used = name;
    }
    blocks.at(-1)!.push(i);
    used += gap.length + column;
  }
  return blocks.flatMap((own, i) => {
    const block = {
      ...grid,
      heads: own.map((column) => grid.heads[column]!),
      rows: grid.rows.map(({ name, cells }) => ({ name, cells: own.map((column) => cells[column]) })),
    };
    return [...(i === 0 ? [] : [""]), ...writeBlock(block, { name, columns, paint })];
  });
}

/** How the lines of a block are written. */
interface BlockOptions extends Required<NarrowOptions> {
  /** How wide the names of the rows are. */
  readonly name: number;
}

function writeBlock(grid: Grid, { name, paint }: BlockOptions): string[] {
  const widths = columnWidths(grid);
  const line = (label: string, cells: readonly string[]) =>
    [padEnd(label, name), ...cells].join(gap).trimEnd();
  const heads = headLines(grid);
  const height = Math.max(...heads.map((lines) => lines.length));
  // The last lines of the heads stand side by side.
  const head = Array.from(
    { length: height },
    (_, i) =>
      line("", heads.map((own, j) => padStart(own[i - height + own.length] ?? "", widths[j]!.column))),
  );
  const rule = line("-".repeat(name), widths.map(({ column }) => "-".repeat(column)));
  const rows = grid.rows.flatMap((row) => {
    const [label, ...more] = wrapText(row.name, { columns: name, rest: "  " });
    return [line(label!, row.cells.map((cell, i) => write(cell, widths[i]!, paint))), ...more];
  });
  return [...head, rule, ...rows];
}

/** A cell in its column; nothing where the paper prints nothing. */
function write(
  cell: Shown | undefined,
  { value, error, column }: ColumnWidths,
  paint: Required<NarrowOptions>["paint"],
): string {
  if (cell === undefined) return " ".repeat(column);
  const parts = [padStart(cell.value, value), ...(error === 0 ? [] : [padEnd(cell.error, error)])];
  const mark = verdictMarks[cell.kind];
  const text = parts.join(" ");
  return `${" ".repeat(column - displayWidth(text) - 2)}${text} ${paint(mark, cell.kind)}`;
}

function padStart(text: string, columns: number): string {
  return `${" ".repeat(Math.max(0, columns - displayWidth(text)))}${text}`;
}

function padEnd(text: string, columns: number): string {
  return `${text}${" ".repeat(Math.max(0, columns - displayWidth(text)))}`;
}
