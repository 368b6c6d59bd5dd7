import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { inFolder } from "../../src/files/test_helpers.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { Job, Profile, RunContext } from "../../src/reproduction.ts";
import { isScatteringCell, measureScattering, scatteringJobs } from "./scattering_cells.ts";
import { scatteringFigures } from "./scattering_figures.ts";
import { runScattering, type ScatteringParameters, type ScatteringResult } from "./scattering_row.ts";

function jobsOf(profile: Profile): Job<ScatteringParameters>[] {
  return scatteringJobs({ profile, seeds: 1, dataset: () => ({ source: "stand-in", files: [] }) });
}

/** What contexts share: stand-ins take longer to draw than anything else here. */
const artifacts = new Map<string, Uint8Array>();

function contextOf(threads: number, folder: string): RunContext {
  return {
    read: () => Promise.reject(new Error("nothing to read")),
    rng: randomStream,
    artifact: async (parts, _inputs, make) => {
      const key = JSON.stringify(parts);
      const made = artifacts.get(key) ?? await make();
      artifacts.set(key, made);
      return made;
    },
    threads,
    checkpoint: `${folder}/${threads}.checkpoint`,
    progress: () => {},
  };
}

Deno.test("scatteringJobs() yields each cell of the table from the rows that it needs", () => {
  const cells = new Map(jobsOf("full").map(({ id, cells }) => [id, cells]));
  assertEquals(cells.get("scattering/mnist/scat/seed=0"), ["scattering/mnist/scat/error"]);
  assertEquals(cells.get("scattering/cifar10/scat-J4/seed=0"), ["scattering/cifar10/scat-J4/error"]);
  assertEquals(cells.get("scattering/cifar10/1coscat/seed=0"), [
    "scattering/cifar10/1coscat/error",
    "scattering/cifar10/1coscat/fisher",
    "scattering/cifar10/1coscat/tightness",
    "order/cifar10/error/1coscat-scat",
    "order/cifar10/fisher/scat-1coscat",
  ]);
  for (const profile of ["smoke", "standard", "full"] as const) {
    const jobs = jobsOf(profile);
    const all = jobs.flatMap(({ cells }) => cells);
    assertEquals(all.filter((cell) => !isScatteringCell(cell)), []);
    // An ordering needs both of its rows.
    for (const order of all.filter((cell) => cell.startsWith("order/"))) {
      assertEquals(all.filter((cell) => cell === order).length, 2, `${profile} ${order}`);
    }
  }
  assertEquals(isScatteringCell("order/cifar10/error/relu-soft"), false);
});

Deno.test(
  "runScattering() gives the same bits for any number of threads, and finite cells",
  inFolder(async (folder) => {
    const jobs = jobsOf("smoke");
    const results: ScatteringResult[] = [];
    for (const { id, parameters } of jobs) {
      const [one, two] = [
        await runScattering(parameters, contextOf(1, folder)),
        await runScattering(parameters, contextOf(2, folder)),
      ];
      assertEquals(two, one, id);
      assertEquals([one.tested, one.fisher.test.n, one.curve.length], [100, 100, 2]);
      const { rank, d } = one.fisher.test;
      assert(rank <= Math.min(d, 100 - 10), "100 images in 10 classes vary in at most 90 directions");
      assertNotEquals(one.fisher.floor.ratio, one.fisher.test.ratio);
      results.push(one);
      for (const threads of [1, 2]) await Deno.remove(`${folder}/${threads}.checkpoint`);
    }
    for (const cell of new Set(jobs.flatMap(({ cells }) => cells))) {
      const own = results.filter((_, i) => jobs[i]!.cells.includes(cell));
      const { values } = measureScattering(cell, own);
      assertEquals([values.length, values.every(Number.isFinite)], [1, true], cell);
    }
    const [figure] = scatteringFigures(results, { cell: () => undefined });
    assertEquals(figure!.panels.map((panel) => panel.kind === "lines" && panel.lines.length), [1, 4]);
    assertEquals(scatteringFigures([], { cell: () => undefined }), []);
  }),
);

Deno.test("measureScattering() takes differences of one seed", () => {
  const row = (method: "scat" | "1coscat", errors: number, ratio: number) => ({
    kind: "scattering",
    set: "cifar10",
    method,
    errors,
    tested: 10_000,
    fisher: { test: { ratio } },
    tightness: [0.01, 0.03],
  } as unknown as ScatteringResult);
  const rows = [row("scat", 2700, 22), row("1coscat", 1800, 30)];
  const { values, standardError, unitOfError } = measureScattering("scattering/cifar10/scat/error", rows);
  assertEquals([values, unitOfError], [[27], "test item"]);
  assertAlmostEquals(standardError!, Math.sqrt(27 * 73 / 10_000), 1e-12);
  assertEquals(measureScattering("scattering/cifar10/1coscat/tightness", rows).values, [0.03]);
  assertEquals(measureScattering("order/cifar10/error/1coscat-scat", rows).values, [-9]);
  assertEquals(measureScattering("order/cifar10/fisher/scat-1coscat", rows).values, [-8]);
});

Deno.test(
  "runScattering() goes on to the same result after an interruption",
  inFolder(async (folder) => {
    const { parameters } = jobsOf("smoke")[1]!;
    // Augmented, and one step an epoch: the checkpoint of step 20 is what is left of 22.
    const long = { ...parameters, settings: { ...parameters.settings, epochs: 25 } };
    const whole = await runScattering(long, contextOf(1, folder));
    const interrupted = runScattering(long, {
      ...contextOf(2, folder),
      progress: (share) => {
        if (share > 22 / 25) throw new Error("interrupted");
      },
    });
    await assertRejects(() => interrupted, Error, "interrupted");
    const steps: number[] = [];
    const context = {
      ...contextOf(2, folder),
      progress: (share: number) => void steps.push(Math.round(25 * share)),
    };
    assertEquals(await runScattering(long, context), whole);
    assertEquals(steps, [21, 22, 23, 24, 25]);
  }),
);

Deno.test(
  "runScattering() names a class that the test images lack",
  inFolder(async (folder) => {
    const { parameters } = jobsOf("smoke")[1]!;
    const few = { ...parameters, settings: { ...parameters.settings, images: { train: 20, test: 5 } } };
    await assertRejects(() => runScattering(few, contextOf(1, folder)), RangeError, "class 5 has none");
  }),
);
