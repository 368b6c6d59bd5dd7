import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import type { Panel } from "../../figure.ts";
import { figureCsv } from "./figure_csv.ts";
import { smallFigures } from "./testdata/small_figures.ts";

function panelRows(kind: Panel["kind"]): Record<string, string>[] {
  const [header, ...rows] = parse(figureCsv(smallFigures[kind]));
  return rows.map((row) => Object.fromEntries(header!.map((column, i) => [column, row[i]!])));
}

Deno.test("figureCsv() writes lines with intervals, gaps empty, then levels and what is allowed", () => {
  const rows = panelRows("lines");
  assertEquals(rows.length, 11);
  assertEquals(rows[3], {
    ...{
      panel: "0",
      title: "errors",
      kind: "lines",
      series: "<script>alert(1)</script>",
      source: "measured",
    },
    ...{ x: "300", y: "14", lower: "13", upper: "15" },
  });
  assertEquals(rows[4]!.y, "");
  assertEquals(
    rows.slice(8).map(({ series, source, x, y, lower, upper }) => [series, source, x, y, lower, upper]),
    [
      ["<script>alert(1)</script>", "published", "", "4", "", ""],
      ["2ᴶ", "bound", "500", "", "", ""],
      ["allowed", "allowed", "", "", "6", "7"],
    ],
  );
});

Deno.test("figureCsv() writes points, centres and levels", () => {
  assertEquals(panelRows("points").map(({ series, source, x, y }) => [series, source, x, y]), [
    ["class 0", "point", "0", "0"],
    ["class 0", "point", "1", "2"],
    ["class 0", "centre", "0.5", "1"],
    ["class 1", "point", "-3", "4"],
    ["class_2", "centre", "0.5", "1.1"],
    ["least", "bound", "", "-1"],
  ]);
});

Deno.test("figureCsv() writes every pixel with its row and column", () => {
  assertEquals(
    panelRows("tiles").map(({ series, row, column, value }) => [series, row, column, value].join()),
    [
      "0,0,0,-1",
      "0,0,1,1",
      "1,0,0,0",
      "1,0,1,0.5",
      "2,0,0,0",
      "2,1,0,0",
    ],
  );
});

Deno.test("figureCsv() writes a matrix with the words of its marked columns", () => {
  assertEquals(panelRows("matrix").map(({ row, column, value, text }) => [row, column, value, text].join()), [
    "0,0,1,",
    "0,1,0,sink",
    "1,0,0.25,",
    "1,1,0.75,sink",
  ]);
});

Deno.test("figureCsv() writes sectors, with angles in degrees, and tokens", () => {
  assertEquals(
    panelRows("discs").map(({ series, inner, outer, from, to, value }) =>
      [series, inner, outer, from, to, value].join()
    ),
    [
      "0,0,0.5,0,90,1",
      "0,0.5,1,180,183.6,0.5",
    ],
  );
  assertEquals(panelRows("tokens").map(({ series, text, blue }) => [series, text, blue]), [
    ["before", "<b>", "0"],
    ["before", " cat", "0.5"],
    ["after", "\n", "0.5"],
  ]);
});

Deno.test("figureCsv() writes every text of a table below the head of its column", () => {
  assertEquals(
    panelRows("table").map(({ series, row, column, text }) => [series, row, column, text].join()),
    [
      "<network>,0,0,x",
      "Σ_B with 1/C,0,1,1.5",
      "n,0,2,",
      "<network>,1,0,Fᵀ F",
      "Σ_B with 1/C,1,1,22",
      "n,1,2,100",
    ],
  );
});

Deno.test("figureCsv() of a figure without data is a header", () => {
  assertEquals(figureCsv({ id: "f", title: "", caption: "", panels: [] }).trim(), "");
});
