import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { judge } from "../golden/judge.ts";
import type { CellResult } from "../runner/results.ts";
import { pull } from "./pull.ts";
import {
  placeDots,
  type PullCell,
  pullPlot,
  pullPlotOfResults,
  pullStrip,
  reach,
  rowText,
} from "./pull_plot.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";

/** A printed 21.92, measured as 21.8, of which 3 to either side are allowed. */
const [number] = fixedResults.modules[0]!.cells as [CellResult];
const measured = (value: number | null, standardError: number | null = null) => {
  return { value, standardError, unitOfError: null, values: [value ?? NaN] };
};
const at = (value: number, own: Partial<CellResult> = {}): PullCell => ({
  ...number,
  measured: measured(value),
  ...own,
});
const none = () => undefined;

/** The x of every circle of a strip, in tolerances from the middle. */
function circles(svg: string): number[] {
  const width = Number(/viewBox="-\d+ 0 (\d+)/.exec(svg)![1]);
  const unit = Number(/class="band" x="-([\d.]+)"/.exec(svg)![1]);
  assert(unit * reach < width / 2);
  return [...svg.matchAll(/<circle class="dot[^"]*" cx="([^"]*)"/g)].map(([, x]) => Number(x) / unit);
}

Deno.test("pullStrip() puts a dot at (measured - published) / tolerance, and the band from -1 to 1", () => {
  const values = [21.92, 24.92, 18.92, 27.92, 20.42];
  const cells = values.map((value, i) => at(value, { id: `c${i}` }));
  const found = circles(pullStrip({ id: "toy", cells }, none, "")).toSorted((a, b) => a - b);
  const expected = values.map((value) => (value - 21.92) / 3).toSorted((a, b) => a - b);
  assertEquals(found.map((x) => +x.toFixed(3)), expected.map((x) => +x.toFixed(3)));
});

Deno.test("pull() scales a relative tolerance by the printed number, and an interval by the standard error", () => {
  const relative = { kind: "relative", value: 0.1, rationale: "" } as const;
  assertEquals(pull(at(21.92 + 2.192, { tolerance: relative }))!.toFixed(9), "1.000000000");
  const interval = { kind: "interval", value: 2, rationale: "" } as const;
  assertEquals(
    pull({ ...number, measured: measured(21.92 - 1.5, 0.5), tolerance: interval })!.toFixed(9),
    "-1.500000000",
  );
});

Deno.test("pull() lies in [-1, 1] where and only where the verdict is agrees", () => {
  const [claim] = fixedClaims.get("toy_paper")!;
  const kinds = fc.constantFrom("absolute", "relative", "interval");
  const size = fc.double({ min: 0.01, max: 10, noNaN: true });
  fc.assert(
    fc.property(kinds, size, fc.double({ min: -50, max: 50, noNaN: true }), size, (kind, value, x, error) => {
      const tolerance = { kind, value, rationale: "" } as const;
      const own = measured(x, error);
      const { verdict } = judge({ ...claim!, tolerance }, own);
      const found = pull({ ...number, tolerance, measured: own, verdict })!;
      // The edge itself has some room for round-off.
      fc.pre(Math.abs(Math.abs(found) - 1) > 1e-9);
      assertEquals(Math.abs(found) < 1, verdict === "agrees");
    }),
  );
});

Deno.test("placeDots() marks what lies beyond the scale, at its end and on its side", () => {
  const cells = [
    at(21.92 + 3 * 7, { id: "high" }),
    at(21.92 - 3 * 100, { id: "low" }),
    at(21.92 + 3 * reach, { id: "end" }),
  ];
  const dots = placeDots(cells, "number", 28);
  assertEquals(dots.map(({ cell, at, isBeyond }) => [cell.id, at, isBeyond]), [
    ["low", -reach, true],
    ["end", reach, false],
    ["high", reach, true],
  ]);
  const svg = pullStrip({ id: "toy", cells }, none, "");
  assertEquals(svg.match(/<path class="dot/g)!.length, 2);
  assertEquals(circles(svg).length, 1);
  assertStringIncludes(svg, "high: 42.92, published 21.92: +7.0 tolerances");
});

Deno.test("placeDots() gives no dot to what was not measured, ran on a stand-in, is a claim, or has a bound for a printed number", () => {
  const without: PullCell[] = [
    { ...number, measured: null, verdict: "not measured" },
    { ...number, measured: measured(null), verdict: "deviates" },
    at(21, { verdict: "stand-in" }),
    at(21, { role: "claim", published: null, verdict: "holds" }),
    at(21, { tolerance: { kind: "at-most", value: 21.92, rationale: "" } }),
  ];
  assertEquals(placeDots(without, "number", 28), []);
  assertEquals(pullStrip({ id: "toy", cells: without }, none, ""), "");
});

Deno.test("placeDots() keeps dots of nearly the same pull apart, and is the same for any order of the cells", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 10, max: 34, noNaN: true }), { maxLength: 40 }), (values) => {
      const cells = values.map((value, i) => at(value, { id: `c${String(i).padStart(2, "0")}` }));
      const unit = 28;
      const dots = placeDots(cells, "number", unit);
      assertEquals(dots.length, cells.length);
      assertEquals(placeDots(cells.toReversed(), "number", unit), dots);
      // A lane has 11 levels, of which a place within 5.6 px may fill no more than 11.
      const crowded = dots.some(({ at }) =>
        dots.filter((dot) => Math.abs(dot.at - at) * unit < 5.6).length > 11
      );
      fc.pre(!crowded);
      for (const a of dots) {
        for (const b of dots) {
          const isApart = a === b || a.level !== b.level || Math.abs(a.at - b.at) * unit >= 5.6 - 1e-9;
          assert(isApart, `${a.cell.id} and ${b.cell.id} overlap`);
        }
      }
    }),
  );
});

Deno.test("pullStrip() paints variants as rings below the printed numbers, never among them", () => {
  const cells = [at(22), at(23), at(22, { role: "variant", id: "v" })];
  const svg = pullStrip({ id: "toy", cells }, none, "");
  const heights = (shape: string) =>
    [...svg.matchAll(new RegExp(`<circle class="${shape}" cx="[^"]*" cy="([^"]*)"`, "g"))].map(([, y]) =>
      Number(y)
    );
  const numbers = heights("dot agrees");
  const rings = heights("dot agrees ring");
  assertEquals([numbers.length, rings.length], [2, 1]);
  assert(Math.max(...numbers) + 5 < Math.min(...rings), `${numbers} and ${rings}`);
  assertEquals(placeDots(cells, "variant", 28).map(({ cell }) => cell.id), ["v"]);
});

Deno.test("pullStrip() has one link to each dot, and escapes what a dot says", () => {
  const svg = pullStrip(
    { id: "toy", cells: [at(22, { id: "a<b" })] },
    (module, cell) => `#${module}/${cell.length}`,
    "x < y",
  );
  assertStringIncludes(svg, '<a href="#toy/3" tabindex="-1"><title>a&lt;b: 22.00, published 21.92');
  assertStringIncludes(svg, 'aria-label="x &lt; y"');
});

Deno.test("pullPlot() stays finite where nothing but the printed number is allowed", () => {
  const exact = { kind: "absolute", value: 0, rationale: "" } as const;
  const cells = [at(21.92, { tolerance: exact }), at(22, { tolerance: exact, verdict: "deviates" })];
  const svg = pullPlot({ rows: [{ id: "toy", cells }], provenance: "" });
  assertEquals(/NaN|Infinity/.test(svg), false);
  assertStringIncludes(svg, "beyond a tolerance of 0");
});

Deno.test("pullPlotOfResults() says profile and commit, and across it where it is no result", () => {
  const svg = pullPlotOfResults(fixedResults, none);
  assertStringIncludes(svg, ">profile standard, commit e354008</text>");
  assertEquals(svg.includes("no result"), false);
  const onStandIns = (standIn: number) => {
    const summary = { ...fixedResults.summary, cells: 5, notMeasured: 1, standIn };
    return pullPlotOfResults({ ...fixedResults, summary }, none);
  };
  assertStringIncludes(onStandIns(4), "stand-in: no result");
  assertEquals(onStandIns(3).includes("no result"), false);
});

Deno.test("rowText() counts numbers alone, and says why there is no dot", () => {
  assertEquals(rowText(fixedResults.modules[0]!.cells), "2 of 4 agree");
  assertEquals(rowText([]), "no printed number: claims alone");
  assertEquals(rowText([at(21, { verdict: "stand-in" })]), "on a stand-in, not judged");
  assertEquals(
    rowText([{ ...number, measured: null, verdict: "not measured" }]),
    "none of its numbers was measured",
  );
});

Deno.test("pullStrip() has room for every dot, however many share a pull", () => {
  for (let count = 1; count <= 12; count++) {
    const cells = Array.from({ length: count }, (_, i) => at(21.92, { id: `c${i}` }));
    const svg = pullStrip({ id: "toy", cells }, none, "");
    const height = Number(/ height="([\d.]+)"/.exec(svg)![1]);
    const heights = [...svg.matchAll(/ cy="([^"]*)" r="([^"]*)"/g)].map(([, y, r]) => [Number(y), Number(r)]);
    assertEquals(heights.length, count);
    for (const [y, r] of heights) assert(y! - r! >= 0 && y! + r! <= height, `${y} of ${height}`);
  }
});
