import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { type Job, jobsOf, type Profile } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, readingsOf } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import type { ScatteringRowName } from "./run.ts";

const found = { source: "folder", files: [] } as const;

/** A classifier of 100 images that gets the images from one number to before another wrong. */
function wrongBetween(from: number, to: number) {
  const labels = new Uint8Array(100);
  return mistakesOf(Uint8Array.from(labels, (_, i) => i >= from && i < to ? 1 : 0), labels);
}

Deno.test("plan() has every row of the tables in smoke and full, and in full those that halve one of its reductions", () => {
  const tables = [
    "frames/mnist/x/seed=0",
    "frames/mnist/soft/seed=0",
    "frames/mnist/relu/seed=0",
    "frames/cifar10/x/seed=0",
    "frames/cifar10/soft/seed=0",
    "frames/cifar10/relu/seed=0",
    "scattering/mnist/scat/seed=0",
    "scattering/cifar10/scat/seed=0",
    "scattering/cifar10/scat-J4/seed=0",
    "scattering/cifar10/1coscat/seed=0",
    "scattering/cifar10/jcoscat/seed=0",
  ];
  const jobs = (profile: Profile) => jobsOf(planFor(reproduction, { profile })).map(({ id }) => id);
  assertEquals(jobs("smoke"), tables);
  const full = jobs("full");
  assertEquals(full.filter((id) => tables.includes(id)), tables);
  assertEquals(full.filter((id) => !tables.includes(id)), [
    "frames/cifar10/relu-authors-beta/seed=0",
    "scattering/cifar10/jcoscat-channels-x2/seed=0",
    "scattering/cifar10/jcoscat-atoms-x2/seed=0",
    "scattering/cifar10/jcoscat-epochs-x2/seed=0",
  ]);
});

Deno.test("profiles: what halves a reduction of full changes nothing else", () => {
  const { frames, scattering } = reproduction.profiles.full;
  const { relu, "relu-authors-beta": withAuthorsBeta } = frames.cifar10;
  assertEquals(withAuthorsBeta, { ...relu!, tightening: 1 });
  const row = (name: ScatteringRowName) => scattering.cifar10[name]!;
  const base = row("jcoscat");
  const doubled = (factors: { channels: number; atoms: number }) =>
    base.blocks.map(({ channels, atoms }) => ({
      channels: factors.channels * channels,
      atoms: factors.atoms * atoms,
    }));
  assertEquals(row("jcoscat-channels-x2"), { ...base, blocks: doubled({ channels: 2, atoms: 2 }) });
  assertEquals(row("jcoscat-atoms-x2"), { ...base, blocks: doubled({ channels: 1, atoms: 2 }) });
  assertEquals(row("jcoscat-epochs-x2"), { ...base, epochs: 2 * base.epochs });
});

Deno.test("plan() measures what is printed of each row, what holds of its frames, and every printed order", () => {
  const frames = (set: string) => [
    `frames/${set}/x/error`,
    `frames/${set}/x/fisher`,
    `frames/${set}/x/fisher-unbiased`,
    ...["soft", "relu", ...(set === "cifar10" ? ["relu-authors-beta"] : [])].flatMap((row) =>
      ["error", "fisher", "fisher-unbiased", "tightness", "contraction"].map((quantity) =>
        `frames/${set}/${row}/${quantity}`
      )
    ),
  ];
  const jcoscats = [
    "jcoscat",
    ...["channels", "atoms", "epochs"].map((reduction) => `jcoscat-${reduction}-x2`),
  ];
  assertEquals(planFor(reproduction, { profile: "full" }).cells.map(({ id }) => id), [
    ...frames("mnist"),
    ...frames("cifar10"),
    "order/mnist/error/soft-x",
    "order/mnist/error/relu-x",
    "order/mnist/fisher/x-soft",
    "order/mnist/fisher/x-relu",
    "order/cifar10/error/relu-soft",
    "order/cifar10/error/relu-x",
    "order/cifar10/error/relu-authors-beta-soft",
    "order/cifar10/error/relu-authors-beta-x",
    "order/cifar10/error/soft-x",
    "order/cifar10/fisher/x-soft",
    "order/cifar10/fisher/x-relu",
    "order/cifar10/fisher/x-relu-authors-beta",
    "order/cifar10/fisher/soft-relu",
    "order/cifar10/fisher/soft-relu-authors-beta",
    "scattering/mnist/scat/error",
    "scattering/cifar10/scat/error",
    "scattering/cifar10/scat/fisher",
    "scattering/cifar10/scat/fisher-unbiased",
    "scattering/cifar10/scat-J4/error",
    ...["1coscat", ...jcoscats].flatMap((row) =>
      ["error", "fisher", "fisher-unbiased", "tightness"].map((quantity) =>
        `scattering/cifar10/${row}/${quantity}`
      )
    ),
    ...jcoscats.flatMap((row) => ["1coscat", "scat"].map((upper) => `order/cifar10/error/${row}-${upper}`)),
    "order/cifar10/error/1coscat-scat",
    ...["1coscat", ...jcoscats].map((row) => `order/cifar10/fisher/scat-${row}`),
    ...jcoscats.map((row) => `order/cifar10/fisher/1coscat-${row}`),
    "order/cifar10/error/scat-J4-scat",
  ]);
});

Deno.test("plan() leaves out orderings of rows that a profile does not have", () => {
  const standard = planFor(reproduction, { profile: "standard" });
  assertEquals(jobsOfCell(standard, "order/cifar10/error/1coscat-scat"), [
    "scattering/cifar10/1coscat/seed=0",
    "scattering/cifar10/scat/seed=0",
  ]);
  assertEquals(jobsOfCell(standard, "order/cifar10/error/jcoscat-scat"), []);
  const authors = planFor(reproduction, { profile: "authors" });
  assertEquals(jobsOfCell(authors, "order/cifar10/error/jcoscat-scat").length, 2);
  assertEquals(jobsOfCell(authors, "scattering/cifar10/1coscat/error"), []);
});

Deno.test("plan() declares the files of the images that a profile takes, of the data set of the job alone", () => {
  const files = (profile: "standard" | "full", id: string) =>
    Object.values(readingsOf(jobOf(planFor(reproduction, { profile }), id), found)).flatMap(({ files }) =>
      files
    );
  assertEquals(files("standard", "frames/mnist/soft/seed=0"), [
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ]);
  assertEquals(files("standard", "scattering/cifar10/scat/seed=0"), [
    "cifar-10-batches-bin/data_batch_1.bin",
    "cifar-10-batches-bin/data_batch_2.bin",
    "cifar-10-batches-bin/test_batch.bin",
  ]);
  assertEquals(files("full", "frames/cifar10/relu/seed=0").length, 6);
});

/** What a job of the tables gives, as far as cells need it. */
function resultOf(results: Readonly<Record<string, unknown>>): (job: Job) => unknown {
  return ({ id }) => {
    const result = results[id];
    if (result === undefined) throw new Error(`${id} was not asked for`);
    return result;
  };
}

Deno.test("plan() measures the cells of a row from its result", () => {
  const plan = planFor(reproduction, { profile: "full" });
  const results = resultOf({
    "frames/cifar10/relu/seed=0": {
      mistakes: wrongBetween(0, 20),
      fisher: { test: { ratio: 4, unbiased: 5, standardError: 0.2 } },
      frame: { tightness: 0.02, contraction: 0.9 },
    },
    "scattering/cifar10/jcoscat/seed=0": { tightness: [0.01, 0.03] },
  });
  const measure = (id: string) => measureCell(plan, id, results);
  const error = measure("frames/cifar10/relu/error");
  assertEquals([error.values, error.unitOfError], [[20], "test item"]);
  assertAlmostEquals(error.standardError!, 4, 1e-12);
  assertEquals(measure("frames/cifar10/relu/fisher"), {
    values: [4],
    standardError: 0.2,
    unitOfError: "test item",
  });
  assertEquals(measure("frames/cifar10/relu/fisher-unbiased"), {
    values: [5],
    standardError: 0.25,
    unitOfError: "test item",
  });
  assertEquals(measure("frames/cifar10/relu/tightness").values, [0.02]);
  assertEquals(measure("frames/cifar10/relu/contraction").values, [0.9]);
  assertEquals(measure("scattering/cifar10/jcoscat/tightness").values, [0.03]);
});

/** What a job says of the Fisher ratio of the test images, with the ratios that leaving out one of two blocks gives. */
function fisherOf(ratio: number, ratios: readonly number[]) {
  return { test: { ratio, jackknife: { blocks: 2, ratios } } };
}

Deno.test("plan() gives orderings the standard error of the paired difference", () => {
  const plan = planFor(reproduction, { profile: "full" });
  const results = resultOf({
    "frames/cifar10/relu/seed=0": { mistakes: wrongBetween(0, 20), fisher: fisherOf(4, [5, 3]) },
    // 15 of its 50 mistakes are those of the other one.
    "frames/cifar10/soft/seed=0": { mistakes: wrongBetween(5, 55), fisher: fisherOf(3, [3.5, 2.5]) },
  });
  const error = measureCell(plan, "order/cifar10/error/relu-soft", results);
  assertEquals([error.values, error.unitOfError], [[-30], "test item"]);
  // 5 images that one gets wrong alone, and 35 that the other does.
  assertAlmostEquals(error.standardError!, 10 * Math.sqrt(0.4 - 0.3 ** 2), 1e-12);
  const ratio = measureCell(plan, "order/cifar10/fisher/soft-relu", results);
  assertEquals([ratio.values, ratio.unitOfError], [[-1], "test item"]);
  // Without one of two blocks the difference is -1.5 or -0.5.
  assertAlmostEquals(ratio.standardError!, 0.5, 1e-12);
});

Deno.test("plan() measures one value a seed", () => {
  const plan = planFor(reproduction, { profile: "standard", seeds: 2 });
  const results = resultOf({
    "frames/mnist/soft/seed=0": { mistakes: wrongBetween(0, 20), fisher: fisherOf(60, []) },
    "frames/mnist/soft/seed=1": { mistakes: wrongBetween(0, 30), fisher: fisherOf(58, []) },
    "frames/mnist/x/seed=0": { mistakes: wrongBetween(0, 40), fisher: fisherOf(18, []) },
    "frames/mnist/x/seed=1": { mistakes: wrongBetween(0, 60), fisher: fisherOf(18, []) },
  });
  assertEquals(measureCell(plan, "frames/mnist/soft/error", results), {
    values: [20, 30],
    unitOfError: "seed",
  });
  assertEquals(measureCell(plan, "order/mnist/error/soft-x", results), {
    values: [-20, -30],
    unitOfError: "seed",
  });
  assertEquals(measureCell(plan, "frames/mnist/soft/fisher", results), {
    values: [60, 58],
    unitOfError: "seed",
  });
  assertEquals(measureCell(plan, "order/mnist/fisher/x-soft", results), {
    values: [-42, -40],
    unitOfError: "seed",
  });
});
