import { join } from "@std/path";
import type { Claim } from "../golden/claim.ts";
import type { Results } from "../runner/results.ts";
import { writeWhole } from "../../files/write_whole.ts";
import { badge } from "./badge.ts";
import type { WrittenFigures } from "./figures/write_figures.ts";
import { junitXml } from "./junit_xml.ts";
import { reportHtml } from "./page/report_html.ts";
import { resultsCsv } from "./results_csv.ts";
import { type CrateFile, roCrate } from "./ro_crate.ts";
import { summaryMarkdown } from "./summary_markdown.ts";

/** What is written beside the numbers. */
export interface ReportParts {
  /** The figures, written before. */
  readonly written: Pick<WrittenFigures, "figures" | "files">;
  /** What the run was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The number of seeds of each reproduction that did not take its profile's. */
  readonly seeds: ReadonlyMap<string, number>;
}

/**
 * Writes every result file of a run but the figures, each whole or not at all, results.json last.
 *
 * @param out The output folder.
 * @param results The results.
 * @param claims The claims of each reproduction, for the layout of the tables and the reasons.
 * @throws {UsageError} Where a file cannot be written.
 */
export function writeResultsFiles(
  out: string,
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  { written, parameters, seeds }: ReportParts,
): void {
  const files: CrateFile[] = [
    { path: "results.csv", content: resultsCsv(results) },
    { path: "junit.xml", content: junitXml(results, claims) },
    { path: "summary.md", content: summaryMarkdown(results, claims) },
    { path: "report.html", content: reportHtml(results, claims, { figures: written.figures, seeds }) },
    { path: "badge.svg", content: badge(results) },
    { path: "results.json", content: resultsJson(results) },
  ];
  const crate = roCrate(results, { files: [...files, ...written.files], parameters });
  for (const { path, content } of [{ path: "ro-crate-metadata.json", content: crate }, ...files]) {
    writeWhole(join(out, path), content);
  }
}

/** The content of results.json. */
export function resultsJson(results: Results): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}
