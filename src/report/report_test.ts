import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { consoleReport } from "./console_report.ts";
import { findingsOf } from "./deviations.ts";
import { escapeXml } from "./escape_xml.ts";
import { junitXml } from "./junit_xml.ts";
import { resultsCsv } from "./results_csv.ts";
import { summaryMarkdown } from "./summary_markdown.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";

const { profile, modules: [module] } = fixedResults;
const claims = fixedClaims.get(module!.id)!;

Deno.test("consoleReport() of fixed results", async (t) => {
  await t.assertSnapshot(consoleReport(module!, claims, { profile, colour: false }));
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
  // deno-lint-ignore no-control-regex -- the escape sequences of colours
  const plain = consoleReport(module!, claims, { profile, colour: true }).replaceAll(/\u001b\[\d+m/g, "");
  assertEquals(plain, consoleReport(module!, claims, { profile, colour: false }));
  assert(consoleReport(module!, claims, { profile, colour: true }).includes("\u001b[31mdeviates"));
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

Deno.test("escapeXml() escapes markup and leaves out what XML cannot hold", () => {
  assertEquals(escapeXml(`<a b="c">'&\u0000\u001f\n`), "&lt;a b=&quot;c&quot;&gt;&apos;&amp;\n");
});

Deno.test("findingsOf() puts cells with one reason together, what is unexpected first", () => {
  assertEquals(findingsOf(module!, claims).map(({ cells }) => cells), [
    ["table/2/a"],
    ["table/2/a", "order/a-b"],
    ["table/1/b"],
  ]);
});
