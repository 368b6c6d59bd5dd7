import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { figures } from "./figures.ts";
import type { FrameResult, ScatteringResult, tasks } from "./run.ts";

const report = { ratio: 4, unbiased: 5, rank: 3, cut: 1e-10, outside: 0, n: 100, d: 5 };
const tested = {
  ...report,
  standardError: 0.25,
  jackknife: { blocks: 2, ratios: [4, 4.5] },
  fewer: [{ ...report, ratio: 6, n: 50 }],
};

/** A classifier of 100 images that gets the first ones wrong. */
function firstWrong(count: number) {
  return mistakesOf(new Uint8Array(100).fill(1, 0, count), new Uint8Array(100));
}

/** What every finished job has. */
const separation = {
  set: "cifar10",
  mistakes: firstWrong(20),
  fisher: { test: tested, train: report, floor: report },
  curve: [{ errors: 90, fisher: 1 }, { errors: 0, fisher: null }, { errors: 20, fisher: 4 }],
} as const;

function frameResult(change: Partial<FrameResult>): FrameResult {
  return {
    ...separation,
    row: "relu",
    frame: { tightness: 0.02, contraction: 0.9, spectrum: [1.02, 1, 0.99], atoms: [[0, 1]] },
    plane: { means: [[0, 1]], points: [[[1, 1]]] },
    ...change,
  };
}

function scatteringResult(change: Partial<ScatteringResult>): ScatteringResult {
  return { ...separation, row: "scat", tightness: [], ...change };
}

function sourceOf(
  finished: { frame?: FrameResult[]; scattering?: ScatteringResult[] },
  published: number | null = 28,
): FigureSource<typeof tasks> {
  return {
    finished: (task) => (finished[task] ?? []).map((result) => ({ job: "job", result })) as never,
    cell: () => ({ published, measured: 20, standardError: null, allowed: { lower: null, upper: 0.05 } }),
  };
}

Deno.test("figures() come from the rows that have finished", () => {
  const ids = (source: FigureSource<typeof tasks>) => figures(source).map(({ id }) => id);
  assertEquals(ids(sourceOf({})), []);
  const relu = frameResult({});
  const x = frameResult({ row: "x", frame: null });
  assertEquals(ids(sourceOf({ frame: [x] })), ["learning-curves", "class-planes"]);
  assertEquals(ids(sourceOf({ frame: [relu, x] })), ["learning-curves", "class-planes", "atoms", "spectrum"]);
  assertEquals(ids(sourceOf({ scattering: [scatteringResult({})] })), ["scattering-curves"]);
});

Deno.test("figures() draw what was measured by epoch, and what is printed across all of them", () => {
  const rows = [frameResult({}), frameResult({ row: "x", frame: null })];
  const [curves] = figures(sourceOf({ frame: rows }));
  const error = curves!.panels[0]!;
  assert(error.kind === "lines");
  assertEquals(error.lines.map(({ name, source, points }) => [name, source, points.length]), [
    ["ReLU", "measured", 2],
    ["x", "measured", 2],
  ]);
  assertEquals(error.lines[0]!.points, [{ x: 0, y: 90 }, { x: 2, y: 20 }]);
  assertEquals(error.levels, ["ReLU", "x"].map((name) => ({ name, source: "published", value: 28 })));
});

Deno.test("figures() put what has to be known of Fisher ratios into a table for each data set", () => {
  const rows = [
    scatteringResult({}),
    scatteringResult({ row: "jcoscat", fisher: { ...separation.fisher, train: null } }),
    scatteringResult({ set: "mnist", fisher: { ...separation.fisher, test: { ...tested, outside: 0.004 } } }),
  ];
  for (
    const figure of [
      figures(sourceOf({ scattering: rows }))[0]!,
      figures(sourceOf({ frame: [frameResult({})] }))[0]!,
    ]
  ) {
    const [table] = figure.panels.filter(({ kind }) => kind === "table");
    assert(table?.kind === "table");
    assertEquals(table.title, "CIFAR-10: Fisher ratios at the end");
    const named = Object.fromEntries(
      table.columns.map((head, i) => [head.replace("\n", " "), table.rows[0]![i]]),
    );
    assertEquals(named, {
      "": figure.id === "scattering-curves" ? "Scat" : "ReLU",
      "ratio": "4.000",
      "standard error": "0.2500",
      "with 1/(C − 1)": "5.000",
      "images": "100",
      "values": "5",
      "rank": "3",
      "on fewer images": "6.000 (50)",
      "shuffled labels": "4.000",
      "on training images": "4.000 (100)",
    });
  }
  const [curves] = figures(sourceOf({ scattering: rows }));
  const tables = curves!.panels.filter((panel) => panel.kind === "table");
  assertEquals(tables.map(({ rows }) => rows.map((row) => row.at(-1))), [["4.000 (100)", ""], [
    "4.000 (100)",
  ]]);
  assertStringIncludes(curves!.caption, "the cut 1e-10; at most 0.004 of Trace(Σ_{B}) lies outside");
});

Deno.test("figures() allow eigenvalues as far from 1 as the cell allows the norm of F^T F - Id to be", () => {
  const spectrum = figures(sourceOf({ frame: [frameResult({})] })).find(({ id }) => id === "spectrum")!;
  assert(spectrum.panels[0]!.kind === "lines");
  assertEquals(spectrum.panels[0]!.allowed, [0.95, 1.05]);
  assertStringIncludes(spectrum.caption, "Id: CIFAR-10, ReLU 0.020.");
});

Deno.test("figures() name classes beside their means, and count the images that are shown", () => {
  const plane = { means: [[0, 1], [2, 3]], points: [[[1, 1]], [[2, 2], [3, 3]]] } as const;
  const planes = figures(sourceOf({ frame: [frameResult({ plane })] })).find(({ id }) =>
    id === "class-planes"
  )!;
  assert(planes.panels[0]!.kind === "points");
  assertEquals(planes.panels[0]!.groups.map(({ name, nameAt }) => [name, nameAt]), [
    ["airplane", "centre"],
    ["automobile", "centre"],
  ]);
  assert(planes.caption.startsWith("1 to 2 test images a class,"));
});

Deno.test("figures() show the first seed of a row, and a panel for each data set", () => {
  const rows = [
    scatteringResult({}),
    scatteringResult({ curve: [] }),
    scatteringResult({ row: "jcoscat" }),
    scatteringResult({ set: "mnist" }),
  ];
  const [curves] = figures(sourceOf({ scattering: rows }, null));
  const lines = curves!.panels.flatMap((panel) => panel.kind === "lines" ? [panel.lines] : []);
  assertEquals(lines.map((own) => own.map(({ name, points }) => [name, points.length])), [
    [["Scat", 2], ["JCoScat", 2]],
    [["Scat", 2]],
  ]);
});

Deno.test("figures() say which reduction moves the error of JCoScat most, of those that were halved", () => {
  const caption = (rows: ScatteringResult[]) => figures(sourceOf({ scattering: rows }))[0]!.caption;
  const base = scatteringResult({ row: "jcoscat" });
  const channels = scatteringResult({ row: "jcoscat-channels-x2", mistakes: firstWrong(16) });
  const epochs = scatteringResult({ row: "jcoscat-epochs-x2", mistakes: firstWrong(10) });
  // 4 and 10 of 100 images are wrong in one of the two alone.
  const error = (share: number) => (10 * Math.sqrt(share - share ** 2)).toFixed(2);
  const texts = [
    `−10.00 ± ${error(0.1)} with twice the epochs`,
    `−4.00 ± ${error(0.04)} with twice the channels.`,
  ];
  assert(caption([base, channels, epochs]).endsWith(`the largest first: ${texts.join(", ")}`));
  assertEquals(caption([base]).includes("twice"), false);
  assertEquals(caption([channels]).includes("the largest first"), false);
});
