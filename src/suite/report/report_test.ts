import { stripVTControlCharacters } from "node:util";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { CellResult } from "../runner/results.ts";
import { consoleReport } from "./console_report.ts";
import { listFindings } from "./deviations.ts";
import { escapeXml } from "./escape_xml.ts";
import { junitXml } from "./junit_xml.ts";
import { resultsCsv } from "./results_csv.ts";
import { summaryMarkdown } from "./summary_markdown.ts";
import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";
import { verdictKind, verdictMarks } from "./verdict_kind.ts";

const { profile, modules: [reproduction] } = fixedResults;
const claims = fixedClaims.get(reproduction!.id)!;

const wide = { profile, seeds: null, colour: false, form: "wide", columns: null } as const;
const narrow = { ...wide, form: "narrow", columns: 80 } as const;

for (const options of [wide, narrow]) {
  Deno.test(`consoleReport() of fixed results, ${options.form}`, async (t) => {
    await t.assertSnapshot(consoleReport(reproduction!, claims, options));
  });
}

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
  for (const options of [wide, narrow]) {
    const coloured = consoleReport(reproduction!, claims, { ...options, colour: true });
    assertEquals(stripVTControlCharacters(coloured), consoleReport(reproduction!, claims, options));
    const words = options.form === "wide"
      ? ["\u001b[31mdeviates (unexpected)", "\u001b[33mundecided (expected)", "\u001b[32mholds"]
      : ["\u001b[31m✗", "\u001b[33m?", "\u001b[32m✓"];
    for (const word of words) assert(coloured.includes(word), word);
  }
});

Deno.test("consoleReport() names in a narrow form every cell that is not as claimed, with its numbers", () => {
  const text = consoleReport(reproduction!, claims, narrow).replaceAll(/\s+/g, " ");
  const [below, above] = [
    reproduction!.cells.filter(isNamed),
    reproduction!.cells.filter((cell) => !isNamed(cell)),
  ];
  assertEquals([below.length, above.length], [6, 5]);
  for (const cell of below) assertStringIncludes(text, `${verdictMarks[verdictKind(cell)]} ${cell.id}`);
  for (const { id } of above) assert(!text.includes(`${id}: `), id);
  assertStringIncludes(text, "table/2/a: published 21.92, measured 30.00, allowed ±3, accepted 29.00");
});

/** Whether a cell is not as claimed or not as accepted. */
function isNamed(cell: CellResult): boolean {
  return ["unexpected", "deviates", "undecided", "fails"].includes(verdictKind(cell));
}

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
