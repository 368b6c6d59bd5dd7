import type { Claim } from "../src/golden/claim.ts";
import { consoleReport } from "../src/report/console_report.ts";
import { countsLine, dataLine, headline } from "../src/report/headline.ts";
import { resultsJson, writeResultsFiles } from "../src/report/write_results_files.ts";
import type { Results } from "../src/runner/results.ts";
import { print } from "./command_line.ts";

/**
 * Writes the result files of a run and prints its tables, or results.json.
 *
 * @throws {UsageError} Where the output folder cannot be written.
 */
export function publish(
  out: string,
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  form: "tables" | "json",
): void {
  writeResultsFiles(out, results, claims);
  print(form === "json" ? resultsJson(results) : consoleText(results, claims));
}

/** The whole of what a run prints. */
export function consoleText(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string {
  const colour = Deno.stdout.isTerminal() && !Deno.noColor;
  const { data, elapsedMs } = results.environment;
  const lines = [
    headline(results),
    ...Object.entries(data).map(([id, used]) => dataLine(id, used)),
    ...results.modules.map((module) => consoleReport(module, claims.get(module.id) ?? [], colour)),
    "",
    `${countsLine(results.summary)}; ${(elapsedMs / 1000).toFixed(1)} s`,
  ];
  return `${lines.join("\n")}\n`;
}
