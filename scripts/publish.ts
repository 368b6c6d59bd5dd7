import type { Claim } from "../src/golden/claim.ts";
import { annotations } from "../src/report/annotations.ts";
import { consoleReport } from "../src/report/console_report.ts";
import { writeFigures } from "../src/report/figures/write_figures.ts";
import { countsLine, dataLine, headline } from "../src/report/headline.ts";
import { resultsJson, writeResultsFiles } from "../src/report/write_results_files.ts";
import type { Reproduced } from "../src/runner/reproduce.ts";
import type { Results } from "../src/runner/results.ts";
import { print, say } from "./command_line.ts";

/** How a run is published. */
export interface PublishOptions {
  /** The output folder. */
  readonly out: string;
  /** The claims of each module. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  /** What goes to standard output. */
  readonly form: "tables" | "json";
  /** What the run was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Writes the figures and result files of a run and prints its tables, or results.json. On GitHub Actions, what is
 * unexpected is annotated too, on standard error.
 *
 * @throws {UsageError} Where the output folder cannot be written.
 */
export async function publish(
  { results, figures }: Pick<Reproduced, "results" | "figures">,
  { out, claims, form, parameters }: PublishOptions,
): Promise<void> {
  const drawn = await writeFigures(out, figures);
  for (const note of drawn.notes) say(note);
  writeResultsFiles(out, results, claims, { drawn, parameters });
  print(form === "json" ? resultsJson(results) : consoleText(results, claims));
  if (Deno.env.get("GITHUB_ACTIONS") === "true") annotations(results, claims).forEach(say);
}

/** The whole of what a run prints. */
export function consoleText(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string {
  const colour = Deno.stdout.isTerminal() && !Deno.noColor;
  const { profile, environment: { data, elapsedMs } } = results;
  const lines = [
    headline(results),
    ...Object.entries(data).map(([id, used]) => dataLine(id, used)),
    ...results.modules.map((module) =>
      consoleReport(module, claims.get(module.id) ?? [], { profile, colour })
    ),
    "",
    `${countsLine(results.summary)}; ${(elapsedMs / 1000).toFixed(1)} s`,
  ];
  return `${lines.join("\n")}\n`;
}
