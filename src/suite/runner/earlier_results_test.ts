import { assertEquals } from "@std/assert";
import { inFolder } from "../../files/test_helpers.ts";
import { keptCells, type Provenance, readEarlier } from "./earlier_results.ts";
import type { MeasuredCell } from "./measure_cells.ts";
import type { CellResult, ReproductionResult } from "./results.ts";
import { inRoot, valuesOf, writeData } from "./testdata/toy_root.ts";
import type { LoadedReproduction } from "./plan_run.ts";
import { loadedReader, loadedToy, machine, runToy, runToys } from "./testdata/toy_run.ts";

/** A reproduction of an earlier run: one measured cell, one on a stand-in, one that was not measured. */
const earlier = {
  sources: "the code",
  planSources: "the plan",
  seeds: 2,
  cells: [
    cell("measured", "1", "holds"),
    cell("made", "2", "stand-in"),
    cell("missing", null, "not measured"),
  ],
} as unknown as ReproductionResult;

function cell(id: string, dataDigest: string | null, verdict: CellResult["verdict"]): Partial<CellResult> {
  const measured = { value: 7, standardError: null, unitOfError: null, values: [7] };
  return { id, dataDigest, verdict, measured: dataDigest === null ? null : measured };
}

/** What this run would measure the same cells with, none of whose jobs is stored. */
const now: Provenance = {
  sources: "the code",
  planSources: "the plan",
  seeds: 2,
  data: new Map([["measured", "1"], ["made", "2"], ["missing", "3"]]),
  stored: new Map(),
};

/** A cell as it is measured from the jobs that are stored now. */
function anew(value: number, dataDigest: string, standIn = false): MeasuredCell {
  return {
    measured: { value, standardError: null, unitOfError: null, values: [value] },
    dataDigest,
    standIn,
  };
}

/** The cells that are kept: id, values and digest. */
function kept(other: Partial<Provenance>): [string, readonly number[], string][] {
  return keptCells(earlier, { ...now, ...other }).entries()
    .map(([id, { measured, dataDigest }]): [string, readonly number[], string] => [
      id,
      measured.values,
      dataDigest,
    ]).toArray();
}

Deno.test("keptCells() keeps what was measured, with its data and whether that was a stand-in", () => {
  assertEquals(
    keptCells(earlier, now).entries().map(([id, { dataDigest, standIn }]) => [id, dataDigest, standIn])
      .toArray(),
    [
      ["measured", "1", false],
      ["made", "2", true],
    ],
  );
});

Deno.test("keptCells() keeps nothing that another code, seed count or data would have measured", async (t) => {
  const cases: [string, Partial<Provenance>, string[]][] = [
    ["other sources", { sources: "other code" }, []],
    ["another plan", { planSources: "other knobs" }, []],
    ["more seeds", { seeds: 3 }, []],
    ["nothing random any more", { seeds: null }, []],
    ["other data of a cell", { data: new Map([["measured", "x"], ["made", "2"]]) }, ["made"]],
    ["data that is damaged", { data: new Map([["measured", "1"]]) }, ["measured"]],
  ];
  for (const [name, other, ids] of cases) {
    await t.step(name, () => assertEquals(kept(other).map(([id]) => id), ids));
  }
  await t.step("no earlier run", () => assertEquals(keptCells(undefined, now).size, 0));
});

Deno.test("keptCells() keeps a cell whose data is not at hand, with the digest that it was measured on", () => {
  const data = new Map([["measured", "not at hand"], ["made", "x"]]);
  assertEquals(kept({ data }), [["measured", [7], "1"]]);
});

Deno.test("keptCells() measures anew what is stored, whatever code and data the earlier run had", async (t) => {
  const stored = new Map([["measured", anew(8, "9")], ["missing", anew(8, "3")]]);
  await t.step("also by another plan", () => {
    assertEquals(kept({ stored, sources: "other code", planSources: "other knobs" }), [[
      "measured",
      [8],
      "9",
    ]]);
  });
  await t.step("but not with other seeds", () => assertEquals(kept({ stored, seeds: 3 }), []));
  await t.step("and not from a stand-in in place of data", () => {
    const made = new Map([["measured", anew(8, "s", true)], ["made", anew(8, "s", true)]]);
    const data = new Map([["measured", "not at hand"]]);
    assertEquals(kept({ stored: made, data }), [["measured", [7], "1"], ["made", [8], "s"]]);
  });
});

Deno.test(
  "readEarlier() takes results of the same profile, Deno and processor, and nothing that it cannot read",
  inRoot(async (root, t) => {
    const out = `${root}/out`;
    const { results } = await runToy(root, out, 1);
    const here = machine(5);
    const cases: [string, Parameters<typeof readEarlier>, boolean][] = [
      ["the same", [out, "standard", here], true],
      ["another profile", [out, "full", here], false],
      ["another Deno", [out, "standard", { ...here, deno: "3" }], false],
      ["another processor", [out, "standard", { ...here, arch: "aarch64" }], false],
      ["another folder", [`${root}/none`, "standard", here], false],
    ];
    for (const [name, args, found] of cases) {
      await t.step(name, () => {
        const said: string[] = [];
        const [folder, profile, machine] = args;
        assertEquals(readEarlier(folder, profile, machine, (reason) => said.push(reason)) !== null, found);
        // What is there and is not kept is not lost without a word.
        assertEquals(said.length, found || folder !== out ? 0 : 1);
      });
    }
    const damaged = JSON.stringify(results).replace(
      /"digest":"[0-9a-f]{64}","digestVerdict"/,
      '"digest":"0","digestVerdict"',
    );
    for (const text of ["", "{", JSON.stringify({ ...results, schema: "reproduce-results/1" }), damaged]) {
      await t.step(`the text ${text.slice(0, 40)}`, async () => {
        await Deno.writeTextFile(`${out}/results.json`, text);
        assertEquals(readEarlier(out, "standard", here), null);
      });
    }
  }),
);

Deno.test(
  "readEarlier() holds a folder in place of results.json for no results",
  inFolder(async (out) => {
    await Deno.mkdir(`${out}/results.json`);
    assertEquals(readEarlier(out, "standard", machine(1)), null);
  }),
);

/** The cells that have values. */
function measuredCells({ modules }: { readonly modules: readonly ReproductionResult[] }): string[] {
  return modules.flatMap(({ cells }) => cells.filter(({ measured }) => measured !== null)).map(({ id }) =>
    id
  );
}

Deno.test(
  "reproduce() of one cell into a finished folder keeps the other cells, to the last bit",
  inRoot(async (root) => {
    const out = `${root}/out`;
    const whole = await runToy(root, out, 1);
    const one = await runToy(root, out, 1, { cells: ["toy/odd"] });
    assertEquals(one.progress.at(-1), { done: 2, total: 2, cached: 2, resumed: 0 });
    assertEquals(one.results.modules[0]!.cells, whole.results.modules[0]!.cells);
    assertEquals(one.results.modules[0]!.digest, whole.results.modules[0]!.digest);
    const fresh = await runToy(root, out, 1, { cells: ["toy/even"], fresh: true });
    assertEquals(fresh.results.modules[0]!.cells, whole.results.modules[0]!.cells);
  }),
);

Deno.test(
  "reproduce() of one cell drops the others where sources, seeds, profile, Deno or processor differ",
  inRoot(async (root, t) => {
    const out = `${root}/out`;
    const whole = await runToy(root, out, 1);
    const again = (seeds: number, own: Parameters<typeof runToy>[3] = {}) =>
      runToy(root, out, seeds, { cells: ["toy/odd"], ...own });
    const cases: [string, () => ReturnType<typeof again>][] = [
      ["seeds", () => again(9)],
      ["profile", () => again(1, { profile: "full" })],
      ["Deno", () => again(1, { machine: { ...machine(2), deno: "3" } })],
      ["processor", () => again(1, { machine: { ...machine(2), arch: "aarch64" } })],
      ["sources", async () => {
        const modules = whole.results.modules.map((module) => ({ ...module, sources: "f".repeat(64) }));
        await Deno.writeTextFile(`${out}/results.json`, JSON.stringify({ ...whole.results, modules }));
        await Deno.remove(`${out}/cache/jobs`, { recursive: true });
        return await again(1);
      }],
    ];
    for (const [name, run] of cases) {
      await t.step(name, async () => {
        await Deno.writeTextFile(`${out}/results.json`, JSON.stringify(whole.results));
        assertEquals(measuredCells((await run()).results), ["toy/odd"]);
      });
    }
  }),
);

Deno.test(
  "reproduce() of one cell keeps those whose data is the same or not at hand, and drops those whose data changed or broke",
  inRoot(async (root, t) => {
    const out = `${root}/out`;
    await writeData(root, { a: "1", b: "2" });
    const { results } = await runToys(root, out, { reproductions: [loadedReader] });
    const one = async () => {
      await Deno.writeTextFile(`${out}/results.json`, JSON.stringify(results));
      return (await runToys(root, out, { reproductions: [loadedReader], cells: ["reader/b"] })).results;
    };
    await t.step("the same data", async () => {
      assertEquals(measuredCells(await one()), ["reader/a", "reader/b", "reader/width"]);
    });
    await t.step("a file that changed", async () => {
      await writeData(root, { a: "3" });
      assertEquals(measuredCells(await one()), ["reader/b", "reader/width"]);
    });
    await t.step("a file that is gone", async () => {
      await Deno.remove(`${root}/data/a`);
      assertEquals(measuredCells(await one()), ["reader/b", "reader/width"]);
    });
    await t.step("a stand-in instead", async () => {
      await Deno.remove(`${root}/data`, { recursive: true });
      const found = await one();
      assertEquals(measuredCells(found), ["reader/a", "reader/b", "reader/width"]);
      assertEquals(found.modules[0]!.cells[0], results.modules[0]!.cells[0]);
      assertEquals(found.environment.data["caltech-101"]?.source, "stand-in");
    });
  }),
);

Deno.test(
  "reproduce() does not keep the cells of a job that fails, though an earlier run measured them",
  inRoot(async (root) => {
    const out = `${root}/out`;
    // The job fails the first time and finishes the second.
    await runToy(root, out, 6);
    const second = await runToy(root, out, 6);
    assertEquals(measuredCells(second.results), ["toy/all", "toy/even", "toy/odd"]);
    const third = await runToy(root, out, 6, { fresh: true });
    assertEquals(third.failures.map(({ job }) => job), ["job 3"]);
    assertEquals(measuredCells(third.results), ["toy/even"]);
  }),
);

Deno.test(
  "reproduce() keeps the cells of a reproduction that is not asked for, measured with seeds of its own",
  inRoot(async (root, t) => {
    const out = `${root}/out`;
    await writeData(root);
    const whole = await runToys(root, out, { reproductions: [loadedReader], seeds: 7 });
    const options = { kept: [loadedReader], seeds: 1 };
    const both = await runToys(root, out, options);
    await t.step("its cells stay", () => {
      assertEquals(both.results.modules.map(({ id, seeds }) => [id, seeds]), [["toy", 1], ["reader", 7]]);
      assertEquals(both.results.modules[1]!.cells, whole.results.modules[0]!.cells);
      assertEquals(both.results.modules[1]!.failures, []);
    });
    await t.step("none of its jobs runs or is told of", () => {
      assertEquals(new Set(both.told), new Set(["toy"]));
      assertEquals(both.progress.at(-1)?.total, 6);
    });
    await t.step("they go where its data is damaged, and the run goes on", async () => {
      await Deno.remove(`${root}/data/a`);
      const { results, failures } = await runToys(root, out, options);
      assertEquals(measuredCells(results), ["toy/all", "toy/even", "toy/odd", "reader/width"]);
      assertEquals(failures, []);
    });
    await t.step("all of it goes where its sources are others", async () => {
      await writeData(root);
      await runToys(root, out, { reproductions: [loadedReader], seeds: 7 });
      const changed = { ...loadedReader, tasksUrl: loadedToy.tasksUrl };
      const { results } = await runToys(root, out, { kept: [changed], seeds: 1 });
      assertEquals(results.modules.map(({ id }) => id), ["toy"]);
    });
  }),
);

Deno.test(
  "reproduce() of one cell out of all reproductions keeps the cells of the others",
  inRoot(async (root) => {
    const out = `${root}/out`;
    await writeData(root);
    const reproductions = [loadedReader, loadedToy];
    const whole = await runToys(root, out, { reproductions });
    const one = await runToys(root, out, { reproductions, cells: ["toy/odd"] });
    assertEquals(new Set(one.told), new Set(["toy"]));
    assertEquals(
      one.results.modules.map(({ id, cells }) => [id, cells]),
      whole.results.modules.map(({ id, cells }) => [id, cells]),
    );
  }),
);

Deno.test(
  "reproduce() keeps what the earlier run said of a data set that is not at hand, where nothing asked for reads it",
  inRoot(async (root) => {
    const out = `${root}/out`;
    await writeData(root);
    const whole = await runToys(root, out, { reproductions: [loadedReader] });
    await Deno.remove(`${root}/data`, { recursive: true });
    const { results } = await runToys(root, out, { kept: [loadedReader] });
    assertEquals(results.modules[1]?.cells, whole.results.modules[0]?.cells);
    assertEquals(results.environment.data, whole.results.environment.data);
    assertEquals(results.environment.data["caltech-101"]?.source, "folder");
  }),
);

Deno.test(
  "reproduce() measures cells of an earlier run by today's plan where their jobs are stored, and counts those it drops",
  inRoot(async (root, t) => {
    const out = `${root}/out`;
    await writeData(root);
    await runToys(root, out, { reproductions: [loadedReader] });
    // The sum of two bytes and of the seeds, doubled by another way to measure it.
    const doubled: LoadedReproduction = {
      ...loadedReader,
      planUrl: loadedToy.planUrl,
      reproduction: {
        ...loadedReader.reproduction,
        plan: (request) => ({
          cells: loadedReader.reproduction.plan(request).cells.map((cell) => ({
            ...cell,
            measure: (of) => ({ values: cell.measure(of).values.map((value) => 2 * value) }),
          })),
        }),
      },
    };
    await t.step("measured anew", async () => {
      const { results, dropped } = await runToys(root, out, { kept: [doubled] });
      assertEquals(valuesOf(results, "reader/a"), [2 * (2 + "1".charCodeAt(0))]);
      assertEquals(dropped, 0);
    });
    await t.step("dropped and counted", async () => {
      await Deno.remove(`${out}/cache/jobs`, { recursive: true });
      const { results, dropped } = await runToys(root, out, { kept: [loadedReader] });
      assertEquals(results.modules.map(({ id }) => id), ["toy"]);
      assertEquals(dropped, 3);
    });
    await t.step("what was asked for is not counted", async () => {
      const { dropped } = await runToy(root, out, 2);
      assertEquals(dropped, 0);
    });
  }),
);
