import { assertEquals } from "@std/assert";
import type { Results } from "../runner/results.ts";
import { countsLine, headline } from "./headline.ts";
import { fixedResults } from "./testdata/fixed_results.ts";

const nothing: Results["summary"] = {
  cells: 0,
  numbers: { withinNoise: 0, agrees: 0, deviates: 0, notMeasured: 0 },
  claims: { holds: 0, undecided: 0, fails: 0, notMeasured: 0 },
  variants: { agrees: 0, deviates: 0, notMeasured: 0 },
  unexpected: 0,
  moved: 0,
  standIn: 0,
  notMeasured: 0,
};

Deno.test("headline() tells printed numbers and claims apart, and leaves variants out", () => {
  assertEquals(
    headline(fixedResults),
    "Profile standard, on real data. Printed numbers: 1 within noise, 1 agrees, 2 deviate, 1 not measured. " +
      "Claims: 1 holds, 1 undecided, 2 fail, 0 not measured.",
  );
});

Deno.test("headline() gives no counts of a smoke run or of a stand-in", () => {
  assertEquals(
    headline({ ...fixedResults, profile: "smoke" }),
    "Profile smoke, on built-in stand-ins: this is no result; only the baselines are judged.",
  );
  const data = { mnist: { source: "stand-in", digest: "", notes: [], files: [] } } as const;
  assertEquals(
    headline({ ...fixedResults, environment: { ...fixedResults.environment, data } }),
    "Profile standard, on a STAND-IN for mnist: the numbers below are no result. " +
      "Fetch the data with `deno task fetch-data mnist`.",
  );
});

Deno.test("countsLine() counts every role apart, and leaves out a role without cells", () => {
  assertEquals(
    countsLine(fixedResults.summary),
    "Printed numbers: 1 within noise, 1 agrees, 2 deviate, 1 not measured; " +
      "claims: 1 holds, 1 undecided, 2 fail, 0 not measured; " +
      "variants, counted apart: 1 agrees, 1 deviates, 0 not measured; 2 unexpected, 1 moved",
  );
  assertEquals(countsLine({ ...nothing, standIn: 3 }), "0 unexpected, 0 moved, 3 on a stand-in");
});
