import type { Figure, Line, Panel } from "../../figure.ts";
import { drawDiscPanel } from "./draw_disc_panel.ts";
import { drawLinePanel } from "./draw_line_panel.ts";
import { drawMark } from "./draw_mark.ts";
import { drawMatrixPanel } from "./draw_matrix_panel.ts";
import { drawPointPanel } from "./draw_point_panel.ts";
import { drawTilePanel } from "./draw_tile_panel.ts";
import { drawTokenPanel } from "./draw_token_panel.ts";
import type { Drawing } from "./drawing.ts";
import { coordinates, element, textElement } from "./markup.ts";
import type { PanelContext } from "./panel_context.ts";
import { seriesStyles } from "./series_style.ts";
import { textWidth } from "./text_width.ts";

/** The width that a figure takes where its labels need no more, in px: the text column of the report. */
const figureWidth = 880;
/** A plot that stands alone needs no more. */
const widestPlot = 660;
const gap = 28;

/**
 * Lays out the panels of a figure in rows of `columns`, with a line that says how published and measured lines
 * differ where both occur.
 *
 * @param figure The figure.
 * @param idPrefix What the ids in the markup start with.
 * @throws {RangeError} Where a panel cannot be drawn, with the reason.
 */
export function drawFigure(figure: Figure, idPrefix: string): Drawing {
  const columns = Math.max(1, Math.min(figure.columns ?? figure.panels.length, figure.panels.length));
  const styles = seriesStyles(figure.panels.flatMap(seriesNames));
  const width = (figureWidth - gap * (columns - 1)) / columns;
  const drawings = figure.panels.map((panel, i) =>
    drawPanel(panel, {
      width: panel.kind === "lines" || panel.kind === "points" ? Math.min(width, widestPlot) : width,
      idPrefix: `${idPrefix}-${i + 1}`,
      styles,
    })
  );
  const widths = Array.from(
    { length: columns },
    (_, column) =>
      Math.max(0, ...drawings.filter((_, i) => i % columns === column).map((drawing) => drawing.width)),
  );
  const marks: string[] = [];
  const images: Drawing["images"][number][] = [];
  let top = 0;
  for (let row = 0; row < drawings.length; row += columns) {
    const inRow = drawings.slice(row, row + columns);
    let left = 0;
    for (const [column, drawing] of inRow.entries()) {
      const transform = `translate(${coordinates(left, top)})`;
      marks.push(element("g", { transform }, ...drawing.marks));
      for (const image of drawing.images) images.push({ ...image, x: image.x + left, y: image.y + top });
      left += widths[column]! + gap;
    }
    top += Math.max(...inRow.map((drawing) => drawing.height)) + gap;
  }
  const total = widths.reduce((sum, each) => sum + each, 0) + gap * (columns - 1);
  const key = drawKey(
    figure.panels.flatMap((panel) => panel.kind === "lines" ? panel.lines : []),
    top - gap / 2,
  );
  return {
    width: Math.max(1, total, key.width),
    height: Math.max(1, top - gap + key.height),
    marks: [...marks, ...key.marks],
    images,
  };
}

function seriesNames(panel: Panel): string[] {
  if (panel.kind === "lines") return panel.lines.map(({ name }) => name);
  return panel.kind === "points" ? panel.groups.map(({ name }) => name) : [];
}

function drawPanel(panel: Panel, context: PanelContext): Drawing {
  switch (panel.kind) {
    case "lines":
      return drawLinePanel(panel, context);
    case "points":
      return drawPointPanel(panel, context);
    case "tiles":
      return drawTilePanel(panel, context);
    case "matrix":
      return drawMatrixPanel(panel, context);
    case "discs":
      return drawDiscPanel(panel, context);
    case "tokens":
      return drawTokenPanel(panel, context);
  }
}

const key = {
  measured: { dash: undefined, fill: "filled", radius: 3 },
  published: { dash: "5 3.5", fill: "hollow", radius: 4 },
  bound: { dash: "1.5 3", fill: undefined, radius: 0 },
} as const;

/** Samples of the kinds of line; nothing where every line was measured. */
function drawKey(lines: readonly Line[], top: number): { width: number; height: number; marks: string[] } {
  const sources = (["measured", "published", "bound"] as const).filter((source) =>
    lines.some((line) => line.source === source)
  );
  if (sources.every((source) => source === "measured")) return { width: 0, height: 0, marks: [] };
  const marks: string[] = [];
  let x = 0;
  for (const source of sources) {
    const { dash, fill, radius } = key[source];
    const y = top + 6;
    const reach = radius === 0 ? 0 : radius + 1;
    const d = `M${coordinates(x, y)}H${coordinates(x + 20 - reach)}M${coordinates(x + 20 + reach, y)}h${
      20 - reach
    }`;
    marks.push(
      element("path", {
        d,
        stroke: "currentColor",
        "stroke-width": 1.5,
        "stroke-dasharray": dash,
        fill: "none",
      }),
    );
    if (fill) marks.push(drawMark(x + 20, y, radius, { colour: "currentColor", shape: "circle" }, fill));
    marks.push(textElement(source, x + 48, y, { size: 11 }));
    x += 48 + textWidth(source, 11) + 24;
  }
  return { width: x, height: gap / 2 + 14, marks };
}
