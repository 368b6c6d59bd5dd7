import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import type { LinePanel } from "../../src/suite/figure.ts";
import { type DatasetListing, jobsOf, type Profile } from "../../src/suite/reproduction.ts";
import { jobsOfCell, measureCell, planFor, readingsOf, runJob } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import { type ImageEnergies, tasks } from "./run.ts";

/** A folder with `count` images in each of three classes. */
function folder(count: number): DatasetListing {
  const files = ["ant", "bass", "crab"].flatMap((name) =>
    Array.from({ length: count }, (_, i) => `101_ObjectCategories/${name}/image_${1001 + i}.jpg`)
  );
  return { source: "folder", files };
}

/** How many images each job reads. */
function imagesPerJob(profile: Profile, count: number): number[] {
  const found = folder(count);
  return jobsOf(planFor(reproduction, { profile, dataset: found })).map((job) =>
    readingsOf(job, found)["photographs"]!.files.length
  );
}

/** The energies of an image that are `energy` everywhere. */
function constant(energy: number): ImageEnergies {
  return Array.from({ length: 7 }, () => Array<number>(5).fill(energy));
}

Deno.test("scattering_energy reads two images of a class in standard, and all in full", () => {
  assertEquals(imagesPerJob("standard", 31), [2, 2, 2]);
  assertEquals(imagesPerJob("full", 31), [31, 31, 31]);
});

Deno.test("scattering_energy measures m = 4 in every second class in standard, and everywhere in full", () => {
  const classes = (profile: Profile, id: string) =>
    jobsOfCell(planFor(reproduction, { profile, dataset: folder(2) }), id);
  const all = ["class/ant", "class/bass", "class/crab"];
  assertEquals(classes("standard", "table1/J=7/m=4"), ["class/ant", "class/crab"]);
  assertEquals(classes("standard", "table1/J=7/m<=3"), all);
  assertEquals(classes("full", "table1/J=7/m=4"), all);
});

Deno.test("scattering_energy plans the printed cells of both tables", () => {
  const count = (profile: Profile) => planFor(reproduction, { profile }).cells.length;
  // Order m is printed from J = m on, order 1 from J = 1.
  assertEquals(count("full"), 2 * (7 + 7 + 6 + 5 + 4 + 7));
  assertEquals(count("smoke"), 2 * (4 + 4 + 3 + 2 + 1 + 4));
});

Deno.test("scattering_energy of stand-ins keeps the identities of a tight frame", async () => {
  const plan = planFor(reproduction, { profile: "full" });
  const result = await runJob(tasks, jobsOf(plan)[0]!);
  const value = (id: string) => measureCell(plan, id, () => result).values[0]!;
  for (const table of ["table1", "table1-q0.25"]) {
    for (let J = 1; J <= 7; J++) {
      const orders = Array.from({ length: Math.min(J, 4) + 1 }, (_, m) => value(`${table}/J=${J}/m=${m}`));
      const total = orders.reduce((sum, energy) => sum + energy);
      assertLess(total, 100.01); // sub-sampling adds at most that
      assertAlmostEquals(value(`${table}/J=${J}/m<=3`), total - (orders[4] ?? 0), 1e-9);
    }
    assertLess(value(`${table}/J=7/m=0`), 0.005);
  }
  // |phi_6|^2 <= |phi_5|^2 / 2 to 0.001 points at every frequency but zero: what the printed table breaks.
  assertLess(value("table1/J=6/m=0"), value("table1/J=5/m=0") / 2 + 0.001);
});

Deno.test("scattering_energy gives the mean over all images, and its standard error clustered by class", () => {
  const plan = planFor(reproduction, { profile: "standard", dataset: folder(2) });
  const images: Record<string, readonly ImageEnergies[]> = {
    "class/ant": [constant(1), constant(2)],
    "class/bass": [constant(6)],
    "class/crab": [],
  };
  const { values, standardError, unitOfError } = measureCell(
    plan,
    "table1/J=1/m=1",
    ({ id }) => ({ "table1": images[id], "table1-q0.25": [] }),
  );
  // Sums of deviations by class: -3 and 3; (2 / (2 - 1) (9 + 9))^(1/2) / 3.
  assertEquals([values, standardError, unitOfError], [[3], 2, "class"]);
});

Deno.test("scattering_energy gives no standard error of a single class", () => {
  const plan = planFor(reproduction, { profile: "full", dataset: folder(1) });
  const measured = measureCell(plan, "table1/J=1/m=1", ({ id }) => ({
    "table1": id === "class/ant" ? [constant(5)] : [],
  }));
  assertEquals(measured, { values: [5], unitOfError: "class" });
});

Deno.test("scattering_energy takes a cell from its own table, scale and order", () => {
  const plan = planFor(reproduction, { profile: "full", dataset: folder(1) });
  const table = (first: number): ImageEnergies[] => [
    Array.from({ length: 7 }, (_, j) => Array.from({ length: 5 }, (_, m) => first + 5 * j + m)),
  ];
  const empty = { "table1": [], "table1-q0.25": [] };
  const result = { "table1": table(0), "table1-q0.25": table(35) };
  const value = (id: string) =>
    measureCell(plan, id, (job) => job.id === "class/ant" ? result : empty).values[0];
  assertEquals(value("table1/J=1/m=0"), 0);
  assertEquals(value("table1/J=2/m=2"), 7);
  assertEquals(value("table1-q0.25/J=4/m=4"), 35 + 15 + 4);
  assertEquals(value("table1-q0.25/J=1/m<=3"), 35 + 36 + 37 + 38);
});

Deno.test("figures() shows an order where its energy can be seen, and nowhere else", () => {
  const invisible = "table1/J=7/m=0";
  const measured = new Set(planFor(reproduction, { profile: "full" }).cells.map(({ id }) => id).slice(0, 36));
  assert(measured.has(invisible));
  const figures = reproduction.figures!({
    finished: () => [],
    cell: (id) =>
      measured.has(id)
        ? { published: null, measured: id === invisible ? 0.0004 : 10, standardError: 1 }
        : undefined,
  });
  const [plain, fitted] = figures[0]!.panels as LinePanel[];
  assertEquals(fitted!.lines, []);
  assertEquals(plain!.lines.map(({ name, source }) => `${name} ${source}`).slice(0, 2), [
    "m = 0 measured",
    "m = 1 measured",
  ]);
  const points = plain!.lines[0]!.points;
  assertEquals([points[5], points[6]], [{ x: 6, y: 10, lower: 9, upper: 11 }, { x: 7, y: null }]);
});
