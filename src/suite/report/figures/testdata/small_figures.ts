import type { Figure, Panel } from "../../../figure.ts";

function figure(id: string, ...panels: Panel[]): Figure {
  return { id, title: `The ${id}`, caption: "What is seen", panels };
}

/** A run of a commit that does not change. */
export const fixedRun = { profile: "standard", environment: { commit: "0123456789abcdef", dirty: false } } as const;

/** A small figure of each kind of panel, with names that hold markup. */
export const smallFigures: Readonly<Record<Panel["kind"], Figure>> = {
  lines: figure("lines", {
    kind: "lines",
    title: "errors",
    x: { label: "training images", scale: "log", ticks: [300, 1000, 2000] },
    y: { label: "test error (%)", scale: "log" },
    lines: [
      {
        name: "<script>alert(1)</script>",
        source: "published",
        points: [{ x: 300, y: 14.5 }, { x: 1000, y: 7.2 }, { x: 2000, y: 5.8 }],
      },
      {
        name: "<script>alert(1)</script>",
        source: "measured",
        points: [{ x: 300, y: 14, lower: 13, upper: 15 }, { x: 1000, y: null }, { x: 2000, y: 6 }],
      },
      { name: "chance & more", source: "bound", points: [{ x: 300, y: 5 }, { x: 2000, y: 5 }] },
    ],
    levels: [
      { name: "<script>alert(1)</script>", source: "published", value: 4 },
      { name: "2^{J}", source: "bound", axis: "x", value: 500 },
    ],
    allowed: [6, 7],
  }),
  points: figure("points", {
    kind: "points",
    x: { label: "first component" },
    y: { label: "second component" },
    groups: [
      { name: "class 0", points: [{ x: 0, y: 0 }, { x: 1, y: 2 }], centre: { x: 0.5, y: 1 } },
      { name: "class 1", points: [{ x: -3, y: 4 }] },
      { name: "class_{2}", points: [], centre: { x: 0.5, y: 1.1 }, nameAt: "centre" },
    ],
    levels: [{ name: "least", source: "bound", value: -1 }],
  }),
  tiles: figure("tiles", {
    kind: "tiles",
    columns: 2,
    colours: "diverging",
    range: "panel",
    tiles: [
      { width: 2, height: 1, values: [-1, 1], label: "j = 0" },
      { width: 2, height: 1, values: [0, 0.5], label: "j = 1" },
      { width: 1, height: 2, values: [0, 0] },
    ],
  }),
  matrix: figure("matrix", {
    kind: "matrix",
    rowLabel: "query",
    columnLabel: "key",
    rows: 2,
    columns: 2,
    values: [1, 0, 0.25, 0.75],
    domain: [0, 1],
    rowNames: ["<s>", "\n"],
    columnNames: ["<s>", " the"],
    marks: [{ column: 1, label: "sink" }],
  }),
  discs: figure("discs", {
    kind: "discs",
    columns: 2,
    discs: [
      [
        { inner: 0, outer: 0.5, from: 0, to: Math.PI / 2, value: 1 },
        { inner: 0.5, outer: 1, from: Math.PI, to: 1.02 * Math.PI, value: 0.5 },
      ],
      [],
    ],
  }),
  tokens: figure("tokens", {
    kind: "tokens",
    rows: [
      { label: "before", tokens: [{ text: "<b>", rgb: [1, 1, 0] }, { text: " cat", rgb: [0, 0, 0.5] }] },
      { label: "after", tokens: [{ text: "\n", rgb: [0.5, 0.5, 0.5] }] },
    ],
  }),
  table: figure("table", {
    kind: "table",
    title: "Ratios",
    columns: ["<network>", "Σ_{B}\nwith 1/C", "n"],
    rows: [["x", "1.5", ""], ["F^{T} F", "22", "100"]],
  }),
};
