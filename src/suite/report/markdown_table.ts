import { largest } from "../../numeric/largest.ts";
/**
 * A table that reads well in a terminal and is Markdown: first column left, the others right, padded.
 *
 * @param header The heads of the columns.
 * @param rows As many cells each.
 * @returns Lines without a trailing line break.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markdownTable(["J", "m = 0"], [["1", "95.1"]]), [
 *   "| J | m = 0 |",
 *   "| - | ----: |",
 *   "| 1 |  95.1 |",
 * ]);
 * ```
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const escaped = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = header.map((_, i) => largest(escaped.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const pad = (cell: string, i: number) => i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
  const rule = widths.map((width, i) =>
    i === 0 ? "-".repeat(width) : `${"-".repeat(Math.max(1, width - 1))}:`
  );
  return [line(escaped[0]!.map(pad)), line(rule), ...escaped.slice(1).map((row) => line(row.map(pad)))];
}
