import { assertEquals } from "@std/assert";
import { inFolder } from "../../files/test_helpers.ts";
import { summarise } from "../golden/judge.ts";
import { loadAcceptedDigest, loadBaselines } from "../golden/load_golden.ts";
import { parseClaims } from "../golden/parse_claims.ts";
import { acceptCells } from "./accept_cells.ts";
import { judgeCells } from "./judge_cells.ts";
import type { ReproductionResult } from "./results.ts";
import { goldenFile } from "./testdata/toy_root.ts";

const claims = parseClaims(goldenFile("a", "b", "full-only"), "toy.csv");
const paper = { title: "A toy", authors: ["Nobody"], year: 2026, venue: "tests" };
const found = { id: "toy", paper, elapsedMs: 0, computeMs: 0, sources: "0", seeds: null, failures: [] };
const environment = { deno: "2", v8: "15", os: "linux", arch: "x86_64", commit: null };

/** A run of the toy in smoke that measured some cells, judged against what was accepted. */
function run(golden: string, values: Readonly<Record<string, number>>): ReproductionResult {
  const measured = Object.entries(values).map(([cell, value]) =>
    [
      cell,
      { measured: summarise({ values: [value] }), dataDigest: "0".repeat(64), standIn: true },
    ] as const
  );
  return judgeCells({ ...found, cells: new Map(measured) }, {
    claims,
    baselines: loadBaselines(golden, "toy", "smoke"),
    acceptedDigest: loadAcceptedDigest(golden, "toy", "smoke"),
  });
}

Deno.test(
  "acceptCells() records a digest that later whole runs of the profile are held against",
  inFolder(async (golden, t) => {
    const accept = (values: Readonly<Record<string, number>>) =>
      acceptCells(golden, "smoke", run(golden, values), environment);
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
