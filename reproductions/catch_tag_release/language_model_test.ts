import { assert, assertEquals } from "@std/assert";
import type { RunContext } from "../../src/reproduction.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import { greedyText, measureStories, storiesJobs, type StoriesResult } from "./language_model.ts";
import { measureStoriesCell } from "./language_model_cells.ts";
import { storiesFigures } from "./language_model_figures.ts";

function contextOf(threads: number): RunContext {
  return {
    read: () => Promise.reject(new Error("A stand-in reads no file")),
    rng: randomStream,
    artifact: () => Promise.reject(new Error("No artifact is shared")),
    threads,
    checkpoint: "",
    progress: () => {},
  };
}

const jobs = storiesJobs({
  profile: "smoke",
  seeds: 1,
  dataset: () => ({ source: "stand-in", files: [] }),
});

Deno.test("the jobs on the language model measure the stand-in, the same on any number of threads", async (t) => {
  const results: StoriesResult[] = [];
  for (const { parameters } of jobs) results.push(await measureStories(contextOf(1), parameters));
  const measure = (cell: string) =>
    measureStoriesCell(
      `stories260k/${cell}`,
      results.filter((_, i) => jobs[i]!.cells.includes(`stories260k/${cell}`)),
    ).values[0]!;
  await t.step("with the greedy tokens and logits of float64 arithmetic", () => {
    assertEquals(measure("greedy"), 128);
    assert(measure("logits-error") < 1e-4, `the largest difference is ${measure("logits-error")}`);
    assertEquals(measure("greedy-text") < greedyText.length, true); // it was trained on no story
  });
  await t.step("every cell as a finite number", () => {
    for (const cell of new Set(jobs.flatMap(({ cells }) => cells))) {
      assert(Number.isFinite(measure(cell.slice("stories260k/".length))), cell);
    }
  });
  await t.step("as one that draws nothing and attends to delimiters as to others", () => {
    assert(measure("max-received") >= measure("max-received-null") / 2);
    assert(Math.abs(measure("delimiter-lift-null") - 1) < 0.2, `${measure("delimiter-lift-null")}`);
  });
  await t.step("with figures whose panels hold as many values as they say", () => {
    const [panels, received] = storiesFigures(results);
    assertEquals(panels!.panels.map(({ kind }) => kind), ["matrix", "tokens"]);
    const matrix = panels!.panels[0]!;
    assert(matrix.kind === "matrix" && matrix.values.length === matrix.rows * matrix.columns);
    const points = received!.panels[0]!;
    assert(points.kind === "points");
    assertEquals(points.groups.map(({ points }) => points.length), [8, 8, 8]);
  });
  await t.step("to the same bits on two threads", async () => {
    assertEquals(await measureStories(contextOf(2), jobs[2]!.parameters), results[2]);
  });
});
