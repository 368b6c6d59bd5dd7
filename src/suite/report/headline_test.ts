import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Results } from "../runner/results.ts";
import { countsLine, headline, stateLine } from "./headline.ts";
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

/** The fixed results as if MNIST were a stand-in, with other counts. */
const withStandIn = (summary: Partial<Results["summary"]>): Results => {
  const mnist = { source: "stand-in", digest: "", notes: [], files: [] } as const;
  const { environment } = fixedResults;
  return {
    ...fixedResults,
    environment: { ...environment, data: { ...environment.data, mnist } },
    summary: { ...fixedResults.summary, ...summary },
  };
};

Deno.test("headline() gives no counts of a smoke run or of a run on stand-ins alone", () => {
  assertEquals(
    headline({ ...fixedResults, profile: "smoke" }),
    "Profile smoke, on built-in stand-ins: this is no result; only the baselines are judged.",
  );
  assertEquals(
    headline(withStandIn({ cells: 11, notMeasured: 1, standIn: 10 })),
    "Profile standard, on a STAND-IN for mnist: the numbers below are no result. " +
      "Fetch the data with `deno task fetch-data mnist`.",
  );
});

Deno.test("headline() counts what ran on real data, and says how many cells ran on a stand-in", () => {
  const text = headline(withStandIn({ cells: 11, notMeasured: 1, standIn: 3 }));
  assertStringIncludes(
    text,
    "Profile standard, on a STAND-IN for mnist: 3 of 10 measured cells ran on it and are no result, the others are judged. ",
  );
  assertStringIncludes(text, " Printed numbers: 1 within noise");
});

Deno.test("headline() takes no offence at a stand-in that no measured cell read", () => {
  assertEquals(headline(withStandIn({})), headline(fixedResults));
});

Deno.test("stateLine() says where no data set was read, and where nothing was measured", () => {
  const { environment, summary } = withStandIn({});
  const { mnist } = environment.data;
  const none = { ...environment, data: { mnist: mnist! } };
  const profile = "standard";
  assertEquals(
    stateLine({ profile, summary, environment: none }),
    "Profile standard, in cells that read no data set.",
  );
  assertEquals(
    stateLine({ profile, environment, summary: { ...summary, cells: 4, notMeasured: 4 } }),
    "Profile standard: nothing was measured.",
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
