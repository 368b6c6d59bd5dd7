import type { Figure, Line, Panel } from "../../figure.ts";
import { paintDiscPanel } from "./paint_disc_panel.ts";
import { paintLinePanel } from "./paint_line_panel.ts";
import { paintMark } from "./paint_mark.ts";
import { paintMatrixPanel } from "./paint_matrix_panel.ts";
import { paintPointPanel } from "./paint_point_panel.ts";
import { paintTilePanel } from "./paint_tile_panel.ts";
import { paintTokenPanel } from "./paint_token_panel.ts";
import type { Painting } from "./painting.ts";
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
 * @throws {RangeError} Where a panel cannot be painted, with the reason.
 */
export function paintFigure(figure: Figure, idPrefix: string): Painting {
  const columns = Math.max(1, Math.min(figure.columns ?? figure.panels.length, figure.panels.length));
  const styles = seriesStyles(figure.panels.flatMap(seriesNames));
  const width = (figureWidth - gap * (columns - 1)) / columns;
  const paintings = figure.panels.map((panel, i) =>
    paintPanel(panel, {
      width: panel.kind === "lines" || panel.kind === "points" ? Math.min(width, widestPlot) : width,
      idPrefix: `${idPrefix}-${i + 1}`,
      styles,
    })
  );
  const widths = Array.from(
    { length: columns },
    (_, column) =>
      Math.max(0, ...paintings.filter((_, i) => i % columns === column).map((painting) => painting.width)),
  );
  const marks: string[] = [];
  const images: Painting["images"][number][] = [];
  let top = 0;
  for (let row = 0; row < paintings.length; row += columns) {
    const inRow = paintings.slice(row, row + columns);
    let left = 0;
    for (const [column, painting] of inRow.entries()) {
      const transform = `translate(${coordinates(left, top)})`;
      marks.push(element("g", { transform }, ...painting.marks));
      for (const image of painting.images) images.push({ ...image, x: image.x + left, y: image.y + top });
      left += widths[column]! + gap;
    }
    top += Math.max(...inRow.map((painting) => painting.height)) + gap;
  }
  const total = widths.reduce((sum, each) => sum + each, 0) + gap * (columns - 1);
  const key = paintKey(
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

function paintPanel(panel: Panel, context: PanelContext): Painting {
  switch (panel.kind) {
    case "lines":
      return paintLinePanel(panel, context);
    case "points":
      return paintPointPanel(panel, context);
    case "tiles":
      return paintTilePanel(panel, context);
    case "matrix":
      return paintMatrixPanel(panel, context);
    case "discs":
      return paintDiscPanel(panel, context);
    case "tokens":
      return paintTokenPanel(panel, context);
  }
}

const key = {
  measured: { dash: undefined, fill: "filled", radius: 3 },
  published: { dash: "5 3.5", fill: "hollow", radius: 4 },
  bound: { dash: "1.5 3", fill: undefined, radius: 0 },
} as const;

/** Samples of the kinds of line; nothing where every line was measured. */
function paintKey(lines: readonly Line[], top: number): { width: number; height: number; marks: string[] } {
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
    if (fill) marks.push(paintMark(x + 20, y, radius, { colour: "currentColor", shape: "circle" }, fill));
    marks.push(textElement(source, x + 48, y, { size: 11 }));
    x += 48 + textWidth(source, 11) + 24;
  }
  return { width: x, height: gap / 2 + 14, marks };
}
