import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import { DataError } from "../../src/errors.ts";
import type { LinePanel } from "../../src/figure.ts";
import { randomStream } from "../../src/random/random_stream.ts";
import type { Plan, Profile, RunContext } from "../../src/reproduction.ts";
import { reproduction } from "./mod.ts";

/** A plan on a folder with `count` images in each of three classes. */
function planOf(profile: Profile, count: number): Plan {
  const files = ["ant", "bass", "crab"].flatMap((name) =>
    Array.from(
      { length: count },
      (_, i) => `101_ObjectCategories/${name}/image_${String(i + 1).padStart(4, "0")}.jpg`,
    )
  );
  return { profile, seeds: 1, dataset: () => ({ source: "folder", files }) };
}

function standIns(profile: Profile): Plan {
  return { profile, seeds: 1, dataset: () => ({ source: "stand-in", files: [] }) };
}

const context: RunContext = {
  read: () => Promise.resolve(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)),
  rng: randomStream,
  artifact: (_parts, _inputs, make) => Promise.resolve(make()),
  threads: 1,
  checkpoint: "",
  progress: () => {},
};

Deno.test("scattering_energy takes numbers 0 and floor(n/2) of each class in standard, and all in full", () => {
  const numbers = (profile: Profile, count: number) =>
    reproduction.jobs(planOf(profile, count)).map(({ inputs }) =>
      inputs.map(({ name }) => Number(/(\d+)\.jpg$/.exec(name)![1]) - 1)
    );
  assertEquals(numbers("standard", 31), Array(3).fill([0, 15]));
  assertEquals(numbers("standard", 1), Array(3).fill([0]));
  assertEquals(numbers("full", 3), Array(3).fill([0, 1, 2]));
});

Deno.test("scattering_energy measures m = 4 in every second class in standard, and everywhere in full", () => {
  const orders = (profile: Profile) =>
    reproduction.jobs(planOf(profile, 2)).map(({ cells, parameters }) => {
      assertEquals(cells.includes("table1/J=7/m=4"), parameters.maxOrder === 4);
      return parameters.maxOrder;
    });
  assertEquals(orders("standard"), [4, 3, 4]);
  assertEquals(orders("full"), [4, 4, 4]);
});

Deno.test("scattering_energy of stand-ins keeps the identities of a tight frame", async () => {
  const [job] = reproduction.jobs(standIns("full"));
  const result = await reproduction.run(job!, context);
  const of = (cell: string) => reproduction.measure(cell, [result]).values[0]!;
  for (const table of ["table1", "table1-q0.25"]) {
    for (let J = 1; J <= 7; J++) {
      const orders = Array.from({ length: Math.min(J, 4) + 1 }, (_, m) => of(`${table}/J=${J}/m=${m}`));
      const total = orders.reduce((sum, energy) => sum + energy);
      assertLess(total, 100.01); // sub-sampling adds at most that
      assertAlmostEquals(of(`${table}/J=${J}/m<=3`), total - (orders[4] ?? 0), 1e-9);
    }
    assertLess(of(`${table}/J=7/m=0`), 0.005);
  }
  // |phi_6|^2 <= |phi_5|^2 / 2 at every frequency but zero: what the printed table breaks.
  assertLess(of("table1/J=6/m=0"), of("table1/J=5/m=0") / 2);
});

Deno.test("scattering_energy gives the mean over all images of all jobs and its standard error", () => {
  const image = (energy: number) => Array<number>(2 * 1 * 2).fill(energy); // two tables, J = 1, m <= 1
  const { values, standardError, unitOfError } = reproduction.measure("table1/J=1/m=1", [
    { maxOrder: 1, images: [image(1), image(2)] },
    { maxOrder: 1, images: [image(6)] },
  ]);
  assertEquals([values, unitOfError], [[3], "image"]);
  assertAlmostEquals(standardError!, Math.sqrt(7 / 3), 1e-15);
});

Deno.test("scattering_energy reads the cell that its id names", () => {
  const energies = Array.from({ length: 2 * 2 * 5 }, (_, i) => i); // two tables, J <= 2, m <= 4
  const of = (cell: string) =>
    reproduction.measure(cell, [{ maxOrder: 4, images: [energies, energies] }]).values;
  assertEquals(of("table1/J=1/m=0"), [0]);
  assertEquals(of("table1/J=2/m=2"), [7]);
  assertEquals(of("table1-q0.25/J=2/m=4"), [19]);
  assertEquals(of("table1-q0.25/J=1/m<=3"), [10 + 11 + 12 + 13]);
});

Deno.test("scattering_energy names an image that cannot be decoded", async () => {
  const [job] = reproduction.jobs(planOf("standard", 2));
  const error = await assertRejects(() => reproduction.run(job!, context), DataError);
  assert(error.message.includes("image_0001.jpg"));
});

Deno.test("figures() draws an order where its energy can be seen, and nowhere else", () => {
  const figures = reproduction.figures!({
    results: [],
    cell: (id) => {
      if (!id.startsWith("table1/")) return undefined;
      const measured = id.endsWith("J=7/m=0") ? 0.0004 : 10;
      return { published: null, measured, standardError: 1 };
    },
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
