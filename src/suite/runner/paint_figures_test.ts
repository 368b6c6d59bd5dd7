import { assertEquals, assertThrows } from "@std/assert";
import type { Figure } from "../figure.ts";
import type { Claim } from "../golden/claim.ts";
import type { FigureCell, Reproduction } from "../reproduction.ts";
import { finishedText, JobResults } from "./job_results.ts";
import { judgeCell } from "./judge_cells.ts";
import { paintFigures } from "./paint_figures.ts";
import { reproduction } from "./testdata/toy.ts";

const figure: Figure = { id: "same", title: "A figure", caption: "", panels: [] };

/** Jobs of which the first two have finished. */
const jobs = [
  { id: "job 0", task: "number", key: "0", reads: {} },
  { id: "job 1", task: "number", key: "1", reads: {} },
  { id: "job 2", task: "number", key: "2", reads: {} },
  { id: "other", task: "other", key: "1", reads: {} },
  { id: "damaged", task: "number", key: null, reads: {} },
];
const stored = new Map([["0", 10], ["1", NaN]]);
const results = new JobResults({
  get: (key) =>
    stored.has(key)
      ? new TextEncoder().encode(finishedText(stored.get(key) === 10 ? "10" : '{"$number":"NaN"}', 1))
      : undefined,
});

Deno.test("paintFigures() names the reproduction of each figure, and needs none", () => {
  const paints = { ...reproduction, figures: () => [figure] };
  assertEquals(paintFigures(paints, [], results, { cells: [] }, "full"), [
    { reproduction: "toy", figure, standIn: false },
  ]);
  const { figures: _, ...silent } = reproduction;
  assertEquals(paintFigures(silent, [], results, { cells: [] }, "full"), []);
});

Deno.test("paintFigures() gives a figure the finished jobs of a task, in the order of the plan", () => {
  let found: unknown;
  const figures: Reproduction["figures"] = ({ finished, cell }) => {
    found = [finished("number"), finished("none"), cell("none")];
    return [];
  };
  paintFigures({ ...reproduction, figures }, jobs, results, { cells: [] }, "full");
  assertEquals(found, [[{ job: "job 0", result: 10 }, { job: "job 1", result: NaN }], [], undefined]);
});

Deno.test("paintFigures() refuses two figures of one id", () => {
  assertThrows(
    () =>
      paintFigures({ ...reproduction, figures: () => [figure, figure] }, [], results, { cells: [] }, "full"),
    Error,
    "Two figures of toy have the same id",
  );
});

const claim: Claim = {
  cell: "a",
  table: "",
  row: "",
  column: "",
  quantity: "",
  unit: "",
  published: { text: "10", value: 10 },
  source: "",
  role: "number",
  tolerance: { kind: "absolute", value: 2, rationale: "" },
  expect: "agrees",
  because: "",
  profile: null,
  line: 2,
};

/** A cell that measured 9 +- 1. */
function judged(standIn: boolean) {
  const measured = { value: 9, standardError: 1, unitOfError: null, values: [9] };
  return judgeCell(claim, { measured, dataDigest: "", standIn }, undefined);
}

Deno.test("paintFigures() gives a figure a cell with what it may be", () => {
  let found: FigureCell | undefined;
  const figures: Reproduction["figures"] = ({ cell }) => {
    found = cell("a");
    return [];
  };
  paintFigures({ ...reproduction, figures }, [], results, { cells: [judged(false)] }, "full");
  assertEquals(found, { published: 10, measured: 9, standardError: 1, allowed: { lower: 8, upper: 12 } });
});

/** A figure of a job, one of a cell, one of both and one of neither. */
const four: NonNullable<Reproduction["figures"]> = ({ finished, cell }) => {
  const seen = {
    job: finished("number").map(({ job }) => job).join(),
    cell: `${cell("a")?.measured}`,
    none: "",
  };
  const titles = { ...seen, both: `${seen.job} ${seen.cell}` };
  return Object.entries(titles).map(([id, title]) => ({ id, title, caption: "", panels: [] }));
};

/** The ids of the figures that are marked as stand-ins. */
function marked(standInJob: boolean, standInCell: boolean, profile: "smoke" | "full"): string[] {
  const read = { dataset: "digits", files: [], standIn: standInJob };
  const mixed = jobs.map((job, i) => i === 1 ? { ...job, reads: { read } } : job);
  const module = { cells: [judged(standInCell)] };
  return paintFigures({ ...reproduction, figures: four }, mixed, results, module, profile)
    .filter(({ standIn }) => standIn).map(({ figure: { id } }) => id);
}

Deno.test("paintFigures() marks the figures that show anything of a stand-in, and no other", () => {
  assertEquals(marked(false, false, "full"), []);
  assertEquals(marked(true, false, "full"), ["job", "both"]);
  assertEquals(marked(false, true, "full"), ["cell", "both"]);
});

Deno.test("paintFigures() marks every figure of a smoke run that shows what was computed", () => {
  assertEquals(marked(false, true, "smoke"), ["job", "cell", "both"]);
});
