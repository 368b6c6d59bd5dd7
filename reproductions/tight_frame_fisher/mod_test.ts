import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mistakesOf } from "../../src/classify/mistakes.ts";
import { type Job, jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, jobsOfCell, measureCell, planFor, readingsOf } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";

const found = { source: "folder", files: [] } as const;

/** A classifier of 100 images that gets the images from one number to before another wrong. */
function wrongBetween(from: number, to: number) {
  const labels = new Uint8Array(100);
  return mistakesOf(Uint8Array.from(labels, (_, i) => i >= from && i < to ? 1 : 0), labels);
}

Deno.test("plan() has every row of the tables in smoke and full", () => {
  for (const profile of ["smoke", "full"] as const) {
    assertEquals(jobsOf(planFor(reproduction, { profile })).map(({ id }) => id), [
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
    ]);
  }
});

Deno.test("plan() measures what is printed of each row, what holds of its frames, and every printed order", () => {
  const frames = (set: string) => [
    `frames/${set}/x/error`,
    `frames/${set}/x/fisher`,
    ...["soft", "relu"].flatMap((method) =>
      ["error", "fisher", "tightness", "contraction"].map((quantity) => `frames/${set}/${method}/${quantity}`)
    ),
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
    "order/cifar10/error/soft-x",
    "order/cifar10/fisher/x-soft",
    "order/cifar10/fisher/x-relu",
    "order/cifar10/fisher/soft-relu",
    "scattering/mnist/scat/error",
    "scattering/cifar10/scat/error",
    "scattering/cifar10/scat/fisher",
    "scattering/cifar10/scat-J4/error",
    "scattering/cifar10/1coscat/error",
    "scattering/cifar10/1coscat/fisher",
    "scattering/cifar10/1coscat/tightness",
    "scattering/cifar10/jcoscat/error",
    "scattering/cifar10/jcoscat/fisher",
    "scattering/cifar10/jcoscat/tightness",
    "order/cifar10/error/jcoscat-1coscat",
    "order/cifar10/error/jcoscat-scat",
    "order/cifar10/error/1coscat-scat",
    "order/cifar10/fisher/scat-1coscat",
    "order/cifar10/fisher/scat-jcoscat",
    "order/cifar10/fisher/1coscat-jcoscat",
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
      fisher: { test: { ratio: 4 } },
      frame: { tightness: 0.02, contraction: 0.9 },
    },
    "scattering/cifar10/jcoscat/seed=0": { tightness: [0.01, 0.03] },
  });
  const measure = (id: string) => measureCell(plan, id, results);
  const error = measure("frames/cifar10/relu/error");
  assertEquals([error.values, error.unitOfError], [[20], "test item"]);
  assertAlmostEquals(error.standardError!, 4, 1e-12);
  assertEquals(measure("frames/cifar10/relu/fisher").values, [4]);
  assertEquals(measure("frames/cifar10/relu/tightness").values, [0.02]);
  assertEquals(measure("frames/cifar10/relu/contraction").values, [0.9]);
  assertEquals(measure("scattering/cifar10/jcoscat/tightness").values, [0.03]);
});

Deno.test("plan() gives orderings of errors the standard error of the paired difference", () => {
  const plan = planFor(reproduction, { profile: "full" });
  const results = resultOf({
    "frames/cifar10/relu/seed=0": { mistakes: wrongBetween(0, 20), fisher: { test: { ratio: 4 } } },
    // 15 of its 50 mistakes are those of the other one.
    "frames/cifar10/soft/seed=0": { mistakes: wrongBetween(5, 55), fisher: { test: { ratio: 3 } } },
  });
  const error = measureCell(plan, "order/cifar10/error/relu-soft", results);
  assertEquals([error.values, error.unitOfError], [[-30], "test item"]);
  // 5 images that one gets wrong alone, and 35 that the other does.
  assertAlmostEquals(error.standardError!, 10 * Math.sqrt(0.4 - 0.3 ** 2), 1e-12);
  assertEquals(measureCell(plan, "order/cifar10/fisher/soft-relu", results), {
    values: [-1],
    unitOfError: "seed",
  });
});

Deno.test("plan() measures one value a seed", () => {
  const plan = planFor(reproduction, { profile: "standard", seeds: 2 });
  const results = resultOf({
    "frames/mnist/soft/seed=0": { mistakes: wrongBetween(0, 20) },
    "frames/mnist/soft/seed=1": { mistakes: wrongBetween(0, 30) },
    "frames/mnist/x/seed=0": { mistakes: wrongBetween(0, 40) },
    "frames/mnist/x/seed=1": { mistakes: wrongBetween(0, 60) },
  });
  assertEquals(measureCell(plan, "frames/mnist/soft/error", results), {
    values: [20, 30],
    unitOfError: "seed",
  });
  assertEquals(measureCell(plan, "order/mnist/error/soft-x", results), {
    values: [-20, -30],
    unitOfError: "seed",
  });
});
