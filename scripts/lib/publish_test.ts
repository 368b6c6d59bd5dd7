import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fixedClaims, fixedResults } from "../../src/suite/report/testdata/fixed_results.ts";
import { summarise } from "../../src/suite/runner/judge_cells.ts";
import type { Results } from "../../src/suite/runner/results.ts";
import { consoleText } from "./publish.ts";

/** The fixed results beside a reproduction that an earlier run left. */
const [own] = fixedResults.modules;
const modules = [own!, { ...own!, id: "earlier" }];
const both: Results = {
  ...fixedResults,
  modules,
  summary: summarise(modules.flatMap(({ cells }) => cells)),
};

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1)!;

Deno.test("consoleText() ends with the counts by role over all reproductions and the time", () => {
  assertEquals(
    lastLine(consoleText(both, fixedClaims)),
    "Printed numbers: 2 within noise, 2 agree, 4 deviate, 2 not measured; " +
      "claims: 2 hold, 2 undecided, 4 fail, 0 not measured; " +
      "variants, counted apart: 2 agree, 2 deviate, 0 not measured; 4 unexpected, 2 moved; 12.3 s in this run, 16.0 min of computing",
  );
});

Deno.test("consoleText() prints and counts the reproductions that were asked for, and names the others", () => {
  const text = consoleText(both, fixedClaims, { asked: ["toy_paper"] });
  assertEquals(lastLine(text), lastLine(consoleText(fixedResults, fixedClaims)));
  assertStringIncludes(text, "\nOf an earlier run the report keeps earlier.\n");
  assert(!text.includes("earlier: A. One"), text);
});

Deno.test("consoleText() prints narrow tables where wide ones do not fit the terminal, or where they are asked for", () => {
  const isNarrow = (options: Parameters<typeof consoleText>[2]) =>
    consoleText(fixedResults, fixedClaims, options).includes("\nMarks: ✓ agrees or holds, ");
  assertEquals([null, 60, 200].map((columns) => isNarrow({ columns })), [false, true, false]);
  assertEquals(isNarrow({ columns: 200, table: "narrow" }), true);
  assertEquals(isNarrow({ columns: 60, table: "wide" }), false);
  // Without a terminal a narrow table has the width of a usual one.
  assertEquals(
    consoleText(fixedResults, fixedClaims, { table: "narrow" }),
    consoleText(fixedResults, fixedClaims, { table: "narrow", columns: 80 }),
  );
});

Deno.test("consoleText() prints commands with the seeds of the run, where they are not the profile's", () => {
  const commands = (text: string) => text.match(/alone: .*/g);
  const plain = commands(consoleText(fixedResults, fixedClaims))!;
  assert(plain.length > 0 && plain.every((line) => !line.includes("--seeds")), plain[0]);
  const seeded = commands(consoleText(fixedResults, fixedClaims, { seeds: new Map([["toy_paper", 5]]) }));
  assertEquals(seeded, plain.map((line) => `${line} --seeds 5`));
});
