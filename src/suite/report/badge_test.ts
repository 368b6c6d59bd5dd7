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

const numbers = { withinNoise: 30, agrees: 13, deviates: 29, notMeasured: 0 };
const claims = { holds: 5, undecided: 2, fails: 1, notMeasured: 0 };
const none = { holds: 0, undecided: 0, fails: 0, notMeasured: 0 };

Deno.test("badge() counts the measured numbers that agree and the measured claims that hold, where all is as expected", () => {
  assertEquals(title(calm({ numbers, claims })), "43 of 72 numbers agree, 5 of 8 claims hold");
  assertEquals(title(calm({ numbers, claims: none })), "43 of 72 numbers agree");
  assertEquals(
    title(calm({ numbers: { ...numbers, notMeasured: 2 }, claims: { ...none, notMeasured: 1 } })),
    "43 of 72 numbers agree, 3 not measured",
  );
});

Deno.test("badge() takes no variant for a result of a paper", () => {
  const no = { withinNoise: 0, agrees: 0, deviates: 0, notMeasured: 0 };
  const variants = { agrees: 4, deviates: 0, notMeasured: 0 };
  assertEquals(title(calm({ numbers: no, claims: none, variants })), "variants alone measured");
});

Deno.test("badge() never presents a smoke run, a stand-in or an empty run as a success", () => {
  assertEquals(title(calm({}, "smoke")), "smoke run: no result");
  assertEquals(title(calm({ cells: 3, standIn: 2, notMeasured: 1 })), "stand-in data: no result");
  assertEquals(title(calm({ cells: 3, notMeasured: 3 })), "nothing measured");
});

Deno.test("badge() counts what ran on real data beside a stand-in, in the colour of no success", () => {
  const mixed = calm({ cells: 11, standIn: 3, numbers, claims: none });
  assertEquals(title(mixed), "43 of 72 numbers agree, 3 on a stand-in");
  const colours = (results: Results) =>
    [...badge(results).matchAll(/fill="(#\w{6})"/g)].map(([, fill]) => fill);
  assertEquals(colours(mixed), colours(calm({}, "smoke")));
});

Deno.test("badge() puts a moved digest and a failed job before everything else", () => {
  const modules = [{ ...fixedResults.modules[0]!, digestVerdict: "moved" }] as const;
  assertEquals(title({ ...calm({}), modules }), "digest moved, 1 failed job");
});

Deno.test("badge() refers to nothing outside itself", () => {
  assert(!/href|url\((?!#)|@import|<script/.test(badge(fixedResults)));
});
