import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import { inFolder } from "../../src/files/test_helpers.ts";
import type { LinePanel } from "../../src/suite/figure.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type FigureSource, type Job, jobsOf, type Profile } from "../../src/suite/reproduction.ts";
import { jobOf, measureCell, planFor, runJob, testContext } from "../../src/suite/testing.ts";
import { lengthGrowthBound } from "./method/length_growth_bound.ts";
import { reproduction } from "./mod.ts";
import { trajectories } from "./protocol.ts";
import {
  type DichotomyResult,
  type Experiment,
  type SweepResult,
  tasks,
  type TrajectoryResult,
} from "./run.ts";

const golden = fromFileUrl(new URL("../../golden", import.meta.url));
const plans = {
  smoke: planFor(reproduction, { profile: "smoke" }),
  standard: planFor(reproduction, { profile: "standard" }),
  full: planFor(reproduction, { profile: "full" }),
};

/** A sweep over three layers, tested on as many digits as make its shares whole. */
function sweepOf(train: number[], test: number[], experiment: Experiment = "figure6"): SweepResult {
  return {
    experiment,
    epochs: [{ losses: [1, 2, 3], train, test }],
    train,
    test,
    mistakes: test.map(mistakes),
  };
}

/** The first of a hundred items are right. */
function mistakes(share: number): Mistakes {
  return mistakesOf(
    Array.from({ length: 100 }, (_, i) => i < Math.round(100 * share) ? 1 : 0),
    Array(100).fill(1),
  );
}

/** Measures a cell of standard from made-up results, one a seed. */
function measured(cell: string, results: readonly unknown[]) {
  const plan = planFor(reproduction, { profile: "standard", seeds: results.length });
  const jobs = plan.cells.find(({ id }) => id === cell)!.jobs;
  return measureCell(plan, cell, (job) => results[jobs.indexOf(job)]);
}

for (const profile of ["smoke", "standard", "full"] as const) {
  Deno.test(`layer_training_sweep plans the cells of the golden file in ${profile}`, () => {
    const claimed = claimsOfProfile(loadClaims(golden, reproduction.id), profile).map(({ cell }) => cell);
    const planned = plans[profile].cells.map(({ id }) => id);
    assertEquals(planned.toSorted(), claimed.toSorted());
    assertEquals(new Set(jobsOf(plans[profile]).map(({ id }) => id)).size, jobsOf(plans[profile]).length);
  });
}

Deno.test("layer_training_sweep plans every experiment once a seed, and no job that serves no cell", () => {
  const count = (task: string) => jobsOf(plans.full).filter((job) => job.task === task).length;
  assertEquals([count("sweep"), count("trajectories"), count("dichotomies")], [5 * 9, 5, 5]);
  assertEquals(plans.full.figureJobs, undefined);
});

Deno.test("layer_training_sweep takes one seed of the robustness table in standard, every one in full", () => {
  const seeds = (profile: Profile) =>
    planFor(reproduction, { profile }).cells.find(({ id }) => id === "robustness/adam/gap")!.jobs.length;
  assertEquals([seeds("standard"), seeds("full")], [1, 5]);
});

Deno.test("layer_training_sweep reads CIFAR-10 in full alone, and no data for trajectories and dichotomies", () => {
  const datasets = (jobs: readonly Job[]) => [
    ...new Set(jobs.flatMap(({ reads }) => Object.values(reads).map(({ dataset }) => dataset))),
  ];
  assertEquals(datasets(jobsOf(plans.standard)), ["mnist"]);
  assertEquals(datasets(jobsOf(plans.full)), ["mnist", "cifar-10"]);
  assertEquals(datasets(jobsOf(plans.full).filter(({ task }) => task !== "sweep")), []);
});

Deno.test("the gap is that of each seed, and of one seed has the paired standard error", () => {
  const results = [sweepOf([0.9, 0.8, 0.7], [0.85, 0.75, 0.5]), sweepOf([0.8, 0.7, 0.6], [0.8, 0.7, 0.6])];
  const both = measured("claim/gap", results);
  assertEquals([both.values.map(Math.round), both.standardError], [[35, 20], undefined]);
  const one = measured("claim/gap", results.slice(1));
  // 20 of 100 digits are right by the first network alone, none by the last alone.
  assertAlmostEquals(one.standardError!, 100 * Math.sqrt((0.2 - 0.2 ** 2) / 100), 1e-9);
  assertEquals(one.unitOfError, "test item");
});

Deno.test("order and steps are held to the worst seed", () => {
  const results = [sweepOf([0.9, 0.8, 0.7], [0.9, 0.8, 0.7]), sweepOf([0.9, 0.7, 0.8], [0.7, 0.6, 0.65])];
  const first = results.slice(0, 1);
  assertEquals(measured("claim/spearman-train", results).values, [-0.5]);
  assertEquals(measured("claim/spearman-train", first).values, [-1]);
  assertAlmostEquals(measured("figure6-readout-claim/largest-step-up", results).values[0]!, 10, 1e-9);
  assertAlmostEquals(measured("figure6-readout-claim/largest-step-up", first).values[0]!, -10, 1e-9);
});

Deno.test("the growth of length is taken over all layers of the family that the cell names", () => {
  const families = trajectories.families.map((family, i) => ({ ...family, lengths: [2, 4, 2 * (i + 1)] }));
  const result: TrajectoryResult = { families };
  assertAlmostEquals(measured("trajectory/variance=8/width=25", [result]).values[0]!, 2, 1e-12);
});

Deno.test("dichotomies are held to their remaining depth and to the depth of the network", () => {
  const numbersOf = (at: (depth: number, remaining: number) => number): DichotomyResult => ({
    inputs: 15,
    grids: [],
    numbers: [4, 6, 8].flatMap((depth) =>
      Array.from({ length: depth }, (_, remaining) => ({
        depth,
        remaining,
        count: at(depth, remaining),
        onGrids: [],
      }))
    ),
  });
  const of = (claim: string, at: (depth: number, remaining: number) => number) =>
    measured(`dichotomies/${claim}`, [numbersOf(at)]).values[0]!;
  const doubling = (_: number, remaining: number) => 30 * 2 ** remaining;
  assertEquals(of("spearman", doubling), 1);
  assertAlmostEquals(of("growth", doubling), 2, 1e-12);
  assertAlmostEquals(of("depth-spread", doubling), 0, 1e-12);
  // Of 90, 100, 110 the distances are 10, 0, 10 per cent at four remaining depths; of 95, 105 they are 5 at two.
  const leaning = (depth: number, remaining: number) =>
    remaining < 4 ? 60 + 10 * (depth / 2 + 1) : depth === 6 ? 95 : 105;
  assertAlmostEquals(of("depth-spread", leaning), (4 * (10 + 0 + 10) + 2 * (5 + 5)) / 16, 1e-9);
});

Deno.test("the golden bounds of trajectories are those of the theorem", () => {
  const claims = loadClaims(golden, reproduction.id);
  const cells = plans.standard.cells.filter(({ jobs }) => jobs[0]!.task === "trajectories");
  assertEquals(cells.length, trajectories.families.length);
  for (const [i, { weightVariance, width }] of trajectories.families.entries()) {
    const { tolerance } = claims.find(({ cell }) => cell === cells[i]!.id)!;
    assertEquals([tolerance.kind, tolerance.value], [
      "at-least",
      Math.floor(1000 * lengthGrowthBound(weightVariance, width)) / 1000,
    ]);
  }
});

Deno.test(
  "a sweep on drawn digits learns, the same way each time and after a break",
  inFolder(async (folder) => {
    const job = jobOf(plans.smoke, "figure6-readout/seed=0");
    const context = testContext();
    const first = await runJob(tasks, job, context) as SweepResult;
    // Three times chance.
    assert(first.train[0]! > 0.3, `${first.train[0]}`);
    const shares: number[] = [];
    const stopping = testContext({
      checkpoint: `${folder}/checkpoint`,
      progress: (share: number) => {
        if (shares.push(share) === 6) throw new Error("interrupted");
      },
    });
    await runJob(tasks, job, stopping).catch(() => {});
    assertEquals(await runJob(tasks, job, stopping), first);
    // 5 steps an epoch: the checkpoint of the first one, and the step that was lost.
    assertEquals(shares, [1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10].map((step) => step / 10));
  }),
);

Deno.test("a great circle of weights meets at least two labellings an input", async () => {
  // A network without bias is odd: half the circle flips all labels, one at a time.
  const { inputs, grids, numbers } = await runJob(
    tasks,
    jobOf(plans.smoke, "dichotomies/seed=0"),
  ) as DichotomyResult;
  assertEquals(numbers.length, 4 + 6 + 8);
  for (const { depth, remaining, count, onGrids } of numbers) {
    const where = `depth ${depth}, remaining depth ${remaining}: ${count}`;
    assert(count >= 2 * inputs, where);
    // Each grid holds the points of the one before it.
    assertEquals([...onGrids, count], [...onGrids, count].toSorted((a, b) => a - b), where);
    assertEquals(onGrids.length, grids.length);
  }
});

/** Finished jobs that a test makes up. */
function finished(results: {
  readonly sweep?: readonly SweepResult[];
  readonly trajectories?: readonly TrajectoryResult[];
  readonly dichotomies?: readonly DichotomyResult[];
}): FigureSource<typeof tasks> {
  return {
    finished: (task) => (results[task] ?? []).map((result, i) => ({ job: `job ${i}`, result })) as never,
    cell: () => undefined,
  };
}

Deno.test("figures() paints what the finished jobs give, and nothing without them", () => {
  assertEquals(reproduction.figures!(finished({})), []);
  const frozen = [sweepOf([0.9, 0.8, 0.7], [0.8, 0.7, 0.6]), sweepOf([0.7, 0.6, 0.5], [0.6, 0.5, 0.4])];
  const figures = reproduction.figures!(
    finished({ sweep: [...frozen, sweepOf([1, 1, 1], [1, 1, 1], "figure6-readout")] }),
  );
  assertEquals(figures.map(({ id }) => id), ["accuracy-by-epoch", "accuracy-by-layer"]);
  const [byEpoch, byLayer] = figures.map(({ panels }) => panels[0] as LinePanel);
  assertEquals(byEpoch!.lines.map(({ name }) => name), ["layer 1", "layer 2", "layer 3"]);
  assertAlmostEquals(byEpoch!.lines[0]!.points[0]!.y!, 80, 1e-9);
  assertEquals(byLayer!.lines.map(({ name }) => name), ["read-out frozen", "read-out trained"]);
  const { x, lower, upper } = byLayer!.lines[0]!.points[2]!;
  assertEquals([x, lower, upper], [3, 50, 70]);
  // Two sets of three layers; the line that stays at 100 % does not rise.
  assertStringIncludes(figures[0]!.caption, "rises in 0 of 4 steps");
  assertStringIncludes(figures[1]!.caption, "rises in 0 of 8 steps");
  assertStringIncludes(figures[0]!.title, "MNIST, width 100, σ_{w}^{2} = 2");
});

Deno.test("figures() puts the bound beside trajectories, and beside dichotomies what grids find of them", () => {
  const lengths = (factor: number): TrajectoryResult => ({
    families: [2, 8].map((weightVariance) => ({ weightVariance, width: 25, lengths: [2, 4 * factor] })),
  });
  const numbers = [
    { depth: 4, remaining: 1, count: 50, onGrids: [20, 40] },
    { depth: 4, remaining: 0, count: 30, onGrids: [30, 30] },
    { depth: 6, remaining: 0, count: 40, onGrids: [10, 40] },
  ];
  const [length, dichotomies] = reproduction.figures!(
    finished({
      trajectories: [lengths(1), lengths(3)],
      dichotomies: [{ inputs: 15, grids: [64, 256], numbers }],
    }),
  );
  assertEquals(length!.panels.map(({ title }) => title), ["σ_{w}^{2} = 2", "σ_{w}^{2} = 8"]);
  const [line, bound] = (length!.panels[1] as LinePanel).lines;
  assertEquals(line!.points[1], { x: 1, y: 4, lower: 2, upper: 6 });
  assertEquals(bound!.points[1], { x: 1, y: lengthGrowthBound(8, 25) });
  assertStringIncludes(
    length!.caption,
    "4.00 at σ_{w}^{2} = 2 and k = 25; 4.00 at σ_{w}^{2} = 8 and k = 25.",
  );
  assertStringIncludes(
    dichotomies!.caption,
    "256 points find 80.0 % of those of 4 layers and 100.0 % of those of 6 layers.",
  );
  const [counted, found] = dichotomies!.panels.map((panel) =>
    (panel as LinePanel).lines.map(({ points }) => points.map(({ x, y }) => [x, y]))
  );
  assertEquals(counted, [[[0, 30], [1, 50]], [[0, 40]]]);
  assertEquals(found, [[[64, 40], [256, 80]], [[64, 25], [256, 100]]]);
});
