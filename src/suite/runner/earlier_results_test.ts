import { assertEquals } from "@std/assert";
import { inFolder } from "../../files/test_helpers.ts";
import { keptCells, type Provenance, readEarlier } from "./earlier_results.ts";
import type { CellResult, ReproductionResult } from "./results.ts";
import { inRoot, writeData } from "./testdata/toy_root.ts";
import { loadedReader, loadedToy, machine, runToy, runToys } from "./testdata/toy_run.ts";

/** A reproduction of an earlier run: one measured cell, one on a stand-in, one that was not measured. */
const earlier = {
  sources: "the code",
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

/** What this run would measure the same cells with. */
const now: Provenance = {
  sources: "the code",
  seeds: 2,
  dataDigests: new Map([["measured", "1"], ["made", "2"], ["missing", "3"]]),
};

Deno.test("keptCells() keeps what was measured, with its data and whether that was a stand-in", () => {
  const kept = keptCells(earlier, now);
  assertEquals(
    [...kept].map(([id, { measured, dataDigest, standIn }]) => [id, measured.values, dataDigest, standIn]),
    [
      ["measured", [7], "1", false],
      ["made", [7], "2", true],
    ],
  );
});

Deno.test("keptCells() keeps nothing that another code, seed count or data would have measured", async (t) => {
  const cases: [string, Partial<Provenance>, string[]][] = [
    ["other sources", { sources: "other code" }, []],
    ["more seeds", { seeds: 3 }, []],
    ["nothing random any more", { seeds: null }, []],
    ["other data of a cell", { dataDigests: new Map([["measured", "x"], ["made", "2"]]) }, ["made"]],
    ["data that is not known", { dataDigests: new Map([["measured", "1"]]) }, ["measured"]],
  ];
  for (const [name, other, ids] of cases) {
    await t.step(name, () => assertEquals([...keptCells(earlier, { ...now, ...other }).keys()], ids));
  }
  await t.step("no earlier run", () => assertEquals(keptCells(undefined, now).size, 0));
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
      await t.step(name, () => assertEquals(readEarlier(...args) !== null, found));
    }
    for (const text of ["", "{", JSON.stringify({ ...results, schema: "reproduce-results/1" })]) {
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
  "reproduce() of one cell keeps those whose data is the same, and drops those whose data changed, broke or is gone",
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
      assertEquals(measuredCells(await one()), ["reader/b", "reader/width"]);
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
