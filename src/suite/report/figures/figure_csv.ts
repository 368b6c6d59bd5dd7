import { stringify } from "@std/csv";
import type { Figure, Level, Panel } from "../../figure.ts";
import { plainText } from "./math_text.ts";

type Row = Readonly<Record<string, string | number>>;

const allColumns = [
  ...["panel", "title", "kind", "series", "source", "x", "y", "lower", "upper"],
  ...["row", "column", "channel", "inner", "outer", "from", "to", "value", "text", "red", "green", "blue"],
];

/**
 * The data of a figure as CSV: one row a point, level, pixel, matrix cell, sector, token or entry of a table, numbers in full, a gap
 * empty. Angles, from and to, are in degrees.
 * Panels, tiles, discs, rows, columns and tokens are counted from 0. Columns that no panel uses are left out.
 *
 * @param figure The figure.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const axis = { label: "x" };
 * const lines = [{ name: "a", source: "measured" as const, points: [{ x: 1, y: null }] }];
 * const figure = { id: "f", title: "", caption: "", panels: [{ kind: "lines" as const, x: axis, y: axis, lines }] };
 * assertEquals(figureCsv(figure), "panel,kind,series,source,x,y\r\n0,lines,a,measured,1,\r\n");
 * ```
 */
export function figureCsv(figure: Figure): string {
  const rows = figure.panels.flatMap((panel, i) =>
    panelRows(panel).map((row): Row => ({
      panel: i,
      ...(panel.title === undefined ? {} : { title: plainText(panel.title) }),
      kind: panel.kind,
      ...row,
    }))
  );
  const used = new Set(rows.flatMap((row) => Object.keys(row)));
  return stringify(rows, { columns: allColumns.filter((column) => used.has(column)) });
}

function panelRows(panel: Panel): Row[] {
  switch (panel.kind) {
    case "lines":
      return [
        ...panel.lines.flatMap(({ name, source, points }) =>
          points.map(({ y, ...point }) => ({ series: plainText(name), source, ...point, y: y ?? "" }))
        ),
        ...levelRows(panel.levels),
        ...(panel.allowed === undefined
          ? []
          : [{ series: "allowed", source: "allowed", lower: panel.allowed[0], upper: panel.allowed[1] }]),
      ];
    case "points":
      return [
        ...panel.groups.flatMap(({ name, points, centre }) => [
          ...points.map(({ x, y }) => ({ series: plainText(name), source: "point", x, y })),
          ...(centre === undefined
            ? []
            : [{ series: plainText(name), source: "centre", x: centre.x, y: centre.y }]),
        ]),
        ...levelRows(panel.levels),
      ];
    case "tiles": {
      const channels = panel.colours === "rgb" ? 3 : 1;
      return panel.tiles.flatMap(({ width, values, label }, tile) =>
        values.map((value, i) => ({
          series: tile,
          row: Math.floor(i / channels / width),
          column: Math.floor(i / channels) % width,
          ...(channels === 1 ? {} : { channel: i % channels }),
          value,
          ...(label === undefined ? {} : { text: plainText(label) }),
        }))
      );
    }
    case "matrix": {
      const marks = new Map(panel.marks?.map(({ column, label }) => [column, label]));
      return panel.values.map((value, i) => {
        const row = Math.floor(i / panel.columns);
        const column = i % panel.columns;
        return { row, column, value, ...(marks.has(column) ? { text: marks.get(column)! } : {}) };
      });
    }
    case "discs":
      return panel.discs.flatMap((sectors, disc) =>
        sectors.map(({ inner, outer, from, to, value }) => ({
          series: disc,
          inner,
          outer,
          from: degrees(from),
          to: degrees(to),
          value,
        }))
      );
    case "tokens":
      return panel.rows.flatMap(({ label, tokens }) =>
        tokens.map(({ text, rgb: [red, green, blue] }, column) => ({
          series: label,
          column,
          text,
          red,
          green,
          blue,
        }))
      );
    case "table":
      return panel.rows.flatMap((texts, row) =>
        texts.map((text, column) => ({
          series: plainText(panel.columns[column]!.replaceAll("\n", " ")),
          row,
          column,
          text: plainText(text),
        }))
      );
  }
}

function levelRows(levels: readonly Level[] = []): Row[] {
  return levels.map(({ name, source, axis = "y", value }) => ({
    series: plainText(name),
    source,
    [axis]: value,
  }));
}

/** Of an angle in radians; a last digit that round-off alone made is left out. */
function degrees(angle: number): number {
  return Number((180 / Math.PI * angle).toPrecision(15));
}
