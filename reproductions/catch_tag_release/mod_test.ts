import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { randomStream } from "../../src/numeric/random/random_stream.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type AllowedRange, type FigureSource, jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, measureCell, planFor, readingsOf, runJob, testContext } from "../../src/suite/testing.ts";
import { fisherExactTest } from "../../src/numeric/statistics/fisher_exact.ts";
import { blockWindows, printedRuns } from "./cells.ts";
import { averagingConstruction } from "./method/averaging_construction.ts";
import { measureToy, type ToyRun } from "./method/measure_toy.ts";
import { reproduction } from "./mod.ts";
import { type ConstructionResult, type PromptResult, tasks, type TrainingResult } from "./run.ts";

const golden = fromFileUrl(new URL("../../golden", import.meta.url));
const plans = {
  smoke: planFor(reproduction, { profile: "smoke" }),
  standard: planFor(reproduction, { profile: "standard" }),
  full: planFor(reproduction, { profile: "full" }),
};

/** The constructed network measured as if it had been trained. */
function constructedRun(seed: number): ToyRun {
  const measures = measureToy(
    averagingConstruction(20),
    { length: 16, loss: "all" },
    randomStream("run", seed),
  );
  return { ...measures, seed, losses: [1, 0.1, 0.01] };
}

/** Measures a cell of a training of 8 seeds from made-up runs, those of the first job and those of the second. */
function measureRuns(cell: string, first: readonly ToyRun[], second: readonly ToyRun[]) {
  const plan = planFor(reproduction, { profile: "standard", seeds: 8 });
  const jobs = plan.cells.find(({ id }) => id === cell)!.jobs;
  const results: TrainingResult[] = [first, second].map((runs) => ({ loss: "all", runs }));
  return measureCell(plan, cell, (job) => results[jobs.indexOf(job)]);
}

/** Finished jobs that a test makes up. */
function finished(
  results: {
    readonly construction?: readonly ConstructionResult[];
    readonly toyTraining?: readonly TrainingResult[];
  },
  published?: number,
  allowed: AllowedRange | null = null,
): FigureSource<typeof tasks> {
  const known: Readonly<Record<string, readonly unknown[]>> = results;
  return {
    finished: (task) => (known[task] ?? []).map((result, i) => ({ job: `job ${i}`, result })) as never,
    cell: () =>
      published === undefined ? undefined : { published, measured: null, standardError: null, allowed },
  };
}

for (const profile of ["smoke", "standard", "full"] as const) {
  Deno.test(`catch_tag_release plans cells of the golden file alone in ${profile}`, () => {
    const claimed = claimsOfProfile(loadClaims(golden, reproduction.id), profile).map(({ cell }) => cell);
    const planned = plans[profile].cells.map(({ id }) => id);
    // Smoke trains too briefly for a solved run.
    if (profile === "smoke") assertEquals(planned.filter((cell) => !claimed.includes(cell)), []);
    else assertEquals(planned.toSorted(), claimed.toSorted());
    assertEquals(new Set(jobsOf(plans[profile]).map(({ id }) => id)).size, jobsOf(plans[profile]).length);
  });
}

Deno.test("catch_tag_release trains as many seeds as each profile promises", () => {
  const seeds = (profile: keyof typeof plans, loss: "all" | "last") =>
    plans[profile].cells.find(({ id }) => id === `toy/${loss}/solved`)!.jobs
      .flatMap(({ parameters }) => (parameters as { seeds: number[] }).seeds);
  const first = (count: number) => Array.from({ length: count }, (_, seed) => seed);
  assertEquals([seeds("standard", "all"), seeds("standard", "last")], [first(10), first(10)]);
  assertEquals([seeds("full", "all"), seeds("full", "last")], [first(20), first(20)]);
  assertEquals([seeds("smoke", "all"), seeds("smoke", "last")], [[0], [0]]);
});

Deno.test("catch_tag_release trains standard and full by the same recipes", () => {
  assertEquals(reproduction.profiles.standard.training, reproduction.profiles.full.training);
});

Deno.test("catch_tag_release reads the language model for its own cells alone", () => {
  const all = jobsOf(plans.standard).filter(({ reads }) => Object.keys(reads).length > 0);
  assertEquals(
    all.filter(({ reads }) => "whisper" in reads),
    all.filter(({ id }) => id.startsWith("whisper/")),
  );
  const readers = all.filter(({ reads }) => !("whisper" in reads));
  assertEquals(readers.map(({ id }) => id), [
    "stories260k/stories",
    "stories260k/shakespeare",
    "stories260k/delimiters",
    "stories260k/example",
  ]);
  const found = { source: "folder", files: [] } as const;
  assertEquals(readingsOf(readers[0]!, found).lm!.files, [
    "stories260K.bin",
    "tok512.bin",
    "tinyshakespeare.txt",
  ]);
  assertEquals(readingsOf(readers[0]!).lm!.files, []);
});

Deno.test("the explicit weights have errors that fall below 1e-6, and the last one is judged", async () => {
  const job = jobOf(plans.smoke, "toy/construction");
  const found = await runJob(tasks, job) as ConstructionResult;
  const errors = found.errors.map(({ error }) => error);
  assertEquals(errors, errors.toSorted((a, b) => b - a));
  assert(errors.at(-1)! <= 1e-6);
  assertEquals(measureCell(plans.smoke, "toy/construction/error", () => found), { values: [errors.at(-1)!] });
});

Deno.test("toy cells take every run, or the solved ones alone", () => {
  const solved = constructedRun(0);
  const failed = { ...constructedRun(1), solved: false, sinkShare: 0, catch: 0.1 };
  const values = (name: string, first: ToyRun, second: ToyRun) =>
    measureRuns(`toy/all/${name}`, [first], [second]).values;
  assertEquals(values("solved", solved, failed), [10, 0]);
  assertEquals(values("sink", solved, failed), [1, 1]);
  assertEquals(values("sink", { ...solved, sinkShare: 0 }, { ...failed, sinkShare: 1 }), [0, 0]);
  assertEquals(values("catch", solved, failed), [solved.catch]);
  assertEquals(values("catch", failed, failed), []);
});

for (const profile of ["standard", "full"] as const) {
  Deno.test(`the tolerance of toy/last/solved in ${profile} is what the exact test of Fisher leaves on both sides`, () => {
    const { published, tolerance } = claimsOfProfile(loadClaims(golden, reproduction.id), profile)
      .find(({ cell }) => cell === "toy/last/solved")!;
    const trials = reproduction.profiles[profile].seeds!;
    const counts = Array.from({ length: trials + 1 }, (_, count) => {
      const p = fisherExactTest({ count, trials }, { count: published!.value, trials: printedRuns });
      return { distance: Math.abs(printedRuns * count / trials - published!.value), accepted: p >= 0.05 };
    });
    const within = (most: number) => counts.filter(({ distance }) => distance <= most);
    const distances = counts.map(({ distance }) => distance)
      .filter((most) => within(most).every(({ accepted }) => accepted));
    assertEquals(tolerance.value, Math.max(...distances));
  });
}

Deno.test("the largest received attention is that of whole blocks, of as many windows in every profile", () => {
  const { standard, full } = reproduction.profiles;
  assertEquals([standard.windows, full.windows % blockWindows], [blockWindows, 0]);
  const windows = 2 * blockWindows + 1;
  const stories = Array<number>(windows).fill(0.1).with(0, 0.15).with(-1, 0.9);
  const shakespeare = Array<number>(windows).fill(0.1).with(blockWindows, 0.25);
  const measure = (cell: string, count = windows) =>
    measureCell(plans.full, cell, ({ id }) => {
      const largest = (id === "stories260k/stories" ? stories : shakespeare).slice(0, count);
      return { largest, nullLargest: largest.map((value) => value / 2) };
    });
  assertEquals(measure("stories260k/max-received"), { values: [0.15, 0.25], unitOfError: "draw" });
  assertEquals(measure("stories260k/max-received-null").values, [0.075, 0.125]);
  assertEquals(measure("stories260k/max-received", 2).values, [0.15]);
  assertEquals(measure("stories260k/max-received-all").values, [0.9]);
});

Deno.test("the mean over windows has a standard error where there are several", () => {
  const measure = (...lifts: number[]) =>
    measureCell(
      plans.standard,
      "stories260k/delimiter-lift",
      ({ id }) => ({ lifts: id === "stories260k/stories" ? lifts : [] }),
    );
  assertEquals(measure(1, 2, 3), { values: [2], standardError: Math.sqrt(1 / 3), unitOfError: "test item" });
  assertEquals(measure(2), { values: [2] });
});

Deno.test("every toy cell has a finite value in a solved run", () => {
  const cells = plans.standard.cells.filter(({ jobs }) => jobs[0]!.task === "toyTraining");
  assertEquals(cells.length, 2 * 8);
  for (const { id } of cells) {
    const { values, unitOfError } = measureRuns(id, [constructedRun(0)], []);
    assert(values.length === 1 && Number.isFinite(values[0]), id);
    assertEquals(unitOfError, "seed");
  }
});

Deno.test("toyTraining() gives each seed its own network, and reports progress", async () => {
  const training = { ...reproduction.profiles.smoke.training.last, batch: 4 };
  const shares: number[] = [];
  const context = testContext({ progress: (share) => shares.push(share) });
  const together = await tasks.toyTraining({ parameters: { training, seeds: [3, 4] }, reads: {} }, context);
  const alone = await tasks.toyTraining({ parameters: { training, seeds: [4] }, reads: {} }, testContext());
  assertEquals(together.runs.map(({ seed }) => seed), [3, 4]);
  assertEquals(alone.runs[0], together.runs[1]);
  assertEquals(shares.at(-1), 1);
});

Deno.test("figures() paints the toys that have finished, with the sink marked", () => {
  assertEquals(reproduction.figures!(finished({})), []);
  const failed = { ...constructedRun(1), solved: false };
  const figures = reproduction.figures!(finished({
    construction: [{ errors: [{ sharpness: 5, error: 0.1 }, { sharpness: 10, error: 1e-3 }] }],
    toyTraining: [{ loss: "all", runs: [failed, constructedRun(0)] }],
  }));
  assertEquals(figures.map(({ id }) => id), [
    "construction-error",
    "training-all",
    "mechanism-all",
    "attention-all",
    "panels-all",
  ]);
  const [catchAndTag] = figures[2]!.panels.slice(1);
  assert(catchAndTag?.kind === "points");
  assertEquals(catchAndTag.groups.map(({ name, points }) => [name, points.length]), [
    ["solved", 1],
    ["not solved", 1],
  ]);
  const maps = figures[3]!.panels.filter((panel) => panel.kind === "matrix");
  assertEquals(maps.map(({ title }) => title), [
    ...["Seed 0, solved, layer 1", "Seed 0, solved, layer 2"],
    ...["Seed 1, not solved, layer 1", "Seed 1, not solved, layer 2"],
  ]);
  assertEquals(maps[0]!.values.length, 256);
  assertEquals(maps[0]!.columnNames![maps[0]!.marks![0]!.column], "[SEP]");
  const [training] = reproduction.figures!(
    finished({ toyTraining: [{ loss: "last", runs: [failed, constructedRun(0)] }] }, 10),
  );
  // One run of the twelve fails, one of our two or one of their ten: 2 of 12.
  assert(
    training!.caption.endsWith(
      "1 of 2 are solved, where 10 of 10 are printed: p = 0.17 by the two-sided exact test of Fisher.",
    ),
  );
  // Seen in the caption: the errors of both kinds, whatever is called solved.
  assertStringIncludes(
    training!.caption,
    `in the 1 that are solved and at least ${failed.error.toExponential(1)} in`,
  );
  const withoutSolved = reproduction.figures!(finished({ toyTraining: [{ loss: "all", runs: [failed] }] }));
  assertEquals(withoutSolved.map(({ id }) => id), ["training-all", "mechanism-all", "attention-all"]);
});

Deno.test("figures() draw the bounds that cells have, and say how fast the construction falls", () => {
  const found = (allowed: AllowedRange) =>
    reproduction.figures!(finished(
      {
        construction: [{
          errors: [{ sharpness: 5, error: Math.exp(-5) }, { sharpness: 10, error: Math.exp(-10) }],
        }],
        toyTraining: [{ loss: "all", runs: [constructedRun(0)] }],
      },
      10,
      allowed,
    ));
  const [construction] = found({ lower: null, upper: 1e-3 });
  assert(construction!.panels[0]!.kind === "lines");
  assertEquals(construction!.panels[0]!.levels, [{ name: "bound at β = 10", source: "bound", value: 1e-3 }]);
  assertStringIncludes(construction!.caption, "falls as exp(−1.00 β)");
  const [release, tag] = found({ lower: 0.9, upper: null })[2]!.panels;
  assert(release?.kind === "points" && tag?.kind === "points");
  const bound = { name: "bound of solved runs", source: "bound", value: 0.9 };
  assertEquals([release.levels, tag.levels], [[{ ...bound, axis: "x" }, bound], [{ ...bound, axis: "x" }]]);
});

Deno.test("the language model is measured on its stand-in, the same on any number of threads", async (t) => {
  const jobs = jobsOf(plans.smoke).filter(({ task }) => task === "prompt" || task === "example");
  const results = new Map<string, unknown>();
  for (const job of jobs) results.set(job.id, await runJob(tasks, job));
  const measure = (cell: string) => measureCell(plans.smoke, cell, ({ id }) => results.get(id)).values[0]!;
  await t.step("every cell as a finite number", () => {
    for (const { id, jobs } of plans.smoke.cells.filter(({ jobs }) => jobs[0]!.task === "prompt")) {
      assert(Number.isFinite(measure(id)), `${id} of ${jobs.length} jobs`);
    }
  });
  await t.step("as one that prefers no token, and delimiters as little as others", () => {
    assert(measure("stories260k/max-received") >= measure("stories260k/max-received-null") / 2);
    const lift = measure("stories260k/delimiter-lift-null");
    assert(Math.abs(lift - 1) < 0.2, `${lift}`);
  });
  await t.step("with figures whose panels hold as many values as they say", () => {
    const prompts = jobs.filter(({ task }) => task === "prompt");
    const figures = reproduction.figures!({
      finished: (task) =>
        jobs.filter((job) => job.task === task).map(({ id }) => ({
          job: id,
          result: results.get(id),
        })) as never,
      cell: () => ({
        published: null,
        measured: null,
        standardError: null,
        allowed: { lower: null, upper: 0 },
      }),
    });
    assertEquals(figures.map(({ id }) => id), ["stories260k-panels", "stories260k-received"]);
    const [panels, received] = figures;
    assertEquals(panels!.panels.map(({ kind }) => kind), ["matrix", "tokens"]);
    const matrix = panels!.panels[0]!;
    assert(matrix.kind === "matrix" && matrix.values.length === matrix.rows * matrix.columns);
    const points = received!.panels[0]!;
    assert(points.kind === "points");
    // Two layers of four heads.
    assertEquals(points.groups.map(({ points }) => points.length), prompts.map(() => 8));
    assertEquals(points.levels, [{ name: "sink", source: "bound", value: 0 }]);
    assertStringIncludes(
      received!.caption,
      "A sink is above 0, as in 8 of 8 heads on own stories, 8 of 8 heads on",
    );
  });
  await t.step("to the same bits on two threads", async () => {
    const job = jobOf(plans.smoke, "stories260k/shakespeare");
    const again = await runJob(tasks, job, testContext({ threads: 2 })) as PromptResult;
    assertEquals(again, results.get(job.id));
  });
});
