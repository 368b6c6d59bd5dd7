import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { junitXml } from "./junit_xml.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";

/** The opening tags of the cases, by the name of the cell. */
function tagsByName(xml: string): Map<string, string> {
  return new Map(
    [...xml.matchAll(/<testcase [^>]*name="([^"]*)"[^>]*>/g)].map(([tag, name]) => [name!, tag]),
  );
}

Deno.test("junitXml() names the line of the golden file of each case", () => {
  const tags = tagsByName(junitXml(fixedResults, fixedClaims));
  for (const { cell, line } of fixedClaims.get("toy_paper")!) {
    assertStringIncludes(tags.get(cell)!, ` file="golden/toy_paper.csv" line="${line}"`);
  }
  const jobs = [...tags].filter(([name]) => name.startsWith("job "));
  assertEquals(jobs.map(([, tag]) => tag.includes(" line=")), [false]);
});

Deno.test("junitXml() gives the time of each case in seconds where it is known, and none elsewhere", () => {
  const times = new Map([["toy_paper", new Map([["table/1/a", 12_345.6]])]]);
  const tags = tagsByName(junitXml(fixedResults, fixedClaims, times));
  assertStringIncludes(tags.get("table/1/a")!, ' time="12.346"');
  assert(!tags.get("table/1/b")!.includes(" time="));
});

Deno.test("junitXml() gives a suite the computing time of its jobs, whenever they ran, and all suites their sum", () => {
  const cached = fixedResults.modules.map((module) => ({ ...module, elapsedMs: 0, computeMs: 90_000 }));
  const xml = junitXml({ ...fixedResults, modules: [...cached, ...cached] }, fixedClaims);
  const timesOf = (tag: string) =>
    [...xml.matchAll(new RegExp(`<${tag} [^>]*time="([^"]*)"`, "g"))].map((found) => found[1]);
  assertEquals(timesOf("testsuite"), ["90.000", "90.000"]);
  assertEquals(timesOf("testsuites"), ["180.000"]);
  assertEquals(
    xml.match(/<property name="seconds that this run was busy with it" value="0.000"\/>/g)?.length,
    2,
  );
});

Deno.test("junitXml() names no line of a cell that has no golden row", () => {
  const tags = tagsByName(junitXml(fixedResults, new Map()));
  assert(!tags.get("table/1/a")!.includes(" file="));
});
