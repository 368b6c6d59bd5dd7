import { join } from "@std/path";
import { UsageError } from "../errors.ts";
import type { Claim } from "../golden/claim.ts";
import type { Results } from "../runner/results.ts";
import { writeWhole } from "../runner/write_whole.ts";
import { junitXml } from "./junit_xml.ts";
import { resultsCsv } from "./results_csv.ts";
import { summaryMarkdown } from "./summary_markdown.ts";

/**
 * Writes every result file of a run, each whole or not at all, results.json last.
 *
 * @param out The output folder.
 * @param results The results.
 * @param claims The claims of each module, for the layout of the tables and the reasons.
 * @throws {UsageError} Where a file cannot be written.
 */
export function writeResultsFiles(
  out: string,
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
): void {
  const files = {
    "results.csv": resultsCsv(results),
    "junit.xml": junitXml(results, claims),
    "summary.md": summaryMarkdown(results, claims),
    "results.json": resultsJson(results),
  };
  for (const [name, content] of Object.entries(files)) {
    try {
      writeWhole(join(out, name), content);
    } catch (error) {
      throw new UsageError(`Cannot write ${join(out, name)}: ${(error as Error).message}`);
    }
  }
}

/** The content of results.json. */
export function resultsJson(results: Results): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}
