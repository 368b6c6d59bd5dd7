import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { LinePanel } from "../../src/figure.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { Plan, Profile, RunContext } from "../../src/reproduction.ts";
import { balancedRows } from "./draws.ts";
import { type FeatureName, featureShape } from "./features.ts";
import { reproduction } from "./mod.ts";

function planOf(profile: Profile, source: "folder" | "stand-in" = "folder"): Plan {
  return { profile, seeds: reproduction.seeds![profile], dataset: () => ({ source, files: [] }) };
}

/** A context without data, whose artifacts are made again each time. */
const context: RunContext = {
  read: () => Promise.reject(new Error("no file is read")),
  rng: randomStream,
  artifact: (_parts, _inputs, make) => Promise.resolve(make()),
  threads: 1,
  checkpoint: "",
  progress: () => {},
};

/** A result of `errors` in 100 digits. */
function result(cell: string, errors: number) {
  return { cell, errors, tested: 100, chosen: {} };
}

Deno.test("mnist_scattering measures what each profile promises", async (t) => {
  const cells = (profile: Profile) => new Set(reproduction.jobs(planOf(profile)).flatMap((job) => job.cells));
  const printed = (profile: Profile) =>
    cells(profile).values().filter((cell) => cell.startsWith("table4/")).toArray();
  await t.step("smoke: one training size", () => assertEquals(printed("smoke").length, 9));
  await t.step("standard: every column to 5000, PCA at 10,000", () => {
    assertEquals(printed("standard").length, 4 * 9 + 4);
  });
  await t.step("full: all 72 cells", () => assertEquals(printed("full").length, 72));
});

Deno.test("mnist_scattering draws at n <= 1000 and takes the first digits beyond", () => {
  const jobs = reproduction.jobs(planOf("full"));
  const draws = (cell: string) => jobs.filter((job) => job.cells.includes(cell)).length;
  assertEquals(["n=300", "n=1000", "n=2000"].map((n) => draws(`table4/${n}/x/pca`)), [5, 5, 1]);
});

Deno.test("mnist_scattering asks for both sides of an ordering, and for none that is half planned", () => {
  const jobs = reproduction.jobs(planOf("standard"));
  const sides = jobs.filter((job) => job.cells.includes("order/n=300/scat2-scat1/pca"));
  const sidesOf = (name: string) => sides.filter(({ id }) => id.startsWith(`table4/n=300/${name}/`)).length;
  assertEquals([sides.length, sidesOf("scat1/pca"), sidesOf("scat2/pca")], [6, 3, 3]);
  const cells = jobs.flatMap((job) => job.cells);
  assert(cells.includes("order/n=10000/scat2-scat1/pca"));
  assert(!cells.includes("order/n=10000/scat2-scat1/svm"));
});

Deno.test("measure() of one training set gives the binomial standard error", () => {
  const { values, standardError, unitOfError } = reproduction.measure("table4/n=2000/x/pca", [
    result("table4/n=2000/x/pca", 20),
  ]);
  assertEquals([values, unitOfError], [[20], "test item"]);
  assertAlmostEquals(standardError!, 100 * Math.sqrt(0.2 * 0.8 / 100), 1e-12);
});

Deno.test("measure() of an ordering compares draw by draw", () => {
  const results = [
    ...[1, 2].map((errors) => result("table4/n=300/scat1/pca", errors)),
    ...[5, 4].map((errors) => result("table4/n=300/scat1/svm", errors)),
  ];
  const { values } = reproduction.measure("order/n=300/scat1/pca-svm", results);
  assertEquals(values.map(Math.round), [-4, -2]);
  const single = reproduction.measure("order/n=2000/scat2-scat1/svm", [
    result("table4/n=2000/scat1/svm", 20),
    result("table4/n=2000/scat2/svm", 10),
  ]);
  assertAlmostEquals(single.values[0]!, -10, 1e-12);
  assertAlmostEquals(single.standardError!, Math.hypot(4, 3), 1e-12);
});

Deno.test("balancedRows() takes as many of each class, one after the other, around the end", () => {
  const labels = Uint8Array.from({ length: 60 }, (_, row) => row % 10);
  for (let seed = 0; seed < 5; seed++) {
    const rows = balancedRows(labels, 20, randomStream("rows", seed));
    const steps = rows.slice(1).map((row, i) => (row - rows[i]! + 60) % 60);
    assert(steps.every((step) => step === 1));
    assertEquals(new Set(rows).size, 20);
  }
});

Deno.test("balancedRows() names a class that has too few digits", () => {
  const labels = new Uint8Array(50).map((_, row) => row % 9);
  const draw = (n: number) => () => balancedRows(labels, n, randomStream("rows", 0));
  assertThrows(draw(10), RangeError, "each class must give 1: class 9 has 0");
});

Deno.test("features have as many coefficients as the paths and grids say", () => {
  const dimensions: Record<FeatureName, number> = {
    "x": 784,
    "wf": 8 * 5 * 49,
    "scat1": (1 + 3 * 8) * 64,
    "scat2": (1 + 3 * 8 + 3 * 64) * 16,
    "scat1-iso": (1 + 18) * 16,
    "scat2-iso": (1 + 18 + 108) * 16,
  };
  for (const [name, dimension] of Object.entries(dimensions)) {
    const { paths, positions } = featureShape(name as FeatureName);
    assertEquals(paths * positions, dimension);
  }
});

Deno.test("mnist_scattering tells drawn digits apart, the same way each time", async (t) => {
  const jobs = reproduction.jobs(planOf("smoke", "stand-in"));
  for (const name of ["scat1/pca", "scat1/svm"]) {
    await t.step(name, async () => {
      const job = jobs.find(({ cells }) => cells.includes(`table4/n=300/${name}`))!;
      const first = await reproduction.run(job, context);
      assertEquals(await reproduction.run(job, context), first);
      if (!("errors" in first)) throw new Error(`${job.id} counted no errors`);
      assert(first.errors < 0.1 * first.tested, `${first.errors} of ${first.tested} errors`);
    });
  }
});

Deno.test("figures() draws measured and published errors against n, and leaves gaps where nothing was measured", () => {
  const figures = reproduction.figures!({
    results: [],
    cell: (id) => {
      if (!id.startsWith("table4/")) return undefined;
      return { published: 2, measured: id === "table4/n=300/x/pca" ? 3 : null, standardError: 0.5 };
    },
  });
  const [pca, svm] = figures[0]!.panels as LinePanel[];
  const measured = pca!.lines.filter(({ source }) => source === "measured");
  assertEquals(measured.map(({ name }) => name), ["x"]);
  assertEquals(measured[0]!.points.slice(0, 2), [{ x: 300, y: 3, lower: 2.5, upper: 3.5 }, {
    x: 1000,
    y: null,
  }]);
  assertEquals(svm!.lines.map(({ source }) => source), Array(5).fill("published"));
});

Deno.test("figures() draws the digit of figure 7 as 4 x 4 discs an order", async () => {
  const job = reproduction.jobs(planOf("smoke", "stand-in")).find(({ id }) => id === "figure-7")!;
  const result = await reproduction.run(job, context);
  const figures = reproduction.figures!({ results: [{ job: job.id, result }], cell: () => undefined });
  const { panels } = figures.find(({ id }) => id === "figure-7")!;
  const discs = panels.filter((panel) => panel.kind === "discs");
  assertEquals(discs.map(({ title, discs }) => [title, discs.length]), [["m = 1", 16], ["m = 2", 16]]);
  // L = 8 directions of 3 scales, and their opposites.
  assertEquals(discs[0]!.discs[0]!.length, 2 * 8 * 3);
});
