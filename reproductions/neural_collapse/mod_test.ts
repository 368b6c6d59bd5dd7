import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import type { LinePanel, PointPanel } from "../../src/suite/figure.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type FigureSource, jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import type { Collapse } from "./method/train_to_collapse.ts";
import { reproduction } from "./mod.ts";
import { type CollapseResult, tasks } from "./run.ts";

const golden = fromFileUrl(new URL("../../golden", import.meta.url));

for (const profile of ["smoke", "standard", "full"] as const) {
  Deno.test(`neural_collapse plans the cells of the golden file in ${profile}`, () => {
    const claimed = claimsOfProfile(loadClaims(golden, reproduction.id), profile).map(({ cell }) => cell);
    const planned = planFor(reproduction, { profile }).cells.map(({ id }) => id);
    assertEquals(planned.toSorted(), claimed.toSorted());
  });
}

Deno.test("neural_collapse measures after its last epoch, and sees classes after the first and the last", () => {
  for (const profile of ["smoke", "standard", "full"] as const) {
    for (const [run, schedule] of Object.entries(reproduction.profiles[profile].schedules)) {
      const { epochs, measured, seen } = schedule;
      assertEquals([measured[0], measured.at(-1), seen[0], seen.at(-1)], [1, epochs, 1, epochs], run);
    }
  }
});

Deno.test("neural_collapse reads CIFAR-10 in full alone", () => {
  const datasets = (profile: "standard" | "full") => [
    ...new Set(jobsOf(planFor(reproduction, { profile })).map(({ reads }) => reads["train"]!.dataset)),
  ];
  assertEquals([datasets("standard"), datasets("full")], [["mnist"], ["mnist", "cifar-10"]]);
});

/** A training of three measured epochs, whose k-th measure is `k * factor` at the end and ten times that at first. */
function trainingOf(run: string, factor = 1): CollapseResult {
  const names: (keyof Collapse)[] = [
    "nc1",
    "fisher",
    "covMeans",
    "covClassifiers",
    "coherenceMeans",
    "coherenceClassifiers",
    "nc3",
    "nc4",
    "trainError",
    "testNc1",
    "testFisher",
    "testError",
  ];
  const epochs = [10, 5, 1].map((scale, i) => ({
    ...Object.fromEntries(names.map((name, k) => [name, (k + 1) * factor * scale])) as unknown as Collapse,
    epoch: [1, 8, 60][i]!,
  }));
  const triangle = [[0, 1], [1, -0.5], [-1, -0.5]].map((corner, label) => ({
    label,
    features: [...corner, 3, 0],
    mean: corner,
    classifier: corner.map((value) => value * 0.75),
  }));
  return { run, epochs, planes: [{ epoch: 1, classes: triangle }, { epoch: 60, classes: triangle }] };
}

Deno.test("neural_collapse takes every cell from its own measure, from the first and the last epoch", () => {
  const plan = planFor(reproduction, { profile: "standard", seeds: 2 });
  const value = (id: string) => {
    const jobs = jobsOfCell(plan, id);
    const { values } = measureCell(plan, id, (job) => {
      const plain = job.id.includes("plain") ? 100 : 1;
      return trainingOf("squared-error", plain * (jobs.indexOf(job.id) % 2 === 0 ? 1 : 2));
    });
    assertEquals(values.length, 2);
    return values[0]!;
  };
  assertEquals(value("nc1-fall/squared-error"), 10);
  assertEquals(value("fisher-growth/squared-error"), 0.1);
  assertEquals(value("cov/means/squared-error"), 3);
  assertEquals(value("cov/classifiers/squared-error"), 4);
  assertEquals(value("coherence/means/squared-error"), 5);
  assertEquals(value("coherence/classifiers/squared-error"), 6);
  assertEquals(value("nc3/squared-error"), 7);
  assertEquals(value("nc4/squared-error"), 8);
  assertEquals(value("order/coherence/squared-error/end-first"), 5 - 50);
  assertEquals(value("order/nc3/squared-error/end-first"), 7 - 70);
  assertEquals(value("test-gap/squared-error"), 2 / 11);
  assertEquals(value("test-growth/squared-error"), 0.1);
  assertEquals(value("control/nc1-fall/cross-entropy-plain"), 10);
  assertEquals(value("control/coherence/means/cross-entropy-plain"), 500);
  assertAlmostEquals(value("order/nc1/squared-error-squared-error-plain"), -2, 1e-12);
});

Deno.test("neural_collapse on stand-ins: a training gives the same numbers each time", async () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const run = () => runJob(tasks, jobOf(plan, "cross-entropy/seed=0"));
  const found = await run();
  assertEquals(found.epochs.map(({ epoch }) => epoch), [1, 2, 3]);
  assertEquals(await run(), found);
});

function finished(results: readonly CollapseResult[]): FigureSource<typeof tasks> {
  return {
    finished: () => results.map((result, i) => ({ job: `${i}`, result: result as never })),
    cell: () => undefined,
  };
}

Deno.test("figures() has a pair for each group, and a plane for each run", () => {
  const figures = reproduction.figures!(
    finished([trainingOf("squared-error"), trainingOf("squared-error", 3), trainingOf("cifar-10")]),
  );
  assertEquals(figures.map(({ id }) => id), [
    "collapse-1",
    "fisher-ratio-1",
    "collapse-2",
    "fisher-ratio-2",
    "plane-squared-error",
    "plane-cifar-10",
  ]);
  const [line] = (figures[0]!.panels[0] as LinePanel).lines;
  assertEquals(line!.points.at(-1), { x: 60, y: 2, lower: 1, upper: 3 });
  assertStringIncludes(figures[0]!.caption, "Mean of 2 seeds");
  assertStringIncludes(figures[0]!.caption, "squared error: NC1 20 to 2.0.");
  assertStringIncludes(figures[2]!.caption, "One seed.");
  const plane = figures[4]!.panels[1] as PointPanel;
  assertEquals(plane.title, "after 60 epochs");
  assertEquals(plane.groups.map(({ name, points }) => [name, points.length]), [
    ["digit 0", 1],
    ["digit 1", 1],
    ["digit 2", 1],
    ["classifiers", 3],
    ["simplex", 3],
  ]);
  // A quarter of the longest mean, (1, -1/2).
  assertStringIncludes(figures[4]!.caption, `${(0.25 * Math.hypot(1, 0.5)).toFixed(2)} in the panels`);
  assertEquals(reproduction.figures!(finished([])), []);
});
