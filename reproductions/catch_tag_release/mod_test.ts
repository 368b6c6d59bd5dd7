import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { averagingConstruction } from "../../src/attention/averaging_construction.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { Plan, Profile, RunContext } from "../../src/reproduction.ts";
import { runConstruction } from "./construction.ts";
import { identities, runIdentities } from "./identities.ts";
import { measureToy, type ToyRun } from "./measure_toy.ts";
import { reproduction } from "./mod.ts";
import { measureToyCell, toyCells } from "./toy_cells.ts";
import { toyFigures } from "./toy_figures.ts";
import { runTraining, type TrainingResult } from "./toy_training.ts";

function planOf(profile: Profile, seeds = reproduction.seeds![profile]): Plan {
  return { profile, seeds, dataset: () => ({ source: "stand-in", files: [] }) };
}

/** A context without data. */
function contextOf(progress: (share: number) => void = () => {}): RunContext {
  return {
    read: () => Promise.reject(new Error("no file is read")),
    rng: randomStream,
    artifact: (_parts, _inputs, make) => Promise.resolve(make()),
    threads: 1,
    checkpoint: "",
    progress,
  };
}

function trainingsOf(profile: Profile, loss: "all" | "last") {
  return reproduction.jobs(planOf(profile)).map(({ parameters }) => parameters)
    .filter((parameters) => parameters.kind === "training" && parameters.training.loss === loss)
    .filter((parameters) => parameters.kind === "training");
}

/** The constructed network measured as if it had been trained. */
function constructedRun(seed: number): ToyRun {
  const measures = measureToy(
    averagingConstruction(20),
    { length: 16, loss: "all" },
    randomStream("run", seed),
  );
  return { ...measures, seed, losses: [1, 0.1, 0.01] };
}

function trainingResult(runs: readonly ToyRun[]): TrainingResult {
  return { kind: "training", loss: "all", runs };
}

Deno.test("catch_tag_release trains as many seeds as each profile promises", () => {
  const seeds = (profile: Profile, loss: "all" | "last") =>
    trainingsOf(profile, loss).flatMap((job) => job.seeds);
  const first = (count: number) => Array.from({ length: count }, (_, seed) => seed);
  assertEquals([seeds("standard", "all"), seeds("standard", "last")], [first(10), first(10)]);
  assertEquals([seeds("full", "all"), seeds("full", "last")], [first(20), first(20)]);
  assertEquals([seeds("smoke", "all"), seeds("smoke", "last")], [[0], [0]]);
});

Deno.test("catch_tag_release trains standard and full by the same recipes", () => {
  for (const loss of ["all", "last"] as const) {
    assertEquals(trainingsOf("standard", loss)[0]!.training, trainingsOf("full", loss)[0]!.training);
  }
});

Deno.test("catch_tag_release reads no data for the toys", () => {
  const jobs = reproduction.jobs(planOf("standard")).filter(({ parameters }) =>
    parameters.kind !== "stories"
  );
  assertEquals(jobs.flatMap(({ inputs }) => inputs), []);
});

Deno.test("runConstruction() finds errors that fall below 1e-6 at beta = 20", () => {
  const { errors } = runConstruction({ kind: "construction", sequences: 50 }, contextOf());
  assertEquals(errors, errors.toSorted((a, b) => b - a));
  assert(errors[2]! <= 1e-6);
  const measured = reproduction.measure("toy/construction/error", [{ kind: "construction", errors }]);
  assertEquals(measured, { values: [errors[2]!] });
});

Deno.test("runIdentities() finds rounding alone", () => {
  const result = runIdentities({ kind: "identities", draws: 2 }, contextOf());
  for (const identity of identities) {
    const { values } = reproduction.measure(`identities/${identity}`, [result]);
    assertEquals(values, [result.departures[identity]]);
    assert(values[0]! >= 0 && values[0]! < 1e-13, `${identity}: ${values[0]}`);
  }
  assertEquals(result.departures.causality, 0);
});

Deno.test("measureToy() finds catch, tag and release in the constructed network", () => {
  const run = constructedRun(0);
  assert(run.solved && run.error < 1e-12);
  assertAlmostEquals(run.catch, 1, 1e-6);
  assertAlmostEquals(run.release, 1, 1e-6);
  assertEquals([run.sinkShare, run.separation.outputs.purity], [1, 1]);
  assertAlmostEquals(run.tagShare, 1, 1e-9);
  assertAlmostEquals(run.separation.outputs.silhouette, 1, 1e-6);
  assertAlmostEquals(run.separation.outputs.between, 1, 1e-6);
});

Deno.test("measureToy() of a network that attends to all keys alike finds none of it", () => {
  const network = averagingConstruction(1e-9);
  const measures = measureToy(network, { length: 16, loss: "last" }, randomStream("run", 0));
  assert(!measures.solved);
  assertEquals([measures.sinkShare, measures.catch < 0.2], [0, true]);
});

Deno.test("toy cells take every run, or the solved ones alone", () => {
  const [solved, failed] = [constructedRun(0), {
    ...constructedRun(1),
    solved: false,
    sinkShare: 0,
    catch: 0.1,
  }];
  const measure = (name: string, ...runs: ToyRun[]) =>
    measureToyCell(`toy/all/${name}`, [trainingResult(runs.slice(0, 1)), trainingResult(runs.slice(1))])
      .values;
  assertEquals(measure("solved", solved, failed), [10, 0]);
  assertEquals(measure("sink", solved, failed), [1, 1]);
  assertEquals(measure("sink", { ...solved, sinkShare: 0 }, { ...failed, sinkShare: 1 }), [0, 0]);
  assertEquals(measure("catch", solved, failed), [solved.catch]);
  assertEquals(measure("catch", failed), []);
});

Deno.test("every toy cell has a finite value in a solved run", () => {
  for (const cell of toyCells("all", true)) {
    const { values, unitOfError } = measureToyCell(cell, [trainingResult([constructedRun(0)])]);
    assert(values.length === 1 && Number.isFinite(values[0]), cell);
    assertEquals(unitOfError, "seed");
  }
});

Deno.test("runTraining() gives each seed its own network, and reports progress", async () => {
  const [{ training }] = trainingsOf("smoke", "last") as [ReturnType<typeof trainingsOf>[number]];
  const short = { ...training, batch: 4 };
  const shares: number[] = [];
  const together = await runTraining(
    { kind: "training", training: short, seeds: [3, 4] },
    contextOf((share) => shares.push(share)),
  );
  const alone = await runTraining({ kind: "training", training: short, seeds: [4] }, contextOf());
  assertEquals(together.runs.map(({ seed }) => seed), [3, 4]);
  assertEquals(alone.runs[0], together.runs[1]);
  assertEquals(shares.at(-1), 1);
});

Deno.test("toyFigures() draws what has finished, with the sink marked", () => {
  assertEquals(toyFigures([]), []);
  const construction = runConstruction({ kind: "construction", sequences: 2 }, contextOf());
  const failed = { ...constructedRun(1), solved: false };
  const figures = toyFigures([construction, trainingResult([failed, constructedRun(0)])]);
  assertEquals(figures.map(({ id }) => id), [
    "construction-error",
    "training-all",
    "attention-all",
    "panels-all",
  ]);
  const maps = figures[2]!.panels.filter((panel) => panel.kind === "matrix");
  assertEquals(maps.map(({ title }) => title), [
    ...["Seed 0, solved, layer 1", "Seed 0, solved, layer 2"],
    ...["Seed 1, not solved, layer 1", "Seed 1, not solved, layer 2"],
  ]);
  assertEquals(maps[0]!.values.length, 256);
  assertEquals(maps[0]!.columnNames![maps[0]!.marks![0]!.column], "[SEP]");
  assertEquals(toyFigures([trainingResult([failed])]).map(({ id }) => id), ["training-all", "attention-all"]);
});
