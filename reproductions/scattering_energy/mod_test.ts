import { assert, assertAlmostEquals, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import type { LinePanel, PointPanel } from "../../src/suite/figure.ts";
import { type DatasetListing, jobsOf, type Profile } from "../../src/suite/reproduction.ts";
import { jobsOfCell, measureCell, planFor, readingsOf, runJob } from "../../src/suite/testing.ts";
import { orderCell } from "./cells.ts";
import { type ConfigurationEnergies, configurations } from "./method/configurations.ts";
import type { ImageEnergies } from "./method/image_energies.ts";
import { reproduction } from "./mod.ts";
import { tasks } from "./run.ts";

/** A folder with `count` images in each of three classes. */
function folder(count: number): DatasetListing {
  const files = ["ant", "bass", "crab"].flatMap((name) =>
    Array.from({ length: count }, (_, i) => `101_ObjectCategories/${name}/image_${1001 + i}.jpg`)
  );
  return { source: "folder", files };
}

/** How many images each job of a task reads. */
function imagesPerJob(task: keyof typeof tasks, profile: Profile, count: number): number[] {
  const found = folder(count);
  return jobsOf(planFor(reproduction, { profile, dataset: found })).filter((job) => job.task === task).map((
    job,
  ) => readingsOf(job, found)["photographs"]!.files.length);
}

/** The energies of an image that are `energy` everywhere. */
function constant(energy: number): ImageEnergies {
  return Array.from({ length: 7 }, () => Array<number>(5).fill(energy));
}

Deno.test("scattering_energy reads two images of a class in standard, and all in full", () => {
  assertEquals(imagesPerJob("measureClass", "standard", 31), [2, 2, 2]);
  assertEquals(imagesPerJob("measureClass", "full", 31), [31, 31, 31]);
  // Three classes: two choose, one judges.
  assertEquals(imagesPerJob("measureChoosing", "full", 31), [31, 31]);
  assertEquals(imagesPerJob("measureJudging", "full", 31), [31]);
});

Deno.test("scattering_energy measures m = 4 in every second class in standard, and everywhere in full", () => {
  const classes = (profile: Profile, id: string) =>
    jobsOfCell(planFor(reproduction, { profile, dataset: folder(2) }), id);
  const all = ["class/ant", "class/bass", "class/crab"];
  assertEquals(classes("standard", "table1/J=7/m=4"), ["class/ant", "class/crab"]);
  assertEquals(classes("standard", "table1/J=7/m<=3"), all);
  assertEquals(classes("full", "table1/J=7/m=4"), all);
});

Deno.test("scattering_energy plans the printed cells of both tables, and of the chosen one from J = 5", () => {
  const count = (profile: Profile) => planFor(reproduction, { profile }).cells.length;
  // Order m is printed from J = m on, order 1 from J = 1.
  assertEquals(count("full"), 2 * (7 + 7 + 6 + 5 + 4 + 7) + 3 * 5);
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

/** Made-up energies of a class with one image, in each configuration. */
function classOf(image: (configuration: number) => ImageEnergies): ConfigurationEnergies {
  const energies = configurations.map(({ name }, configuration) => [name, [image(configuration)]]);
  return Object.fromEntries(energies);
}

/** A made-up table: what is printed for a cell of single orders. */
const energies = new Map(
  [1, 2, 3, 4].flatMap((J) => [0, 1, 2, 3].map((m) => [orderCell("table1", J, m), 10 * J + m] as const)),
);

const published = (cell: string) => energies.get(cell)!;

/** What that table has for J <= 4, `off` points away, and `beyond` at every larger scale. */
function nearTable(off: number, beyond: number): ImageEnergies {
  const largerScale = Array<number>(4).fill(beyond);
  return [
    ...[1, 2, 3, 4].map((J) => [0, 1, 2, 3].map((m) => published(orderCell("table1", J, m)) + off)),
    ...Array.from({ length: 3 }, () => largerScale),
  ];
}

Deno.test("scattering_energy chooses on one half of the classes, and judges on the other", () => {
  const plan = planFor(reproduction, { profile: "full", dataset: folder(2) });
  const ids = jobsOfCell(plan, "table1-chosen/J=6/m=0");
  assertEquals(ids, ["choosing/ant", "choosing/crab", "judging/bass"]);
  const depth = (task: keyof typeof tasks) =>
    jobsOf(plan).filter((job) => job.task === task).map(({ parameters }) => parameters);
  // The half that chooses does not compute the scales on which the other one judges.
  assertEquals(depth("measureChoosing"), Array(2).fill({ maxOrder: 3, maxJ: 4 }));
  assertEquals(depth("measureJudging"), [{ maxOrder: 3, maxJ: 7 }]);
});

Deno.test("scattering_energy never looks at the half that judges when it chooses", () => {
  const plan = planFor(reproduction, { profile: "full", dataset: folder(1), published });
  const scales = fc.array(
    fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }),
    {
      minLength: 4,
      maxLength: 4,
    },
  );
  const configuration = fc.nat(configurations.length - 1);
  fc.assert(fc.property(configuration, configuration, scales, (best, rival, toScale4) => {
    // The half that chooses finds `best` a point off, and all others two. The half that judges has the printed numbers
    // themselves for a rival, anything for the others, and at the larger scales the number of the configuration.
    const choosing = classOf((i) => nearTable(i === best ? 1 : 2, 0).slice(0, 4));
    const judging = classOf((i) =>
      i === rival ? nearTable(0, i) : [...toScale4, ...nearTable(0, i).slice(4)]
    );
    for (const id of ["table1-chosen/J=5/m=0", "table1-chosen/J=7/m=3"]) {
      const { values } = measureCell(plan, id, ({ task }) => task === "measureChoosing" ? choosing : judging);
      assertEquals(values, [best]);
    }
  }));
});

Deno.test("scattering_energy measures the chosen configuration at its own scale and order", () => {
  const plan = planFor(reproduction, { profile: "full", dataset: folder(1), published });
  const numbered = Array.from({ length: 7 }, (_, j) => Array.from({ length: 4 }, (_, m) => 10 * (j + 1) + m));
  const choosing = classOf((i) => nearTable(i, 0));
  const judging = classOf((i) => i === 0 ? numbered : constant(-1));
  const value = (id: string) =>
    measureCell(plan, id, ({ task }) => task === "measureChoosing" ? choosing : judging).values[0];
  assertEquals(value("table1-chosen/J=5/m=2"), 52);
  assertEquals(value("table1-chosen/J=7/m=0"), 70);
  assertEquals(value("table1-chosen/J=6/m<=3"), 60 + 61 + 62 + 63);
});

Deno.test("scattering_energy prepares a photograph of 128 x 128 in one way alone, whatever its name", async () => {
  const plan = planFor(reproduction, { profile: "standard" });
  const job = jobsOf(plan).find(({ task }) => task === "measureChoosing")!;
  const energies = await runJob(tasks, job) as ConfigurationEnergies;
  const dilated = (from: number, to: number) =>
    configurations.slice(from, to).map(({ name }) => energies[name].flat(2));
  for (const [stretched, ...others] of [dilated(0, 5), dilated(5, 10)]) {
    // Two images, four scales, m = 0 to 3.
    assertEquals(stretched!.length, 2 * 4 * 4);
    for (const other of others) {
      other.forEach((energy, i) => assertAlmostEquals(energy, stretched![i]!, 1e-10));
    }
  }
  // The broader frame leaves more to the low-pass.
  assertLess(dilated(0, 1)[0]![0]!, dilated(5, 6)[0]![0]!);
});

Deno.test("figures() shows an order where its energy can be seen, and nowhere else", () => {
  const invisible = "table1/J=7/m=0";
  const measured = new Set(planFor(reproduction, { profile: "full" }).cells.map(({ id }) => id).slice(0, 36));
  assert(measured.has(invisible));
  const figures = reproduction.figures!({
    finished: () => [],
    cell: (id) =>
      measured.has(id)
        ? { published: null, measured: id === invisible ? 0.0004 : 10, standardError: 1, allowed: null }
        : undefined,
  });
  const [plain, , fitted] = figures[0]!.panels as LinePanel[];
  assertEquals(fitted!.lines, []);
  assertStringIncludes(figures[0]!.caption, "not shown: m = 0 at J = 7.");
  assertEquals(plain!.lines.map(({ name, source }) => `${name} ${source}`).slice(0, 2), [
    "m = 0 measured",
    "m = 1 measured",
  ]);
  const points = plain!.lines[0]!.points;
  assertEquals([points[5], points[6]], [{ x: 6, y: 10, lower: 9, upper: 11 }, { x: 7, y: null }]);
});

Deno.test("figures() shows every configuration, once all of them are measured", () => {
  const results: { [task: string]: ConfigurationEnergies[] } = {
    measureChoosing: [classOf((i) => nearTable(i === 4 ? 1 : 2, 0).slice(0, 4))],
    measureJudging: [classOf((i) => nearTable(0, 10 + i)), classOf((i) => nearTable(0, 12 + i))],
  };
  const chosenCells = new Set(
    [5, 6, 7].flatMap((J) => [0, 1, 2, 3].map((m) => orderCell("table1-chosen", J, m))),
  );
  const ofTable = (published: number | undefined) =>
    published === undefined ? undefined : { published, measured: null, standardError: null, allowed: null };
  const choice = (measured: number | null) =>
    reproduction.figures!({
      finished: (task) => (results[task] ?? []).map((result) => ({ job: "", result: result as never })),
      cell: (id) =>
        chosenCells.has(id)
          ? { published: 8, measured, standardError: null, allowed: { lower: 7, upper: 9.5 } }
          : ofTable(energies.get(id)),
    }).find(({ id }) => id === "choice");

  assertEquals(choice(null), undefined);
  const { caption, panels } = choice(1)!;
  const shownName = (i: number) => configurations[i]!.name.replace("log2", "log_{2}");
  assertStringIncludes(caption, `takes "${shownName(4)}"`);
  const table = panels.at(-1)!;
  assert(table.kind === "table");
  assertEquals(table.rows.slice(0, 2), [[shownName(4), "1.00", "7.00"], [shownName(0), "2.00", "3.00"]]);
  const [scores, ...differences] = panels.slice(0, -1) as [PointPanel, ...LinePanel[]];
  // All differences of configuration i are 11 + i - 8 points, and so is their root mean square.
  assertEquals(scores.groups.map(({ centre }) => centre!.x), configurations.map((_, i) => i === 4 ? 1 : 2));
  scores.groups.forEach(({ centre }, i) => assertAlmostEquals(centre!.y, 3 + i, 1e-12));
  assertEquals(differences.map(({ title }) => title), ["m = 0", "m = 1", "m = 2", "m = 3"]);
  // The two classes differ by two points: one of standard error.
  assertEquals(differences[1]!.lines[9]!.points[2], { x: 7, y: 12, lower: 11, upper: 13 });
  const bounds = differences[1]!.lines.filter(({ source }) => source === "bound");
  assertEquals(bounds.map(({ points }) => points.map(({ y }) => y)), [[-1, -1, -1], [1.5, 1.5, 1.5]]);
});

Deno.test("figures() shows beside the energies what they differ by, in tolerances, above the band that is allowed", () => {
  const cells = new Map([
    [orderCell("table1", 2, 0), {
      published: 80,
      measured: 79,
      standardError: 0.5,
      allowed: { lower: 78, upper: 82 },
    }],
    [orderCell("table1", 3, 0), {
      published: 70,
      measured: 74,
      standardError: 0.5,
      allowed: { lower: 69, upper: 71 },
    }],
    [orderCell("table1", 2, 1), {
      published: 3,
      measured: null,
      standardError: null,
      allowed: { lower: 2, upper: 4 },
    }],
  ]);
  const { caption, panels } = reproduction.figures!({ finished: () => [], cell: (id) => cells.get(id) })[0]!;
  const [, residuals] = panels as LinePanel[];
  assertEquals(residuals!.allowed, [-1, 1]);
  assertEquals(residuals!.lines.map(({ name, points }) => [name, ...points.slice(1, 3)]), [
    ["m = 0", { x: 2, y: -0.5, lower: -0.75, upper: -0.25 }, { x: 3, y: 4, lower: 3.5, upper: 4.5 }],
  ]);
  assertStringIncludes(
    caption,
    "q = 0, as defined: 1 of 2 lie in it, the furthest, m = 0 at J = 3, at 4.0.",
  );
});
