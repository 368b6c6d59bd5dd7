import type { TablePanel } from "../../figure.ts";
import type { Painting } from "./painting.ts";
import { coordinates, element } from "./markup.ts";
import { mathElement, mathWidth } from "./math_text.ts";
import { titleHeight } from "./panel_context.ts";

const size = 11;
const lineHeight = 15;
const rowHeight = 18;
const columnGap = 18;

/**
 * Paints a table: heads above a rule, the first column to the left and all others to the right, where digits stand below each other.
 *
 * @param panel The panel.
 * @throws {RangeError} Where a row has not as many texts as there are columns.
 */
export function paintTablePanel({ title, columns, rows }: TablePanel): Painting {
  const wrong = rows.find((row) => row.length !== columns.length);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot paint the row "${wrong[0] ?? ""}" of a table of ${columns.length} columns: ` +
        `it must have as many texts, current number is ${wrong.length}`,
    );
  }
  const heads = columns.map((column) => column.split("\n"));
  const headLines = Math.max(1, ...heads.map(({ length }) => length));
  const widths = heads.map((lines, column) =>
    Math.max(
      ...lines.map((line) => mathWidth(line, size, true)),
      ...rows.map((row) => mathWidth(row[column]!, size)),
    )
  );
  const top = title === undefined ? 0 : titleHeight;
  const foot = top + headLines * lineHeight + 2;
  const width = widths.reduce((sum, each) => sum + each + columnGap, -columnGap);
  const text = (content: string, column: number, y: number, bold: boolean) => {
    const left = widths.slice(0, column).reduce((sum, each) => sum + each + columnGap, 0);
    return column === 0
      ? mathElement(content, left, y, { size, bold })
      : mathElement(content, left + widths[column]!, y, { size, bold, anchor: "end" });
  };
  const rule = (y: number, opacity: string) =>
    element("path", {
      d: `M0 ${coordinates(y)}h${coordinates(width)}`,
      stroke: "currentColor",
      "stroke-opacity": opacity,
      fill: "none",
    });
  return {
    width: Math.max(width, mathWidth(title ?? "", 12, true)),
    height: foot + rows.length * rowHeight + 4,
    marks: [
      ...(title === undefined ? [] : [mathElement(title, 0, 9, { bold: true })]),
      ...heads.flatMap((lines, column) =>
        lines.map((line, i) => text(line, column, foot - 2 - (lines.length - i - 0.5) * lineHeight, true))
      ),
      rule(foot, "0.7"),
      ...rows.flatMap((row, i) => [
        ...row.map((content, column) => text(content, column, foot + (i + 0.5) * rowHeight + 1, false)),
        rule(foot + (i + 1) * rowHeight, "0.12"),
      ]),
    ],
    images: [],
  };
}
