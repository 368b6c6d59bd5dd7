import { stripVTControlCharacters } from "node:util";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { consoleReport } from "./console_report.ts";
import { listFindings } from "./deviations.ts";
import { escapeXml } from "./escape_xml.ts";
import { junitXml } from "./junit_xml.ts";
import { resultsCsv } from "./results_csv.ts";
import { summaryMarkdown } from "./summary_markdown.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";

const { profile, modules: [reproduction] } = fixedResults;
const claims = fixedClaims.get(reproduction!.id)!;

Deno.test("consoleReport() of fixed results", async (t) => {
  await t.assertSnapshot(consoleReport(reproduction!, claims, { profile, seeds: null, colour: false }));
});

Deno.test("summaryMarkdown() of fixed results", async (t) => {
  await t.assertSnapshot(summaryMarkdown(fixedResults, fixedClaims));
});

Deno.test("junitXml() of fixed results", async (t) => {
  await t.assertSnapshot(junitXml(fixedResults, fixedClaims));
});

Deno.test("resultsCsv() of fixed results", async (t) => {
  await t.assertSnapshot(resultsCsv(fixedResults));
});

Deno.test("consoleReport() says the same words with colour", () => {
  const coloured = consoleReport(reproduction!, claims, { profile, seeds: null, colour: true });
  assertEquals(
    stripVTControlCharacters(coloured),
    consoleReport(reproduction!, claims, { profile, seeds: null, colour: false }),
  );
  for (
    const words of ["\u001b[31mdeviates (unexpected)", "\u001b[33mundecided (expected)", "\u001b[32mholds"]
  ) {
    assert(coloured.includes(words), words);
  }
});

Deno.test("junitXml() counts what its cases say", () => {
  const xml = junitXml(fixedResults, fixedClaims);
  const count = (tag: string) => xml.split(`<${tag} `).length - 1;
  assertStringIncludes(
    xml,
    `tests="${count("testcase")}" failures="${count("failure")}" errors="${count("error")}" skipped="${
      count("skipped")
    }"`,
  );
});

Deno.test("junitXml() has a failing case for a digest that moved alone, since such a run fails", () => {
  const modules = [{ ...reproduction!, cells: [], failures: [], digestVerdict: "moved" }] as const;
  const xml = junitXml({ ...fixedResults, modules }, fixedClaims);
  assertStringIncludes(xml, 'tests="1" failures="1" errors="0" skipped="0"');
  assertMatch(xml, /name="digest"><failure message="[^"]*not the accepted one"/);
  const unchanged = [{ ...modules[0], digestVerdict: "unchanged" }] as const;
  assert(!junitXml({ ...fixedResults, modules: unchanged }, fixedClaims).includes('name="digest"'));
});

Deno.test("escapeXml() escapes markup and leaves out what XML cannot hold", () => {
  assertEquals(escapeXml(`<a b="c">'&\u0000\u001f\n`), "&lt;a b=&quot;c&quot;&gt;&apos;&amp;\n");
});

Deno.test("listFindings() puts cells with one reason together, what is unexpected first, then the digest, then what is known", () => {
  const findings = listFindings({ ...reproduction!, digestVerdict: "moved" }, claims);
  assertEquals(findings.map(({ known, cells }) => [known, ...cells]), [
    [false, "table/2/a"],
    [false, "table/2/a"],
    [false, "order/a-b"],
    [false],
    [true, "table/1/b", "other/1/b"],
    [true, "order/c-d"],
    [true, "order/sum"],
  ]);
});

Deno.test("listFindings() says nothing of a stand-in or of what was not measured, whatever is expected of them", () => {
  const [, cell] = reproduction!.cells;
  const cells = (["stand-in", "not measured"] as const).map((verdict) => ({ ...cell!, verdict }));
  assertEquals(listFindings({ cells, digestVerdict: "none" }, claims), []);
});
