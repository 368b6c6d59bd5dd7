import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { lenet5 } from "../../src/nn/descriptions/lenet5.ts";
import type { LinePanel, MatrixPanel, TilePanel } from "../../src/suite/figure.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type FigureSource, jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import { bitmapHeight, bitmapWidth } from "./method/bitmaps.ts";
import { reproduction } from "./mod.ts";
import { lines } from "./protocol.ts";
import { type DigitParameters, type DigitResult, tasks } from "./run.ts";

const golden = fromFileUrl(new URL("../../golden", import.meta.url));

for (const profile of ["smoke", "standard", "full"] as const) {
  Deno.test(`lenet5 plans the cells of the golden file in ${profile}`, () => {
    const claimed = claimsOfProfile(loadClaims(golden, reproduction.id), profile).map(({ cell }) => cell);
    const planned = planFor(reproduction, { profile }).cells.map(({ id }) => id);
    assertEquals(planned.toSorted(), claimed.toSorted());
  });
}

Deno.test("lenet5 learns from the whole, the half and the quarter of the digits, as Figure 6 does in full", () => {
  const digits = (profile: "standard" | "full") => [
    ...new Set(
      jobsOf(planFor(reproduction, { profile })).map(({ parameters }) =>
        (parameters as DigitParameters).digits
      ),
    ),
  ];
  assertEquals(digits("full"), [60_000, 30_000, 15_000]);
  assertEquals(digits("standard"), [10_000, 5000, 2500]);
});

Deno.test("lenet5 freezes layers that the network has, and its bitmaps have a pixel for each unit of F6", () => {
  const names = lenet5.layers.map(({ name }) => name);
  assertEquals(lines.frozen.frozen.filter((name) => !names.includes(name)), []);
  const units = lenet5.layers.flatMap((layer) => layer.kind === "dense" ? [layer.units] : []);
  assertEquals(units, [bitmapWidth * bitmapHeight]);
});

/** A training that gets the first `wrong` of 100 digits wrong. */
function resultOf(line: string, wrong: number, digits = 10_000): DigitResult {
  const confusion = Array<number>(100).fill(0);
  confusion[49] = wrong;
  return {
    line,
    digits,
    passes: [{ pass: 1, train: 5, test: wrong - 1 }, { pass: 2, train: 0, test: wrong }],
    mistakes: mistakesOf(Array.from({ length: 100 }, (_, i) => i < wrong ? 1 : 0), Array(100).fill(0)),
    confusion,
    missed: [{ label: 4, found: 9, pixels: Uint8Array.of(0, 255, 0, 1).toBase64() }],
    side: 2,
  };
}

Deno.test("lenet5 takes every cell from its own trainings", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const wrong: Record<string, number> = { rbf: 40, softmax: 20, frozen: 7 };
  const value = (id: string) =>
    measureCell(plan, id, ({ parameters }) => {
      const { line, digits } = parameters as DigitParameters;
      return resultOf(line, wrong[line]! + (digits === 10_000 ? 0 : digits === 5000 ? 1 : 3));
    }).values[0]!;
  assertEquals([value("error/rbf"), value("error/softmax")], [40, 20]);
  assertEquals(Math.round(value("order/rbf/whole-half")), -1);
  assertEquals(Math.round(value("order/softmax/half-quarter")), -2);
  assertEquals(Math.round(value("order/softmax/learned-frozen")), 13);
  assertEquals(value("overtraining/rbf"), 1);
  assertEquals(jobsOfCell(plan, "order/softmax/learned-frozen"), [
    "softmax/whole/seed=0",
    "frozen/whole/seed=0",
  ]);
});

Deno.test("lenet5 on stand-ins: counts of what is taken for what are those of the mistakes", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const { confusion, mistakes, missed, passes } = await runJob(tasks, jobOf(plan, "softmax/whole/seed=0"));
  assertEquals(confusion.reduce((sum, count) => sum + count), mistakes.tested);
  const right = confusion.reduce((sum, count, i) => i % 11 === 0 ? sum + count : sum, 0);
  assertAlmostEquals(100 * (1 - right / mistakes.tested), passes.at(-1)!.test, 1e-9);
  assertEquals(missed.every(({ label, found }) => label !== found), true);
});

function finished(results: readonly DigitResult[]): FigureSource<typeof tasks> {
  return {
    finished: () => results.map((result, i) => ({ job: `${i}`, result: result as never })),
    cell: () => ({ published: 0.95, measured: null, standardError: null, allowed: null }),
  };
}

Deno.test("figures() shows passes, sizes, confusion and what is missed", () => {
  const figures = reproduction.figures!(
    finished([resultOf("rbf", 10), resultOf("rbf", 20, 5000), resultOf("frozen", 50)]),
  );
  assertEquals(figures.map(({ id }) => id), [
    "error-by-pass",
    "error-by-digits",
    "confusion-rbf",
    "missed-rbf",
  ]);
  const [train, test] = figures[0]!.panels as LinePanel[];
  assertEquals(train!.lines.map(({ name }) => name), ["distances", "softmax, random convolutions"]);
  assertEquals(train!.lines[0]!.points, [{ x: 1, y: 5 }, { x: 2, y: null }]);
  assertEquals(test!.levels!.map(({ value }) => value), [0.95]);
  assertStringIncludes(figures[0]!.caption, "distances 10.00 %");
  const [sizes] = figures[1]!.panels as LinePanel[];
  assertEquals(sizes!.lines.map(({ points }) => points.map(({ x, y }) => [x, y])), [[[5000, 20], [
    10_000,
    10,
  ]]]);
  assertEquals((figures[2]!.panels[0] as MatrixPanel).domain, [0, 10]);
  assertStringIncludes(figures[2]!.caption, "10 times, a 4 is taken for a 9");
  const { tiles } = figures[3]!.panels[0] as TilePanel;
  assertEquals(tiles, [{ width: 2, height: 2, values: [255, 0, 255, 254], label: "4→9" }]);
  assertEquals(reproduction.figures!(finished([])), []);
});
