import type { Figure, Line, Panel } from "../../figure.ts";
import { paintDiscPanel } from "./paint_disc_panel.ts";
import type { FigureStamp } from "./figure_stamp.ts";
import { allowedOpacity, paintLinePanel } from "./paint_line_panel.ts";
import { paintMark } from "./paint_mark.ts";
import { paintMatrixPanel } from "./paint_matrix_panel.ts";
import { paintPointPanel } from "./paint_point_panel.ts";
import { paintTablePanel } from "./paint_table_panel.ts";
import { paintTilePanel } from "./paint_tile_panel.ts";
import { paintTokenPanel } from "./paint_token_panel.ts";
import type { Painting } from "./painting.ts";
import { coordinates, element, formatCoordinate, textElement } from "./markup.ts";
import type { PanelContext } from "./panel_context.ts";
import { levelStroke } from "./plot_frame.ts";
import { type SeriesStyle, seriesStyles } from "./series_style.ts";
import { textWidth } from "./text_width.ts";

/** The width that a figure takes where its labels need no more, in px: the text column of the report. */
const figureWidth = 880;
/** A plot that stands alone needs no more. */
const widestPlot = 660;
const gap = 28;
/** The font size of the line that says where a picture comes from, in px. */
const stampSize = 10;

/**
 * Lays out the panels of a figure in rows of `columns`, a table in a row of its own, with a line that says how published and measured values
 * differ where both occur, and one that says where the picture comes from. A stand-in says so across each panel.
 *
 * @param figure The figure.
 * @param idPrefix What the ids in the markup start with.
 * @param stamp Where it comes from; nothing is said of a figure without it.
 * @throws {RangeError} Where a panel cannot be painted, with the reason.
 */
export function paintFigure(figure: Figure, idPrefix: string, stamp?: FigureStamp): Painting {
  const beside = figure.panels.filter(({ kind }) => kind !== "table").length;
  const columns = Math.max(1, Math.min(figure.columns ?? beside, beside));
  const styles = stylesOf(figure.panels);
  const width = (figureWidth - gap * (columns - 1)) / columns;
  const paintings = figure.panels.map((panel, i) =>
    paintPanel(panel, {
      width: panel.kind === "lines" || panel.kind === "points" ? Math.min(width, widestPlot) : width,
      idPrefix: `${idPrefix}-${i + 1}`,
      styles,
    })
  );
  const rows = layOutRows(figure.panels, columns);
  // A table, alone in its row, has any width: it widens no column.
  const inColumns = rows.filter(([first]) => figure.panels[first!]!.kind !== "table");
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(0, ...inColumns.map((row) => paintings[row[column]!]?.width ?? 0)),
  );
  const marks: string[] = [];
  const images: Painting["images"][number][] = [];
  let top = 0;
  for (const row of rows) {
    let left = 0;
    for (const [column, index] of row.entries()) {
      const painting = paintings[index]!;
      const transform = `translate(${coordinates(left, top)})`;
      const word = stamp?.standIn ? [paintStandIn(painting)] : [];
      const own = isOpen(figure.panels[index]!) ? [...word, ...painting.marks] : [...painting.marks, ...word];
      marks.push(element("g", { transform }, ...own));
      for (const image of painting.images) images.push({ ...image, x: image.x + left, y: image.y + top });
      left += widths[column]! + gap;
    }
    top += Math.max(...row.map((index) => paintings[index]!.height)) + gap;
  }
  const total = widths.reduce((sum, each) => sum + each, 0) + gap * (columns - 1);
  const key = paintKey(figure.panels.flatMap(kindsOf), top - gap / 2);
  const bottom = top - gap + key.height;
  const stampHeight = stamp === undefined ? 0 : stampSize + 10;
  const origin = stamp === undefined ? [] : [
    textElement(stamp.text, 0, bottom + stampHeight - stampSize / 2, { size: stampSize, opacity: "0.75" }),
  ];
  return {
    width: Math.max(
      1,
      total,
      ...paintings.map((painting) => painting.width),
      key.width,
      textWidth(stamp?.text ?? "", stampSize),
    ),
    height: Math.max(1, bottom + stampHeight),
    marks: [...marks, ...key.marks, ...origin],
    images,
  };
}

/** The indices of the panels of each row. */
function layOutRows(panels: readonly Panel[], columns: number): number[][] {
  const rows: number[][] = [];
  let open = false;
  for (const [i, { kind }] of panels.entries()) {
    const fits = open && kind !== "table" && rows.at(-1)!.length < columns;
    if (fits) rows.at(-1)!.push(i);
    else rows.push([i]);
    open = kind !== "table";
  }
  return rows;
}

function linesOf(panel: Panel): readonly Line[] {
  return panel.kind === "lines" ? panel.lines : [];
}

function seriesNames(panel: Panel): string[] {
  if (panel.kind === "lines") {
    return linesOf(panel).filter(({ source }) => source !== "bound").map(({ name }) => name);
  }
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
    case "table":
      return paintTablePanel(panel);
  }
}

/** The kinds of mark that need a word, in the order of the key. */
const kinds = ["measured", "published", "published level", "bound", "allowed"] as const;
type Kind = typeof kinds[number];

const kindNames: Readonly<Record<Kind, string>> = {
  "measured": "measured",
  "published": "published",
  "published level": "published",
  "bound": "bound",
  "allowed": "allowed",
};

/** The kinds of mark that a panel shows. */
function kindsOf(panel: Panel): Kind[] {
  if (panel.kind !== "lines" && panel.kind !== "points") return [];
  const levels = (panel.levels ?? []).map(({ source }) => source === "bound" ? source : "published level");
  if (panel.kind === "points") return levels;
  return [
    ...panel.lines.map(({ source }) => source),
    ...levels,
    ...(panel.allowed === undefined ? [] : ["allowed" as const]),
  ];
}

/** Samples of the kinds of mark; nothing where every value was measured. */
function paintKey(present: readonly Kind[], top: number): { width: number; height: number; marks: string[] } {
  const shown = kinds.filter((kind) => present.includes(kind));
  if (shown.every((kind) => kind === "measured")) return { width: 0, height: 0, marks: [] };
  const marks: string[] = [];
  const y = top + 6;
  let x = 0;
  for (const kind of shown) {
    const width = kind === "published" ? 10 : 40;
    marks.push(
      ...paintSample(kind, x, y, width),
      textElement(kindNames[kind], x + width + 8, y, { size: 11 }),
    );
    x += width + 8 + textWidth(kindNames[kind], 11) + 24;
  }
  return { width: x, height: gap / 2 + 14, marks };
}

function paintSample(kind: Kind, x: number, y: number, width: number): string[] {
  const style = { colour: "currentColor", shape: "circle" } as const;
  const line = (stroke: Record<string, string | number>) =>
    element("path", { d: `M${coordinates(x, y)}h${width}`, ...stroke });
  switch (kind) {
    case "measured":
      return [
        line({ stroke: "currentColor", "stroke-width": 1.5, fill: "none" }),
        paintMark(x + width / 2, y, 3, style, "filled"),
      ];
    case "published":
      return [paintMark(x + width / 2, y, 4, style, "hollow")];
    case "published level":
    case "bound":
      return [line(levelStroke(kind === "bound" ? kind : "published", "currentColor"))];
    case "allowed":
      return [
        element("rect", {
          x,
          y: y - 6,
          width,
          height: 12,
          fill: "currentColor",
          "fill-opacity": allowedOpacity,
        }),
      ];
  }
}

/** Names that stand for levels and bounds alone are in the colour of the text: they are no series. */
function stylesOf(panels: readonly Panel[]): ReadonlyMap<string, SeriesStyle> {
  const names = panels.flatMap(seriesNames);
  const levels = panels.flatMap((panel) =>
    panel.kind === "lines" || panel.kind === "points" ? panel.levels ?? [] : []
  );
  const plain: SeriesStyle = { colour: "currentColor", shape: "circle" };
  return new Map([
    ...[...levels, ...panels.flatMap(linesOf)].map(({ name }) => [name, plain] as const),
    ...seriesStyles(names),
  ]);
}

/** Whether a panel leaves most of its ground open, so that what lies below its marks is seen. */
function isOpen({ kind }: Panel): boolean {
  return kind === "lines" || kind === "points" || kind === "table";
}

/** The share of a panel's width, and the largest font size in px, of the word across a stand-in. */
const wordShare = 0.8;
const largestWord = 64;
/** It is seen on white, on black and on every picture between. */
const wordStyle = { colour: "#808080", opacity: "0.5" } as const;

/** The word across a panel that shows a stand-in. */
function paintStandIn({ width, height }: Painting): string {
  const word = "stand-in";
  const size = Math.min(largestWord, wordShare * width / textWidth(word, 1, true));
  const turn = -Math.min(20, 180 / Math.PI * Math.atan2(height, width));
  return element(
    "g",
    { transform: `translate(${coordinates(width / 2, height / 2)}) rotate(${formatCoordinate(turn)})` },
    textElement(word, 0, 0, { size, bold: true, anchor: "middle", ...wordStyle }),
  );
}
