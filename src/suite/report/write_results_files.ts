import { join } from "@std/path";
import type { Claim } from "../golden/claim.ts";
import type { Results } from "../runner/results.ts";
import { writeWhole } from "../../files/write_whole.ts";
import type { CellTimes } from "../runner/cell_times.ts";
import { badge } from "./badge.ts";
import { codecheckYaml } from "./codecheck.ts";
import type { WrittenFigures } from "./figures/write_figures.ts";
import { junitXml } from "./junit_xml.ts";
import { assignAnchors, linkTo } from "./page/anchors.ts";
import { type PageParts, reportHtml } from "./page/report_html.ts";
import { type LinkOfCell, pullPlotOfResults } from "./pull_plot.ts";
import { resultsCsv } from "./results_csv.ts";
import { type CrateFile, roCrate } from "./ro_crate.ts";
import { summaryMarkdown } from "./summary_markdown.ts";

/** The names of the files that {@linkcode writeResultsFiles} writes, in this order. */
export const resultFiles = [
  "ro-crate-metadata.json",
  "codecheck.yml",
  "results.csv",
  "junit.xml",
  "summary.md",
  "report.html",
  "pull-plot.svg",
  "badge.svg",
  "results.json",
] as const;

/** What is written beside the numbers. */
export interface ReportParts extends Pick<PageParts, "seeds" | "history" | "readmes"> {
  /** The figures, written before. */
  readonly written: Pick<WrittenFigures, "figures" | "files">;
  /** What the run was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How long each cell computed. */
  readonly cellTimes: CellTimes;
}

interface ResultFile extends CrateFile {
  readonly path: typeof resultFiles[number];
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
  { written, parameters, cellTimes, ...page }: ReportParts,
): void {
  const files: ResultFile[] = [
    { path: "results.csv", content: resultsCsv(results) },
    { path: "junit.xml", content: junitXml(results, claims, cellTimes) },
    { path: "summary.md", content: summaryMarkdown(results, claims) },
    { path: "report.html", content: reportHtml(results, claims, { ...page, figures: written.figures }) },
    { path: "pull-plot.svg", content: pullPlotOfResults(results, linksToReport(results)) },
    { path: "badge.svg", content: badge(results) },
    { path: "results.json", content: resultsJson(results) },
  ];
  const named = [...files, ...written.files];
  const codecheck: ResultFile = {
    path: "codecheck.yml",
    content: codecheckYaml(results, { files: named, figures: written.figures }),
  };
  const crate = roCrate(results, { files: [...named, codecheck], parameters });
  const all: ResultFile[] = [{ path: "ro-crate-metadata.json", content: crate }, codecheck, ...files];
  for (const { path, content } of all) writeWhole(join(out, path), content);
}

/** The content of results.json. */
export function resultsJson(results: Results): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}

/** Links from a file beside the page to the cards of its cells. */
function linksToReport({ modules }: Results): LinkOfCell {
  const anchors = assignAnchors(modules);
  return (reproduction, cell) => `report.html${linkTo(anchors.get(reproduction)!.get(cell)!)}`;
}
