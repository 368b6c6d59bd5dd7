import { assertEquals, assertThrows } from "@std/assert";
import type { Figure } from "../figure.ts";
import type { Reproduction } from "../reproduction.ts";
import { finishedText, JobResults } from "./job_results.ts";
import { paintFigures } from "./paint_figures.ts";
import { reproduction } from "./testdata/toy.ts";

const figure: Figure = { id: "same", title: "A figure", caption: "", panels: [] };

/** Jobs of which the first two have finished. */
const jobs = [
  { id: "job 0", task: "number", key: "0" },
  { id: "job 1", task: "number", key: "1" },
  { id: "job 2", task: "number", key: "2" },
  { id: "other", task: "other", key: "1" },
  { id: "damaged", task: "number", key: null },
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
  assertEquals(paintFigures(paints, [], results, { cells: [] }), [{ reproduction: "toy", figure }]);
  const { figures: _, ...silent } = reproduction;
  assertEquals(paintFigures(silent, [], results, { cells: [] }), []);
});

Deno.test("paintFigures() gives a figure the finished jobs of a task, in the order of the plan", () => {
  let found: unknown;
  const figures: Reproduction["figures"] = ({ finished, cell }) => {
    found = [finished("number"), finished("none"), cell("none")];
    return [];
  };
  paintFigures({ ...reproduction, figures }, jobs, results, { cells: [] });
  assertEquals(found, [[{ job: "job 0", result: 10 }, { job: "job 1", result: NaN }], [], undefined]);
});

Deno.test("paintFigures() refuses two figures of one id", () => {
  assertThrows(
    () => paintFigures({ ...reproduction, figures: () => [figure, figure] }, [], results, { cells: [] }),
    Error,
    "Two figures of toy have the same id",
  );
});
