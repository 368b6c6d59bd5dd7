import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { CellResult, Results } from "../runner/results.ts";
import { parseResults } from "../runner/results.ts";
import { compareResults } from "./compare_results.ts";
import { comparisonText } from "./comparison_text.ts";
import { displayWidth } from "./display_width.ts";
import { fixedResults } from "./testdata/fixed_results.ts";
import { resultsJson } from "./write_results_files.ts";

/** The fixed results with one cell changed. */
function withCell(id: string, own: Partial<CellResult>): Results {
  const modules = fixedResults.modules.map((reproduction) => ({
    ...reproduction,
    cells: reproduction.cells.map((cell) => cell.id === id ? { ...cell, ...own } : cell),
  }));
  return { ...fixedResults, modules };
}

const measured = (value: number, standardError: number | null, values = [value]) =>
  ({ measured: { value, standardError, unitOfError: null, values } }) as const;

Deno.test("compareResults() finds a file the same as the results it was written from, non-finite values too", () => {
  const read = parseResults(resultsJson(fixedResults), "results.json");
  assertEquals(compareResults(fixedResults, read), {
    schema: "reproduce-comparison/1",
    same: true,
    compared: 10,
    notes: [],
    changes: [],
  });
});

Deno.test("compareResults() sees one bit, and takes -0 for 0", () => {
  assertEquals(
    compareResults(fixedResults, withCell("table/2/a", measured(30 + 2 ** -48, null))).same,
    false,
  );
  assertEquals(
    compareResults(withCell("table/2/a", measured(0, null)), withCell("table/2/a", measured(-0, null))).same,
    true,
  );
});

Deno.test("compareResults() tells a difference in standard errors of the difference", () => {
  const [change] = compareResults(
    withCell("table/1/a", measured(10, 3)),
    withCell("table/1/a", measured(20, 4)),
  ).changes;
  assertEquals([change?.kind, change?.difference, change?.standardErrors], ["moved", 10, 2]);
});

Deno.test("compareResults() gives the difference alone where an error is not known", () => {
  const [change] = compareResults(fixedResults, withCell("table/1/a", measured(22.8, null))).changes;
  assertAlmostEquals(change!.difference!, 1);
  assertEquals(change!.standardErrors, null);
});

Deno.test("compareResults() reports another number of seeds of the same mean as moved", () => {
  const [change] = compareResults(fixedResults, withCell("table/2/a", measured(30, null, [29, 31]))).changes;
  assertEquals([change?.kind, change?.difference, change?.b?.count], ["moved", 0, 2]);
});

Deno.test("compareResults() reports a verdict that changed without a value", () => {
  const { same, changes: [change] } = compareResults(
    fixedResults,
    withCell("table/1/a", { verdict: "deviates" }),
  );
  assertEquals([same, change?.kind, change?.b?.verdict], [false, "judged", "deviates"]);
});

Deno.test("compareResults() reports cells of one side, and gives them no difference", () => {
  const less = withCell("table/1/a", { measured: null, verdict: "not measured" });
  assertEquals(compareResults(fixedResults, less).changes.map(({ kind }) => kind), ["only in A"]);
  const [change] = compareResults(less, fixedResults).changes;
  assertEquals([change?.kind, change?.a, change?.difference], ["only in B", null, null]);
});

Deno.test("compareResults() keeps cells of one id in two reproductions apart", () => {
  const [reproduction] = fixedResults.modules;
  const two = { ...fixedResults, modules: [reproduction!, { ...reproduction!, id: "other" }] };
  assertEquals(
    compareResults(fixedResults, two).changes.map(({ module }) => module),
    Array(10).fill("other"),
  );
});

Deno.test("compareResults() notes another profile, other data, other code and seeds, and another engine", () => {
  const { environment } = fixedResults;
  const photographs = { ...environment.data["photographs"]!, digest: "ef" };
  const other = {
    ...fixedResults,
    profile: "full",
    modules: fixedResults.modules.map((reproduction) => ({ ...reproduction, sources: "bb", seeds: 5 })),
    environment: { ...environment, v8: "16", data: { photographs } },
  };
  assertEquals(compareResults(fixedResults, other as Results).notes, [
    "profile: standard in A, full in B",
    "data photographs: folder, 2 files, ab in A, folder, 2 files, ef in B",
    "code of toy_paper: ba in A, bb in B",
    "seeds of toy_paper: 3 in A, 5 in B",
    "v8: 15.0 in A, 16 in B",
  ]);
});

Deno.test("comparisonText() shows what moved and sums up", async (t) => {
  const other = withCell("table/1/a", { ...measured(24.05, 0.9), verdict: "deviates" });
  await t.assertSnapshot(comparisonText(compareResults(fixedResults, { ...other, profile: "full" })));
});

Deno.test("comparisonText() fits a terminal that is too small for its table", () => {
  const comparison = compareResults(
    fixedResults,
    withCell("table/1/a", { ...measured(24.05, 0.9), verdict: "deviates" }),
  );
  const lines = (columns: number) => comparisonText(comparison, columns).split("\n");
  for (let columns = 60; columns <= 200; columns++) {
    assertEquals(lines(columns).filter((line) => displayWidth(line) > columns), [], `${columns} columns`);
  }
  assertEquals(lines(60).some((line) => line.includes("|")), false);
  assertEquals(lines(200), comparisonText(comparison).split("\n"));
});
