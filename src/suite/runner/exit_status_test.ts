import { assertEquals } from "@std/assert";
import { parseClaims } from "../golden/parse_claims.ts";
import { exitStatusOfResults } from "./exit_status.ts";
import { judgeCells } from "./judge_cells.ts";
import type { CellResult, ReproductionResult, Results } from "./results.ts";
import { goldenFile } from "./testdata/toy_root.ts";
import { assembleResults } from "./reproduce.ts";
import { machine } from "./testdata/toy_run.ts";

const paper = { title: "A toy", authors: ["Nobody"], year: 2026, venue: "tests" };

/** A reproduction whose two cells were measured and hold, but for what is changed of the first. */
function judged(id: string, first: Partial<CellResult> = {}): ReproductionResult {
  const found = {
    id,
    paper,
    elapsedMs: 0,
    computeMs: 0,
    sources: "0",
    planSources: "0",
    seeds: null,
    failures: [],
  };
  const module = judgeCells({ ...found, cells: new Map() }, {
    claims: parseClaims(goldenFile(`${id}/first`, `${id}/second`), "golden/toy.csv"),
    baselines: new Map(),
    acceptedDigest: null,
    seeds: null,
  });
  const cells = module.cells.map((cell, i): CellResult => ({
    ...cell,
    measured: { value: 7, standardError: null, unitOfError: null, values: [7] },
    verdict: "holds",
    ...i === 0 ? first : {},
  }));
  return { ...module, cells };
}

function results(modules: readonly ReproductionResult[], profile: Results["profile"] = "standard"): Results {
  return assembleResults(
    profile,
    { ...machine(1), startedAt: "2026-01-01T00:00:00Z", elapsedMs: 1 },
    {},
    modules,
  );
}

const moved: CellResult["baseline"] = { value: 0, within: 0, verdict: "moved" };

Deno.test("exitStatusOfResults() tells what is as expected from what is not", async (t) => {
  const failed = (error: string) =>
    results([{ ...judged("a"), failures: [{ job: "a job", message: "", error }] }]);
  const cases: [string, number, number][] = [
    ["as expected", exitStatusOfResults(results([judged("a")])), 0],
    [
      "not measured",
      exitStatusOfResults(results([judged("a", { measured: null, verdict: "not measured" })])),
      0,
    ],
    ["unexpected", exitStatusOfResults(results([judged("a", { verdict: "undecided" })])), 1],
    [
      "expected to fail",
      exitStatusOfResults(results([judged("a", { verdict: "fails", expect: "fails" })])),
      0,
    ],
    ["moved", exitStatusOfResults(results([judged("a", { baseline: moved })])), 1],
    ["another digest", exitStatusOfResults(results([{ ...judged("a"), digestVerdict: "moved" }])), 1],
    ["a stand-in", exitStatusOfResults(results([judged("a", { verdict: "stand-in" })])), 3],
    ["a stand-in in smoke", exitStatusOfResults(results([judged("a", { verdict: "stand-in" })], "smoke")), 0],
    ["a failed job", exitStatusOfResults(failed("RangeError")), 1],
    ["damaged data", exitStatusOfResults(failed("DataError")), 3],
  ];
  for (const [name, status, expected] of cases) await t.step(name, () => assertEquals(status, expected));
});

Deno.test("exitStatusOfResults() counts only the cells that were asked for", async (t) => {
  const second = (_id: string, cell: string) => cell.endsWith("/second");
  const onlyB = (id: string) => id === "b";
  const faults: [string, Partial<CellResult>, number][] = [
    ["unexpected", { verdict: "fails" }, 1],
    ["moved", { baseline: moved }, 1],
    ["a stand-in", { verdict: "stand-in" }, 3],
  ];
  for (const [name, fault, status] of faults) {
    await t.step(name, () => {
      const found = results([judged("a", fault), judged("b")]);
      assertEquals(exitStatusOfResults(found), status, "asked for");
      assertEquals(exitStatusOfResults(found, second), 0, "another cell of its reproduction");
      assertEquals(exitStatusOfResults(found, onlyB), 0, "another reproduction");
    });
  }
  const other = { ...judged("a"), digestVerdict: "moved" as const };
  await t.step("another digest", () => {
    const found = results([other, judged("b")]);
    assertEquals(exitStatusOfResults(found, (id) => id === "a"), 1, "of all that was asked for");
    assertEquals(exitStatusOfResults(found, second), 0, "which another cell may have moved");
    assertEquals(exitStatusOfResults(found, onlyB), 0, "of a reproduction that was not asked for");
  });
  await t.step("another digest, over the cells that were asked for alone", () => {
    const [first, rest] = other.cells;
    const found = results([{
      ...other,
      cells: [{ ...first!, measured: null, verdict: "not measured" }, rest!],
    }]);
    assertEquals(exitStatusOfResults(found, second), 1);
  });
});
