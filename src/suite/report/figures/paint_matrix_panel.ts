// @ts-types="./d3_array.d.ts"
import { ticks } from "d3-array";
import type { MatrixPanel } from "../../figure.ts";
import { sequential } from "./colour_map.ts";
import type { Painting } from "./painting.ts";
import { encodePng } from "./encode_png.ts";
import { formatTicks } from "./format_ticks.ts";
import { coordinates, element, textElement } from "./markup.ts";
import { mathElement, mathWidth } from "./math_text.ts";
import { type PanelContext, titleHeight } from "./panel_context.ts";
import { seriesColours } from "./series_style.ts";
import { spreadLabels } from "./spread_labels.ts";
import { textWidth } from "./text_width.ts";
import { visibleText } from "./visible_text.ts";

const largestSide = 420;
const largestCell = 28;
const nameSize = 11;
/** The least height of a row that has a name. */
const namedCell = 13;
const barWidth = 10;
const markColour = seriesColours[1]!;

/**
 * Paints a matrix as a picture, with a bar of its colours at the right and marked columns below their labels.
 *
 * @param panel The panel.
 * @param context Its place in the figure.
 * @throws {RangeError} Where the values do not match the size, one is not finite, the domain does not rise, a name is
 * missing or a mark is outside.
 */
export function paintMatrixPanel(panel: MatrixPanel, context: PanelContext): Painting {
  checkMatrix(panel);
  const { rows, columns, values, domain, rowNames, columnNames, marks: marked = [] } = panel;
  const rowLabels = (rowNames ?? indexNames(rows)).map(visibleText);
  const columnLabels = (columnNames ?? indexNames(columns)).map(visibleText);
  const widest = (labels: readonly string[]) =>
    Math.max(0, ...labels.map((label) => textWidth(label, nameSize)));
  const barLabels = formatTicks(domain, false);
  const right = 16 + barWidth + 6 + widest(barLabels);
  const left = 20 + widest(rowLabels) + 6;
  const named = rowNames !== undefined || columnNames !== undefined;
  const room = Math.min(largestSide, context.width - left - right) / Math.max(rows, columns);
  const fitting = Math.min(largestCell, room >= 1 ? Math.floor(2 * room) / 2 : room);
  const cell = named ? Math.max(namedCell, fitting) : fitting;
  const width = columns * cell;
  const height = rows * cell;

  const places = marked.map(({ column }) => (column + 0.5) * cell);
  const markLabels = marked.map(({ label }) => visibleText(label));
  const markWidths = markLabels.map((label) => textWidth(label, nameSize) + 10);
  const markPlaces = spreadLabels(places, markWidths, -left, Math.max(width + right, sum(markWidths) - left));
  const top = (panel.title === undefined ? 0 : titleHeight) + (marked.length === 0 ? 0 : 34);
  const upright = columnLabels.some((label) => label !== "" && textWidth(label, nameSize) + 4 > cell) &&
    named;
  const foot = 10 + (upright ? widest(columnLabels) : nameSize);

  const marks: string[] = panel.title === undefined ? [] : [mathElement(panel.title, 0, 9, { bold: true })];
  const box = { x: left, y: top, width, height };
  marks.push(element("rect", { ...box, fill: "none", stroke: "currentColor", "stroke-opacity": "0.5" }));
  for (const [i, label] of rowLabels.entries()) {
    if (label === "") continue;
    marks.push(textElement(label, left - 6, top + (i + 0.5) * cell, { size: nameSize, anchor: "end" }));
  }
  for (const [i, label] of columnLabels.entries()) {
    if (label === "") continue;
    const x = left + (i + 0.5) * cell;
    marks.push(
      upright
        ? textElement(label, x, top + height + 6, { size: nameSize, anchor: "end", upwards: true })
        : textElement(label, x, top + height + 11, { size: nameSize, anchor: "middle" }),
    );
  }
  marks.push(
    mathElement(panel.rowLabel, 7, top + height / 2, { anchor: "middle", upwards: true }),
    mathElement(panel.columnLabel, left + width / 2, top + height + foot + 10, { anchor: "middle" }),
  );
  for (const [i, place] of places.entries()) {
    const d = `M${coordinates(left + place, top - 3)}L${coordinates(left + markPlaces[i]!, top - 18)}`;
    // A frame would hide a narrow column: a second line below it instead.
    const frame = cell >= 8
      ? element("rect", {
        ...{ x: left + place - cell / 2, y: top, width: cell, height },
        ...{ fill: "none", stroke: markColour, "stroke-width": 1.25 },
      })
      : element("path", { d: `M${coordinates(left + place, top + height + 1)}v6`, stroke: markColour });
    marks.push(
      frame,
      element("path", { d, stroke: markColour, fill: "none" }),
      textElement(markLabels[i]!, left + markPlaces[i]!, top - 26, { size: nameSize, anchor: "middle" }),
    );
  }
  const barHeight = Math.min(height, 120);
  const bar = { x: left + width + 16, y: top, width: barWidth, height: barHeight };
  marks.push(
    element("rect", { ...bar, fill: "none", stroke: "currentColor", "stroke-opacity": "0.5" }),
    textElement(barLabels[1]!, bar.x + barWidth + 6, top + 5, { size: nameSize }),
    textElement(barLabels[0]!, bar.x + barWidth + 6, top + barHeight - 5, { size: nameSize }),
  );
  const pixels = (count: number, share: (i: number) => number) =>
    Uint8Array.from(Array.from({ length: count }, (_, i) => [...sequential(share(i))]).flat());
  const share = (value: number) => (value - domain[0]) / (domain[1] - domain[0]);
  const markEnds = markPlaces.map((place, i) => left + place + markWidths[i]! / 2);
  return {
    width: Math.max(
      left + width + right,
      mathWidth(panel.title ?? "", 12, true),
      left + (width + mathWidth(panel.columnLabel, 12)) / 2,
      ...markEnds,
    ),
    height: Math.max(top + height + foot + 20, top + height / 2 + mathWidth(panel.rowLabel, 12) / 2),
    marks,
    images: [
      { ...box, png: encodePng(columns, rows, pixels(rows * columns, (i) => share(values[i]!))) },
      { ...bar, png: encodePng(1, 64, pixels(64, (i) => 1 - i / 63)) },
    ],
  };
}

/** Some round indices; the others are empty. */
function indexNames(count: number): string[] {
  const shown = new Set(ticks(0, count - 1, 6));
  return Array.from({ length: count }, (_, i) => shown.has(i) ? String(i) : "");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function checkMatrix(
  { rows, columns, values, domain, rowNames, columnNames, marks = [] }: MatrixPanel,
): void {
  const refuse = (rule: string, current: unknown) => {
    throw new RangeError(
      `Cannot paint the matrix of ${rows} x ${columns} as ${rule}: current value is ${current}`,
    );
  };
  if (!(rows >= 1 && columns >= 1 && values.length === rows * columns)) {
    refuse("it must have rows x columns values, one or more", values.length);
  }
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) refuse("every value must be finite", wrong);
  if (!(Number.isFinite(domain[0]) && Number.isFinite(domain[1]) && domain[0] < domain[1])) {
    refuse("its domain must rise", domain.join(" to "));
  }
  if ((rowNames ?? { length: rows }).length !== rows) refuse("every row must have a name", rowNames!.length);
  if ((columnNames ?? { length: columns }).length !== columns) {
    refuse("every column must have a name", columnNames!.length);
  }
  const outside = marks.find(({ column }) => !(Number.isInteger(column) && column >= 0 && column < columns));
  if (outside !== undefined) refuse("a mark must stand at one of its columns", outside.column);
}
