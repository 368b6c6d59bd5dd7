import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { countMistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import type { LinePanel } from "../../src/suite/figure.ts";
import { jobsOf, type Profile } from "../../src/suite/reproduction.ts";
import {
  jobOf,
  jobsOfCell,
  measureCell,
  planFor,
  readingsOf,
  runJob,
  testContext,
} from "../../src/suite/testing.ts";
import { columns, errorCell, networks, sizes } from "./columns.ts";
import { reproduction } from "./mod.ts";
import { type Classification, tasks } from "./run.ts";

/** A result whose wrong digits, of 100, are those in [first, end). */
function classification(first: number, end: number): Classification {
  const found = Array.from({ length: 100 }, (_, i) => i >= first && i < end ? 1 : 0);
  return { mistakes: mistakesOf(found, new Uint8Array(100)), chosen: {} };
}

function cellIds(profile: Profile): string[] {
  return planFor(reproduction, { profile }).cells.map(({ id }) => id);
}

/** How many of the columns, and how many networks, a profile measures at each size. */
function countsBySize(profile: Profile): [columns: number[], networks: number[]] {
  const ids = new Set(cellIds(profile));
  const count = (cells: readonly string[]) => cells.filter((id) => ids.has(id)).length;
  return [
    sizes.map((n) => count(columns.map((column) => errorCell(column, n)))),
    sizes.map((size) => count(networks.filter(({ n }) => n === size).map(({ id }) => id))),
  ];
}

Deno.test("mnist_scattering measures what each profile promises", async (t) => {
  await t.step("smoke: one training size", () => {
    assertEquals(countsBySize("smoke"), [[20, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]]);
  });
  await t.step("standard: every column to 5000, PCA at 10,000", () => {
    assertEquals(countsBySize("standard"), [[20, 20, 20, 20, 10, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0]]);
  });
  await t.step("full: every column at every size, and the network of 10,000 digits with both widths", () => {
    assertEquals(countsBySize("full"), [Array(8).fill(20), [1, 1, 1, 1, 2, 1, 1, 1]]);
  });
});

Deno.test("mnist_scattering samples training sets at n <= 1000 and takes the first digits beyond", () => {
  const plan = planFor(reproduction, { profile: "full" });
  const jobs = [300, 1000, 2000].map((n) => jobsOfCell(plan, `table4/n=${n}/x/pca`));
  assertEquals(jobs.map(({ length }) => length), [5, 5, 1]);
  assertEquals(jobsOfCell(planFor(reproduction, { profile: "full", seeds: 2 }), "table4/n=300/x/pca"), [
    "table4/n=300/x/pca/sample=0",
    "table4/n=300/x/pca/sample=1",
  ]);
});

Deno.test("mnist_scattering trains networks with every seed as far as its profile says", () => {
  const jobs = (profile: Profile, id: string) => jobsOfCell(planFor(reproduction, { profile }), id).length;
  assertEquals([300, 1000, 2000].map((n) => jobs("standard", `table4/n=${n}/convnet`)), [3, 3, 1]);
  assertEquals([2000, 10_000, 20_000].map((n) => jobs("full", `table4/n=${n}/convnet`)), [5, 5, 1]);
  assertEquals(jobs("full", "table4/n=10000/convnet-16"), 5);
});

Deno.test("mnist_scattering compares columns of one line, and those without wavelets on all", () => {
  const plan = planFor(reproduction, { profile: "full", seeds: 1 });
  const jobs = (id: string) => jobsOfCell(plan, id);
  assertEquals(jobs("order/n=300/scat2-scat1/pca"), [
    "table4/n=300/scat2/pca/sample=0",
    "table4/n=300/scat1/pca/sample=0",
  ]);
  assertEquals(jobs("order-4x4/n=300/scat2-scat1/pca"), [
    "table4-4x4/n=300/scat2/pca/sample=0",
    "table4-4x4/n=300/scat1/pca/sample=0",
  ]);
  assertEquals(jobs("order-4x4/n=300/wf-scat1/svm"), [
    "table4/n=300/wf/svm/sample=0",
    "table4-4x4/n=300/scat1/svm/sample=0",
  ]);
});

Deno.test("mnist_scattering plans an ordering only where both columns are measured", () => {
  const ids = cellIds("standard");
  assert(ids.includes("order/n=10000/scat2-scat1/pca"));
  assert(ids.includes("order-4x4/n=10000/scat2-scat1/pca"));
  assert(!ids.includes("order/n=10000/scat2-scat1/svm"));
  assert(!ids.includes("order/n=10000/scat2/pca-svm"));
});

Deno.test("mnist_scattering measures the error of one training set with its binomial standard error", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const measured = measureCell(plan, "table4/n=2000/x/pca", () => classification(0, 20));
  assertEquals([measured.values, measured.unitOfError], [[20], "test item"]);
  assertAlmostEquals(measured.standardError!, 100 * Math.sqrt(0.2 * 0.8 / 100), 1e-12);
});

Deno.test("mnist_scattering measures an ordering sample by sample", () => {
  const plan = planFor(reproduction, { profile: "standard", seeds: 2 });
  const errors: Record<string, number> = {
    "table4/n=300/scat1/pca/sample=0": 1,
    "table4/n=300/scat1/pca/sample=1": 2,
    "table4/n=300/scat1/svm/sample=0": 5,
    "table4/n=300/scat1/svm/sample=1": 4,
  };
  const measured = measureCell(plan, "order/n=300/scat1/pca-svm", ({ id }) => classification(0, errors[id]!));
  assertEquals(measured, { values: [-4, -2], unitOfError: "draw" });
});

Deno.test("mnist_scattering gives an ordering after one training set the paired standard error", () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const lower = "table4-4x4/n=2000/scat2/svm/sample=0";
  const measured = measureCell(
    plan,
    "order-4x4/n=2000/scat2-scat1/svm",
    ({ id }) => id === lower ? classification(0, 10) : classification(5, 25),
  );
  assertAlmostEquals(measured.values[0]!, -10, 1e-12);
  // 5 digits are wrong below alone, 15 above alone: sqrt(((5 + 15) / 100 - 0.1^2) / 100).
  assertAlmostEquals(measured.standardError!, 100 * Math.sqrt((0.2 - 0.01) / 100), 1e-12);
  assertEquals(measured.unitOfError, "test item");
});

Deno.test("mnist_scattering synthesises as many digits as its profile says", () => {
  const plan = planFor(reproduction, { profile: "smoke" });
  const counts = (id: string) =>
    Object.entries(readingsOf(jobOf(plan, id))).map((
      [name, reading],
    ) => [name, "count" in reading && reading.count]);
  assertEquals(counts("table4/n=300/x/pca/sample=0"), [["train", 330], ["test", 200]]);
  assertEquals(counts("figure-7"), [["test", 200]]);
});

Deno.test("mnist_scattering has fewer epochs of the network in smoke", () => {
  const epochs = (profile: Profile) =>
    jobOf(planFor(reproduction, { profile }), "table4/n=300/convnet/sample=0").parameters;
  assertEquals(epochs("smoke"), { feature: "x", n: 300, sample: 0, filters: 16, epochs: 5 });
  assertEquals(epochs("standard"), { feature: "x", n: 300, sample: 0, filters: 16, epochs: 80 });
});

Deno.test("mnist_scattering lets trainings that keep every core busy run alone", () => {
  const jobs = jobsOf(planFor(reproduction, { profile: "full" }));
  const wide = (id: string) => jobs.find((job) => job.id === id)!.wide;
  const names = ["x/pca", "scat2/pca", "convnet"];
  assertEquals(names.map((name) => wide(`table4/n=5000/${name}/sample=0`)), [false, false, false]);
  assertEquals(names.map((name) => wide(`table4/n=10000/${name}/sample=0`)), [false, true, true]);
  assertEquals(names.map((name) => wide(`table4/n=20000/${name}/sample=0`)), [true, true, true]);
});

Deno.test("mnist_scattering tells synthetic digits apart, the same way each time", async (t) => {
  const plan = planFor(reproduction, { profile: "smoke" });
  for (const name of ["scat1/pca", "scat1/svm"]) {
    await t.step(name, async () => {
      const job = jobOf(plan, `table4/n=300/${name}/sample=0`);
      const first = await runJob(tasks, job) as Classification;
      assertEquals(await runJob(tasks, job), first);
      const { tested } = first.mistakes;
      const errors = countMistakes(first.mistakes);
      assertEquals(tested, 200);
      assert(errors < 0.1 * tested, `${errors} of ${tested} errors`);
    });
  }
});

Deno.test("figures() shows measured and published errors against n, and leaves gaps where nothing was measured", () => {
  const figures = reproduction.figures!({
    finished: () => [],
    cell: (id) => ({
      published: 2,
      measured: id === "table4/n=300/x/pca" ? 3 : null,
      standardError: 0.5,
      allowed: null,
    }),
  });
  const [pca, svm] = figures[0]!.panels as LinePanel[];
  const measured = pca!.lines.filter(({ source }) => source === "measured");
  assertEquals(measured.map(({ name }) => name), ["x"]);
  assertEquals(measured[0]!.points.slice(0, 2), [{ x: 300, y: 3, lower: 2.5, upper: 3.5 }, {
    x: 1000,
    y: null,
  }]);
  assertEquals(svm!.lines.map(({ source }) => source), Array(5).fill("published"));
  assertStringIncludes(figures[0]!.caption, "Measured up to n = 300.");
});

Deno.test("figures() puts each line into panels of its own", () => {
  const valueByLine = { "table4": 1, "table4-cosine": 2, "table4-4x4": 3, "table4-elliptic": 4 };
  const values = new Map(
    columns.flatMap((column) => sizes.map((n) => [errorCell(column, n), valueByLine[column.line]])),
  );
  const figures = reproduction.figures!({
    finished: () => [],
    cell: (id) => ({ published: null, measured: values.get(id) ?? null, standardError: null, allowed: null }),
  });
  const panels = figures[0]!.panels as LinePanel[];
  const pca = panels.filter(({ title }) => title!.startsWith("Affine PCA"));
  const shown = pca.map(({ lines }) =>
    Object.fromEntries(lines.map((line) => [line.name, line.points[0]!.y]))
  );
  const withoutWavelets = { "x": 1, "windowed Fourier": 1 };
  assertEquals(
    shown,
    [1, 2, 3, 4].map((own) => ({ ...withoutWavelets, "Scat m ≤ 1": own, "Scat m ≤ 2": own })),
  );
});

Deno.test("figures() shows the digit of figure 7 as 4 x 4 discs an order", async () => {
  const job = jobOf(planFor(reproduction, { profile: "smoke" }), "figure-7");
  const result = await tasks.figure7(
    { parameters: {}, reads: readingsOf(job) as Parameters<typeof tasks.figure7>[0]["reads"] },
    testContext(),
  );
  const figures = reproduction.figures!({
    finished: (task) => task === "figure7" ? [{ job: job.id, result: result as never }] : [],
    cell: () => undefined,
  });
  const { panels } = figures.find(({ id }) => id === "figure-7")!;
  const discs = panels.filter((panel) => panel.kind === "discs");
  assertEquals(discs.map(({ title, discs }) => [title, discs.length]), [["m = 1", 16], ["m = 2", 16]]);
  // L = 8 directions of 3 scales, and their opposites.
  assertEquals(discs[0]!.discs[0]!.length, 2 * 8 * 3);
});
