import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError, UsageError } from "../../errors.ts";
import { parseClaims } from "../golden/parse_claims.ts";
import { cell, type Job, type Plan, type Reproduction } from "../reproduction.ts";
import { type PlannedReproduction, type PlannedRun, planOne, type PlanOptions, planRun } from "./plan_run.ts";
import type { ReproductionResult } from "./results.ts";
import { dataset, reproduction as reader } from "./testdata/reader.ts";
import { goldenFile, inRoot, writeData } from "./testdata/toy_root.ts";
import { loadedReader, loadedToy } from "./testdata/toy_run.ts";
import { reproduction } from "./testdata/toy.ts";

/** A job of the toy. */
function toyJob(id: string): Job {
  return { id, task: "number", parameters: { i: 0, seeds: 1 }, reads: {}, wide: false };
}

const noValue = () => ({ values: [] });

/** Plans the toy otherwise. */
function planAs(plan: Reproduction["plan"]): Plan {
  return planOne({ reproduction: { ...reproduction, plan }, claims: [] }, "standard", null, {}).plan;
}

Deno.test("planOne() refuses two jobs of one id", () => {
  const cells = [cell("toy/all", [toyJob("twice")], noValue), cell("toy/odd", [toyJob("twice")], noValue)];
  assertThrows(() => planAs(() => ({ cells })), Error, "Two jobs of toy have the same id");
});

Deno.test("planOne() takes a job that two cells share for one", () => {
  const shared = toyJob("shared");
  const cells = [cell("toy/all", [shared], noValue), cell("toy/odd", { all: [shared, shared] }, noValue)];
  assertEquals(planAs(() => ({ cells })).cells, cells);
});

Deno.test("planOne() refuses two cells of one id", () => {
  const cells = [cell("toy/all", [toyJob("a")], noValue), cell("toy/all", [toyJob("b")], noValue)];
  assertThrows(() => planAs(() => ({ cells })), Error, "Two cells of toy have the same id");
});

Deno.test("planOne() refuses a data set that the reproduction does not declare, listed or read", () => {
  const message = "toy does not declare the data set digits";
  assertThrows(() => planAs(({ dataset }) => (dataset("digits"), { cells: [] })), Error, message);
  const reads = {
    images: { dataset: "digits", resolve: () => ({ dataset: "digits", files: [], standIn: false }) },
  };
  const cells = [cell("toy/all", [{ ...toyJob("a"), reads }], noValue)];
  assertThrows(() => planAs(() => ({ cells })), Error, message);
});

Deno.test("planOne() gives the published number of a cell, and refuses to where there is none", () => {
  const [printed, claim] = parseClaims(goldenFile("printed", "claim"), "golden/toy.csv");
  const claims = [{ ...printed!, published: { text: "4.0", value: 4 } }, claim!];
  const publishedOf = (id: string) => {
    const values: number[] = [];
    const plan: Reproduction["plan"] = ({ published }) => (values.push(published(id)), { cells: [] });
    planOne({ reproduction: { ...reproduction, plan }, claims }, "standard", null, {});
    return values[0];
  };
  assertEquals(publishedOf("printed"), 4);
  const message = "golden/toy.csv has no published number of";
  for (const id of ["claim", "absent"]) assertThrows(() => publishedOf(id), Error, `${message} ${id}`);
});

Deno.test("planOne() refuses a profile that the reproduction does not have", () => {
  const message = "Cannot run toy in the profile authors: it has smoke, standard, full";
  assertThrows(() => planOne({ reproduction, claims: [] }, "authors", null, {}), UsageError, message);
});

Deno.test("planOne() gives the profile's seeds, those that are asked for, or none where nothing is random", () => {
  let planned = 0;
  const seedsOf = (own: number | null, asked: number | null) => {
    const settings = { seeds: own, minutes: 0 };
    const profiles = { smoke: settings, standard: settings, full: settings };
    const plan = ({ seeds }: { seeds: number }): Plan => (planned = seeds, { cells: [] });
    return [
      planOne({ reproduction: { ...reproduction, profiles, plan }, claims: [] }, "standard", asked, {}).seeds,
      planned,
    ];
  };
  assertEquals(seedsOf(3, null), [3, 3]);
  assertEquals(seedsOf(3, 5), [5, 5]);
  assertEquals(seedsOf(null, 5), [null, 1]);
});

/** Plans in a root, with the data of the reader below it. */
function plan(root: string, own: Partial<PlanOptions> = {}): Promise<PlannedRun> {
  return planRun({
    reproductions: [loadedToy],
    profile: "standard",
    cells: [],
    kept: [],
    order: ["toy", "reader"],
    earlier: null,
    seeds: null,
    root,
    open: (id) =>
      Promise.resolve({ id, source: "folder", root: `${root}/data`, files: ["a", "b"], notes: [] }),
    ...own,
  });
}

/** What an earlier run says of a reproduction, so far as it matters for a plan. */
function measuredBefore(id: string, seeds: number): NonNullable<PlanOptions["earlier"]> {
  return { modules: [{ id, seeds } as ReproductionResult] };
}

/** The ids of the jobs that are needed. */
function neededJobs({ jobs }: PlannedReproduction): string[] {
  return jobs.filter(({ needed }) => needed).map(({ id }) => id);
}

Deno.test(
  "planRun() needs the jobs of the cells that are asked for, and those of figures where all cells are",
  inRoot(async (root) => {
    const figureJob = toyJob("figure");
    const paints: Reproduction = {
      ...reproduction,
      plan: (request) => ({ ...reproduction.plan(request as never), figureJobs: [figureJob] }),
    };
    const needed = async (...cells: string[]) => {
      const reproductions = [{ ...loadedToy, reproduction: paints }];
      return neededJobs((await plan(root, { reproductions, cells })).reproductions[0]!);
    };
    assertEquals(await needed("toy/odd"), ["job 1", "job 3"]);
    assertEquals(await needed("toy/odd", "toy/e*"), ["job 0", "job 1", "job 2", "job 3"]);
    assertEquals((await needed()).length, 7);
    assertEquals((await needed("toy/*")).length, 7);
  }),
);

Deno.test(
  "planRun() leaves out a reproduction none of whose cells is asked for, and refuses a pattern that matches none",
  inRoot(async (root) => {
    await writeData(root);
    const reproductions = [loadedToy, loadedReader];
    const { reproductions: planned, asked } = await plan(root, { reproductions, cells: ["reader/a"] });
    assertEquals(planned.map(({ reproduction: { id } }) => id), ["reader"]);
    assertEquals([asked("reader", "reader/a"), asked("reader", "reader/b")], [true, false]);
    const message = 'No cell of the profile standard matches "reader/x": the first is toy/all';
    await assertRejects(() => plan(root, { reproductions, cells: ["reader/x"] }), UsageError, message);
  }),
);

Deno.test(
  "planRun() plans what an earlier run left with the seeds of that run, and asks for none of it",
  inRoot(async (root) => {
    await writeData(root);
    const opened: [string, boolean][] = [];
    const before = measuredBefore("reader", 7);
    const { reproductions, asked } = await plan(root, {
      kept: [loadedReader],
      earlier: before,
      seeds: 1,
      open(id, isAsked) {
        opened.push([id, isAsked]);
        return Promise.resolve({ id, source: "folder", root: `${root}/data`, files: ["a", "b"], notes: [] });
      },
    });
    assertEquals(reproductions.map(({ asked, seeds }) => [asked, seeds]), [[true, 1], [false, 7]]);
    assertEquals(neededJobs(reproductions[1]!), []);
    assertEquals([asked("toy", "toy/all"), asked("reader", "reader/a")], [true, false]);
    assertEquals(opened, [[dataset, false]]);
    const message = 'matches "reader/a"';
    const kept = { kept: [loadedReader], earlier: before };
    await assertRejects(() => plan(root, { ...kept, cells: ["reader/a"] }), UsageError, message);
  }),
);

Deno.test(
  "planRun() keeps what an earlier run measured of a reproduction that was named, where none of its cells is asked for",
  inRoot(async (root) => {
    await writeData(root);
    const { reproductions, asked } = await plan(root, {
      reproductions: [loadedReader, loadedToy],
      order: ["reader", "toy"],
      earlier: measuredBefore("reader", 7),
      cells: ["toy/odd"],
      seeds: 1,
    });
    const found = reproductions.map(({ reproduction: { id }, asked, seeds }) => [id, asked, seeds]);
    assertEquals(found, [["reader", false, 7], ["toy", true, 1]]);
    assertEquals(asked("reader", "reader/a"), false);
  }),
);

Deno.test(
  "planRun() refuses a damaged file that is needed, and leaves one that is not without a key",
  inRoot(async (root) => {
    await writeData(root, { a: "1" });
    const reproductions = [loadedReader];
    await assertRejects(() => plan(root, { reproductions }), DataError, "data/b");
    for (const earlier of [null, measuredBefore("reader", 2)]) {
      const planned = await plan(root, { reproductions, cells: ["reader/a"], earlier });
      const keys = planned.reproductions[0]!.jobs.map(({ id, key }) => [id, key !== null]);
      assertEquals(keys, [["sum of a", true], ["sum of b", false], ["width", true]]);
    }
  }),
);

Deno.test(
  "planRun() keys a job by its task, parameters and data, and by nothing that presents or judges",
  inRoot(async (root) => {
    await writeData(root);
    const keys = async (own: Partial<PlanOptions> = {}) =>
      (await plan(root, { reproductions: [loadedReader], ...own })).reproductions[0]!.jobs.map(({ key }) =>
        key!
      );
    const before = await keys();

    assertEquals(await keys({ profile: "full" }), before);
    await Deno.writeTextFile(
      `${root}/golden/reader.csv`,
      goldenFile("reader/width", "reader/b", "reader/a").replaceAll("a toy", "another source"),
    );
    assertEquals(await keys(), before);
    const other: Reproduction = {
      ...reader,
      paper: { ...reader.paper, title: "Another" },
      figures: () => [],
    };
    assertEquals(await keys({ reproductions: [{ ...loadedReader, reproduction: other }] }), before);

    const changed = async (own: Partial<PlanOptions> = {}) =>
      (await keys(own)).map((key, i) => key !== before[i]);
    assertEquals(await changed({ seeds: 3 }), [true, true, false]);
    await writeData(root, { b: "3" });
    assertEquals(await changed(), [false, true, false]);
    const tasksUrl = loadedToy.tasksUrl;
    assertEquals(await changed({ reproductions: [{ ...loadedReader, tasksUrl }] }), [true, true, true]);
  }),
);

Deno.test(
  "planRun() opens the data sets that jobs of asked cells read, and others for cells of an earlier run alone",
  inRoot(async (root, t) => {
    await writeData(root);
    const opened = async (own: Partial<PlanOptions>) => {
      const found: [string, boolean][] = [];
      const { data, reproductions } = await plan(root, {
        reproductions: [loadedReader],
        ...own,
        open(id, isAsked) {
          found.push([id, isAsked]);
          return Promise.resolve({
            id,
            source: "folder",
            root: `${root}/data`,
            files: ["a", "b"],
            notes: [],
          });
        },
      });
      return { found, data, jobs: reproductions[0]!.jobs };
    };
    await t.step("a cell that reads one", async () => {
      assertEquals((await opened({ cells: ["reader/a"] })).found, [[dataset, true]]);
    });
    await t.step("a cell that reads none", async () => {
      const { found, data, jobs } = await opened({ cells: ["reader/width"] });
      assertEquals([found, data], [[], { handles: {}, records: {} }]);
      assertEquals(jobs.map(({ id, key }) => [id, key !== null]), [
        ["sum of a", false],
        ["sum of b", false],
        ["width", true],
      ]);
    });
    await t.step("a cell that reads none, beside those of an earlier run", async () => {
      const { found } = await opened({ cells: ["reader/width"], earlier: measuredBefore("reader", 2) });
      assertEquals(found, [[dataset, false]]);
    });
  }),
);

Deno.test(
  "planRun() refuses a reproduction that reads another data set where data is at hand",
  inRoot(async (root) => {
    await writeData(root);
    const reads = {
      file: { dataset: "mnist", resolve: () => ({ dataset: "mnist", files: [], standIn: false }) },
    };
    const greedy: Reproduction = {
      ...reader,
      datasets: [dataset, "mnist"],
      plan: (request) => ({
        ...reader.plan(request as never),
        figureJobs: request.dataset(dataset).source === "stand-in" ? [] : [{ ...toyJob("more"), reads }],
      }),
    };
    await assertRejects(
      () => plan(root, { reproductions: [{ ...loadedReader, reproduction: greedy }] }),
      Error,
      "reader reads mnist only where it is at hand",
    );
  }),
);
