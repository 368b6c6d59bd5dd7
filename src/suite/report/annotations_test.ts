import { assertEquals } from "@std/assert";
import type { Results } from "../runner/results.ts";
import { annotations } from "./annotations.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";

Deno.test("annotations() names unexpected, moved and failed, and not what deviates, fails or is undecided as expected", () => {
  const lines = annotations(fixedResults, fixedClaims);
  assertEquals(lines.map((line) => /title=([^:]*)::/.exec(line)?.[1]), [
    "toy_paper table/2/a",
    "toy_paper order/a-b",
    "toy_paper%3A the job class/<a> failed",
  ]);
});

Deno.test("annotations() lets no text end a property, a message or a line", () => {
  const [reproduction] = fixedResults.modules;
  const results = {
    ...fixedResults,
    modules: [{
      ...reproduction!,
      id: "a,b:c",
      cells: [],
      failures: [{ job: "x::y", error: "Error", message: "1 %\r\n::error::2" }],
    }],
  };
  assertEquals(annotations(results, new Map()), [
    "::error title=a%2Cb%3Ac%3A the job x%3A%3Ay failed::1 %25%0D%0A::error::2",
  ]);
});

Deno.test("annotations() warns of a stand-in that cells ran on, and says nothing of a smoke run that went well", () => {
  const data = { mnist: { source: "stand-in", digest: "", notes: [], files: [] } } as const;
  const results: Results = {
    ...fixedResults,
    modules: [],
    summary: { ...fixedResults.summary, standIn: 1 },
    environment: { ...fixedResults.environment, data },
  };
  assertEquals(annotations(results, new Map()), [
    "::warning title=stand-in for mnist::What ran on it is no result",
  ]);
  assertEquals(annotations({ ...results, profile: "smoke" }, new Map()), []);
  assertEquals(annotations({ ...results, summary: fixedResults.summary }, new Map()), []);
});

Deno.test("annotations() marks a moved digest", () => {
  const modules = [{ ...fixedResults.modules[0]!, cells: [], failures: [], digestVerdict: "moved" }] as const;
  assertEquals(annotations({ ...fixedResults, modules }, fixedClaims), [
    "::error title=toy_paper%3A digest moved::The digest over all values is not the accepted one",
  ]);
});
