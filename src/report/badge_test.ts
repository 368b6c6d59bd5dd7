import { assert, assertEquals } from "@std/assert";
import type { Results } from "../runner/results.ts";
import { badge } from "./badge.ts";
import { fixedResults } from "./testdata/fixed_results.ts";

const title = (results: Results) => /<title>reproduction: (.*)<\/title>/.exec(badge(results))?.[1];
const calm = (summary: Partial<Results["summary"]>, profile: Results["profile"] = "standard"): Results => ({
  ...fixedResults,
  profile,
  modules: [],
  summary: { ...fixedResults.summary, unexpected: 0, moved: 0, notMeasured: 0, ...summary },
});

Deno.test("badge() counts what agrees and what deviates as expected where all is as expected", () => {
  assertEquals(title(calm({ agrees: 43, deviates: 29 })), "43 agree, 29 deviate as expected");
  assertEquals(title(calm({ notMeasured: 2 })), "1 agree, 3 deviate as expected, 2 not measured");
});

Deno.test("badge() never presents a smoke run, a stand-in or an empty run as a success", () => {
  assertEquals(title(calm({}, "smoke")), "smoke run: no result");
  assertEquals(title(calm({ standIn: 1 })), "stand-in data: no result");
  assertEquals(title(calm({ cells: 3, notMeasured: 3 })), "nothing measured");
});

Deno.test("badge() puts a moved digest and a failed job before everything else", () => {
  const modules = [{ ...fixedResults.modules[0]!, digestVerdict: "moved" }] as const;
  assertEquals(title({ ...calm({}), modules }), "digest moved, 1 failed job");
});

Deno.test("badge() refers to nothing outside itself", () => {
  assert(!/href|url\((?!#)|@import|<script/.test(badge(fixedResults)));
});
