import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import type { Panel } from "../../figure.ts";
import { figureCsv } from "./figure_csv.ts";
import { smallFigures } from "./testdata/small_figures.ts";

function panelRows(kind: Panel["kind"]): Record<string, string>[] {
  const [header, ...rows] = parse(figureCsv(smallFigures[kind]));
  return rows.map((row) => Object.fromEntries(header!.map((column, i) => [column, row[i]!])));
}

Deno.test("figureCsv() writes lines with intervals, gaps empty", () => {
  const rows = panelRows("lines");
  assertEquals(rows.length, 8);
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
});

Deno.test("figureCsv() writes points and centres", () => {
  assertEquals(panelRows("points").map(({ series, source, x, y }) => [series, source, x, y]), [
    ["class 0", "point", "0", "0"],
    ["class 0", "point", "1", "2"],
    ["class 0", "centre", "0.5", "1"],
    ["class 1", "point", "-3", "4"],
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

Deno.test("figureCsv() writes sectors and tokens", () => {
  assertEquals(
    panelRows("discs").map(({ series, inner, outer, value }) => [series, inner, outer, value].join()),
    [
      "0,0,0.5,1",
      "0,0.5,1,0.5",
    ],
  );
  assertEquals(panelRows("tokens").map(({ series, text, blue }) => [series, text, blue]), [
    ["before", "<b>", "0"],
    ["before", " cat", "0.5"],
    ["after", "\n", "0.5"],
  ]);
});

Deno.test("figureCsv() of a figure without data is a header", () => {
  assertEquals(figureCsv({ id: "f", title: "", caption: "", panels: [] }).trim(), "");
});
