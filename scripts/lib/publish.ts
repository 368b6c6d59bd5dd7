import type { Claim } from "../../src/suite/golden/claim.ts";
import { annotations } from "../../src/suite/report/annotations.ts";
import { consoleReport } from "../../src/suite/report/console_report.ts";
import { writeFigures } from "../../src/suite/report/figures/write_figures.ts";
import { formatDuration } from "../../src/suite/report/format_duration.ts";
import { countsLine, dataLine, headline } from "../../src/suite/report/headline.ts";
import { resultsJson, writeResultsFiles } from "../../src/suite/report/write_results_files.ts";
import { summarise } from "../../src/suite/runner/judge_cells.ts";
import type { Reproduced } from "../../src/suite/runner/reproduce.ts";
import type { Results } from "../../src/suite/runner/results.ts";
import { print, say } from "./command_line.ts";
import { otherSeeds } from "./other_seeds.ts";

/** How a run is published. */
export interface PublishOptions {
  /** The output folder. */
  readonly out: string;
  /** The claims of each reproduction. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  /** The reproductions whose tables are printed, by id; all of them by default. */
  readonly asked?: readonly string[];
  /** What goes to standard output. */
  readonly form: "tables" | "json";
  /** What the run was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Writes the figures and result files of a run and prints its tables, or results.json. On GitHub Actions, what is
 * unexpected is annotated too, on standard error.
 *
 * @throws {UsageError} Where the output folder cannot be written, or a reproduction is unknown.
 */
export async function publish(
  { results, figures }: Pick<Reproduced, "results" | "figures">,
  { out, claims, asked, form, parameters }: PublishOptions,
): Promise<void> {
  const written = await writeFigures(out, figures);
  for (const note of written.notes) say(note);
  const seeds = await otherSeeds(results);
  writeResultsFiles(out, results, claims, { written, parameters, seeds });
  print(form === "json" ? resultsJson(results) : consoleText(results, claims, { asked, seeds }));
  if (Deno.env.get("GITHUB_ACTIONS") === "true") annotations(results, claims).forEach(say);
}

/** What is printed, and how. */
export interface ConsoleTextOptions {
  /** The ids of the reproductions that are printed and counted; all of them by default. */
  readonly asked?: readonly string[] | undefined;
  /** The number of seeds of each reproduction that did not take its profile's: the printed commands name it. */
  readonly seeds?: ReadonlyMap<string, number>;
}

/**
 * The whole of what a run prints.
 *
 * @param results The results, with reproductions that an earlier run left in the same output folder.
 * @param claims The claims of each reproduction.
 * @param options What is printed, and how.
 */
export function consoleText(
  results: Results,
  claims: ReadonlyMap<string, readonly Claim[]>,
  { asked, seeds = new Map() }: ConsoleTextOptions = {},
): string {
  const colour = Deno.stdout.isTerminal() && !Deno.noColor;
  const { profile, environment: { data, elapsedMs } } = results;
  const isShown = ({ id }: Results["modules"][number]) => asked === undefined || asked.includes(id);
  const modules = results.modules.filter(isShown);
  const kept = results.modules.filter((reproduction) => !isShown(reproduction)).map(({ id }) => id);
  const summary = summarise(modules.flatMap(({ cells }) => cells));
  const lines = [
    headline({ ...results, modules, summary }),
    ...Object.entries(data).map(([id, used]) => dataLine(id, used)),
    ...modules.map((reproduction) =>
      consoleReport(reproduction, claims.get(reproduction.id) ?? [], {
        profile,
        seeds: seeds.get(reproduction.id) ?? null,
        colour,
      })
    ),
    "",
    ...(kept.length === 0 ? [] : [`Of an earlier run the report keeps ${kept.join(", ")}.`]),
    `${countsLine(summary)}; ${formatDuration(elapsedMs)}`,
  ];
  return `${lines.join("\n")}\n`;
}
