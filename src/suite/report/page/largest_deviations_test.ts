import { assertEquals } from "@std/assert";
import type { Claim } from "../../golden/claim.ts";
import type { CellResult, ReproductionResult } from "../../runner/results.ts";
import { fixedClaims, fixedResults } from "../testdata/fixed_results.ts";
import { assignAnchors } from "./anchors.ts";
import { largestDeviations, rankDeviations } from "./largest_deviations.ts";

const [module] = fixedResults.modules;
const [number] = module!.cells;

/** A printed 20 of which 2 to either side are allowed, measured with a difference, and why it deviates. */
function deviating(id: string, difference: number, because: string): { cell: CellResult; claim: Claim } {
  const value = 20 + difference;
  const own = {
    published: { text: "20", value: 20 },
    tolerance: { kind: "absolute", value: 2, rationale: "" },
    expect: because === "" ? "agrees" : "deviates",
  } as const;
  const measured = { value, standardError: null, unitOfError: null, values: [value] };
  return {
    cell: { ...number!, ...own, id, measured, deviation: difference, verdict: "deviates" },
    claim: { ...fixedClaims.get("toy_paper")![0]!, ...own, cell: id, because },
  };
}

function rank(...found: readonly { cell: CellResult; claim: Claim }[]) {
  const modules: ReproductionResult[] = [{ ...module!, cells: found.map(({ cell }) => cell) }];
  return rankDeviations({ modules }, new Map([["toy_paper", found.map(({ claim }) => claim)]]))
    .map(({ worst, pull, count, reason }) => [worst.id, pull, count, reason]);
}

Deno.test("rankDeviations() puts cells of one reason together under the furthest, the largest pull first", () => {
  const ranked = rank(
    deviating("small", 3, "a"),
    deviating("near", -4, "b"),
    deviating("far", -9, "b"),
  );
  assertEquals(ranked, [["far", -4.5, 2, "b"], ["small", 1.5, 1, "a"]]);
});

Deno.test("rankDeviations() puts what was not expected before all else", () => {
  const ranked = rank(deviating("known", 30, "a"), deviating("surprise", 3, ""));
  assertEquals(ranked.map(([id]) => id), ["surprise", "known"]);
});

Deno.test("rankDeviations() leaves out variants, claims, and numbers that agree", () => {
  const variant = deviating("variant", 30, "a");
  const agreeing = deviating("agreeing", 1, "a");
  const found = [
    { ...variant, cell: { ...variant.cell, role: "variant" as const } },
    { ...agreeing, cell: { ...agreeing.cell, verdict: "agrees" as const } },
  ];
  assertEquals(rank(...found), []);
  const ids = rankDeviations(fixedResults, fixedClaims).map(({ worst }) => worst.id);
  assertEquals(ids, ["table/2/a", "table/1/b"]);
});

Deno.test("rankDeviations() takes a value that is not finite for the largest deviation", () => {
  const lost = deviating("lost", 0, "a");
  const measured = { ...lost.cell.measured!, value: null };
  const ranked = rank(deviating("far", 1e6, "b"), { ...lost, cell: { ...lost.cell, measured } });
  assertEquals(ranked.map(([id]) => id), ["lost", "far"]);
});

Deno.test("largestDeviations() is empty where all is as claimed, and counts what it leaves out", () => {
  const anchors = assignAnchors(fixedResults.modules);
  const none = {
    ...fixedResults,
    modules: [],
    summary: { ...fixedResults.summary, claims: { holds: 1, undecided: 0, fails: 0, notMeasured: 0 } },
  };
  assertEquals(largestDeviations(none, fixedClaims, anchors, new Map()).markup, "");
  const many = Array.from({ length: 8 }, (_, i) => deviating(`c${i}`, 3 + i, `reason ${i}`));
  const modules = [{ ...module!, cells: many.map(({ cell }) => cell) }];
  const text = largestDeviations(
    { ...fixedResults, modules },
    new Map([["toy_paper", many.map(({ claim }) => claim)]]),
    assignAnchors(modules),
    new Map(),
  ).markup;
  assertEquals(text.match(/<tr class="deviates">/g)!.length, 5);
  assertEquals(text.includes("3 more printed numbers deviate. "), true);
});
