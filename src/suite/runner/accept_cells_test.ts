import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { summarise } from "../golden/judge.ts";
import { loadAcceptedDigest, loadBaselines } from "../golden/load_golden.ts";
import { parseClaims } from "../golden/parse_claims.ts";
import { acceptCells, type AcceptOptions, pruneBaselines } from "./accept_cells.ts";
import { judgeCells } from "./judge_cells.ts";
import type { ReproductionResult } from "./results.ts";
import { goldenFile } from "./testdata/toy_root.ts";

const claims = parseClaims(goldenFile("a", "b", "full-only"), "toy.csv");
const paper = { title: "A toy", authors: ["Nobody"], year: 2026, venue: "tests" };
const found = {
  id: "toy",
  paper,
  elapsedMs: 0,
  computeMs: 0,
  sources: "0",
  planSources: "0",
  seeds: null,
  failures: [],
};
const environment = { deno: "2", v8: "15", os: "linux", arch: "x86_64", commit: null };

/** A run of the toy in smoke that measured some cells, judged against what was accepted. */
function run(
  golden: string,
  values: Readonly<Record<string, number>>,
  standardError?: number,
): ReproductionResult {
  const measured = Object.entries(values).map(([cell, value]) =>
    [
      cell,
      {
        measured: summarise({ values: [value], ...standardError === undefined ? {} : { standardError } }),
        dataDigest: "0".repeat(64),
        standIn: true,
      },
    ] as const
  );
  return judgeCells({ ...found, cells: new Map(measured) }, {
    claims,
    baselines: loadBaselines(golden, "toy", "smoke"),
    acceptedDigest: loadAcceptedDigest(golden, "toy", "smoke"),
    seeds: null,
  });
}

/** What a run in smoke is accepted as. */
function smoke(golden: string): AcceptOptions {
  return { golden, profile: "smoke", seeds: null, environment };
}

/** Runs a test in a folder with the golden file of the toy. */
function inGolden(
  test: (golden: string, t: Deno.TestContext) => Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  return inFolder(async (golden, t) => {
    await Deno.writeTextFile(`${golden}/toy.csv`, goldenFile("a", "b", "full-only"));
    await test(golden, t);
  });
}

Deno.test(
  "acceptCells() records a digest that later whole runs of the profile are held against",
  inGolden(async (golden, t) => {
    const accept = (values: Readonly<Record<string, number>>) =>
      acceptCells(run(golden, values), smoke(golden));
    const verdict = (values: Readonly<Record<string, number>>) => run(golden, values).digestVerdict;
    await t.step("a cell outside the profile has no part in it", () => {
      assertEquals(accept({ a: 1, b: 2 }).digest, true);
      assertEquals(verdict({ a: 1, b: 2 }), "unchanged");
    });
    await t.step("it tells the last bit", () => assertEquals(verdict({ a: 1, b: 2 + 2 ** -51 }), "moved"));
    await t.step("a run of a part is not held against it", () => assertEquals(verdict({ a: 1 }), "none"));
    await t.step("nor is a run of more cells", () => {
      assertEquals(verdict({ a: 1, b: 2, "full-only": 3 }), "none");
    });
    await t.step("a part that is the same leaves it", () => {
      assertEquals(accept({ a: 1 }).digest, false);
      assertEquals(verdict({ a: 1, b: 2 }), "unchanged");
    });
    await t.step("a part that moved takes it away, until a whole run is accepted", () => {
      assertEquals(accept({ a: 5 }).digest, false);
      assertEquals(loadAcceptedDigest(golden, "toy", "smoke"), null);
      assertEquals(verdict({ a: 5, b: 2 }), "none");
      assertEquals(accept({ a: 5, b: 2 }), { added: [], changed: [], kept: 2, removed: [], digest: true });
      assertEquals(verdict({ a: 5, b: 2 }), "unchanged");
    });
  }),
);

Deno.test(
  "acceptCells() writes a standard error that is new, and counts its cell among those that kept their value",
  inGolden((golden) => {
    const accept = (standardError?: number) =>
      acceptCells(run(golden, { a: 1 }, standardError), smoke(golden));
    const accepted = () => loadBaselines(golden, "toy", "smoke").get("a")?.standardError;
    assertEquals([accept().added, accepted()], [["a"], null]);
    const { kept, changed } = accept(0.5);
    assertEquals([kept, changed, accepted()], [1, [], 0.5]);
    return Promise.resolve();
  }),
);

Deno.test(
  "acceptCells() refuses what was judged by other golden rows, measured with other seeds, or does not fit together",
  inGolden(async (golden, t) => {
    const whole = run(golden, { a: 1, b: 2 });
    const firstRow = whole.cells[0]!;
    const cases: [string, ReproductionResult, string][] = [
      ["other seeds", { ...whole, seeds: 3 }, "the profile smoke takes no seeds: it was run with 3"],
      [
        "a wrong digest",
        { ...whole, digest: "f".repeat(64) },
        "the digest of toy must be that of its values",
      ],
      [
        "a value that is not the mean",
        {
          ...whole,
          cells: whole.cells.with(0, { ...firstRow, measured: { ...firstRow.measured!, value: 7 } }),
        },
        "the cell toy/a: value must be the mean of its values, 1: it is 7",
      ],
    ];
    for (const [name, module, message] of cases) {
      await t.step(name, () => {
        assertThrows(() => acceptCells(module, smoke(golden)), UsageError, `Cannot accept toy: ${message}`);
      });
    }
    const others: [string, string[]][] = [
      ["a row more", ["a", "b", "full-only", "new"]],
      ["a row less", ["a", "b"]],
    ];
    for (const [name, rows] of others) {
      await t.step(name, async () => {
        await Deno.writeTextFile(`${golden}/toy.csv`, goldenFile(...rows));
        const message = "Cannot accept toy: it was judged by another golden file: run it again";
        assertThrows(() => acceptCells(whole, smoke(golden)), UsageError, message);
      });
    }
    assertEquals(loadBaselines(golden, "toy", "smoke").size, 0);
  }),
);

Deno.test(
  "pruneBaselines() takes away what no golden row names any more, with the digest, and nothing else",
  inGolden(async (golden) => {
    acceptCells(run(golden, { a: 1, b: 2, "full-only": 3 }), smoke(golden));
    const before = loadBaselines(golden, "toy", "smoke");
    assertEquals(pruneBaselines(golden, "toy", "smoke"), []);
    assertEquals(loadAcceptedDigest(golden, "toy", "smoke") === null, false);

    await Deno.writeTextFile(`${golden}/toy.csv`, goldenFile("full-only", "a", "c"));
    assertEquals(pruneBaselines(golden, "toy", "smoke"), ["b"]);
    const after = loadBaselines(golden, "toy", "smoke");
    assertEquals([...after.values()], ["a", "full-only"].map((cell) => before.get(cell)!));
    assertEquals(loadAcceptedDigest(golden, "toy", "smoke"), null);
  }),
);
