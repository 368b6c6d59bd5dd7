import type { Claim } from "../../src/suite/golden/claim.ts";
import { annotations } from "../../src/suite/report/annotations.ts";
import { consoleReport, type TableForm, wideTableWidth } from "../../src/suite/report/console_report.ts";
import { writeFigures } from "../../src/suite/report/figures/write_figures.ts";
import { formatTimes } from "../../src/suite/report/format_duration.ts";
import { countsLine, dataLine, headline } from "../../src/suite/report/headline.ts";
import { marksText } from "../../src/suite/report/marks_text.ts";
import { terminalColumns, usualColumns } from "../../src/suite/report/terminal_columns.ts";
import { verdictKind, verdictMarks } from "../../src/suite/report/verdict_kind.ts";
import { wrapText } from "../../src/suite/report/wrap_text.ts";
import { resultsJson, writeResultsFiles } from "../../src/suite/report/write_results_files.ts";
import { summarise } from "../../src/suite/runner/judge_cells.ts";
import type { Reproduced } from "../../src/suite/runner/reproduce.ts";
import type { Results } from "../../src/suite/runner/results.ts";
import { print, root, say, shortPath } from "./command_line.ts";
import { hearSignals, throwIfInterrupted } from "./interruption.ts";
import { otherSeeds } from "./other_seeds.ts";
import { pageParts } from "./page_parts.ts";

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
  /** How tables are printed; by default as the terminal has room. */
  readonly table?: TableForm | undefined;
  /** What the run was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Ends it before the results are written. */
  readonly signal?: AbortSignal;
}

/**
 * Writes the figures and result files of a run and prints its tables, or results.json. On GitHub Actions, what is
 * unexpected is annotated too, on standard error.
 *
 * @throws {UsageError} Where the output folder cannot be written, or a reproduction is unknown.
 * @throws The reason of the signal.
 */
export async function publish(
  { results, figures, cellTimes }: Pick<Reproduced, "results" | "figures" | "cellTimes">,
  { out, claims, asked, form, table, parameters, signal }: PublishOptions,
): Promise<void> {
  const goOn = () => signal === undefined ? hearSignals() : throwIfInterrupted(signal);
  const written = await writeFigures(out, figures, results, goOn);
  for (const note of written.notes) say(note);
  await goOn();
  const seeds = await otherSeeds(results);
  writeResultsFiles(out, results, claims, {
    written,
    parameters,
    seeds,
    cellTimes,
    ...pageParts(results, root),
  });
  print(
    form === "json"
      ? resultsJson(results)
      : `${consoleText(results, claims, { asked, seeds, table, ...standardOutput() })}Report: ${
        shortPath(`${out}/report.html`)
      }\n`,
  );
  if (Deno.env.get("GITHUB_ACTIONS") === "true") annotations(results, claims).forEach(say);
}

/** What the terminal can show; nothing special where standard output is none. */
export function standardOutput(): Pick<ConsoleTextOptions, "colour" | "columns"> {
  const columns = terminalColumns(Deno.stdout);
  return { colour: columns !== null && !Deno.noColor, columns };
}

/** What is printed, and how. */
export interface ConsoleTextOptions {
  /** The ids of the reproductions that are printed and counted; all of them by default. */
  readonly asked?: readonly string[] | undefined;
  /** The number of seeds of each reproduction that did not take its profile's: the printed commands name it. */
  readonly seeds?: ReadonlyMap<string, number>;
  /** How tables are printed: by default narrow where the terminal is too small for one that is wide. */
  readonly table?: TableForm | undefined;
  /** Whether the text may hold colour. */
  readonly colour?: boolean;
  /** How many columns the terminal has; `null`, the default, where there is none. */
  readonly columns?: number | null;
}

/** No table is asked to be narrower: one column with its name takes as much. */
const leastColumns = 60;

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
  { asked, seeds = new Map(), table, colour = false, columns: available = null }: ConsoleTextOptions = {},
): string {
  const { profile, environment: { data, elapsedMs } } = results;
  const isShown = ({ id }: Results["modules"][number]) => asked === undefined || asked.includes(id);
  const modules = results.modules.filter(isShown);
  // What the cache gave was computed as well, in an earlier run.
  const computeMs = modules.reduce((sum, reproduction) => sum + reproduction.computeMs, 0);
  const kept = results.modules.filter((reproduction) => !isShown(reproduction)).map(({ id }) => id);
  const summary = summarise(modules.flatMap(({ cells }) => cells));
  const own = ({ id }: Results["modules"][number]) => claims.get(id) ?? [];
  const widest = Math.max(
    0,
    ...modules.map((reproduction) => wideTableWidth(reproduction, own(reproduction))),
  );
  const form = table ?? (available !== null && widest > available ? "narrow" : "wide");
  const columns = available === null && form === "wide"
    ? null
    : Math.max(leastColumns, available ?? usualColumns);
  const wrap = (text: string) => wrapText(text, { columns, rest: "  " });
  const reports = modules.map((reproduction) =>
    consoleReport(reproduction, own(reproduction), {
      profile,
      seeds: seeds.get(reproduction.id) ?? null,
      colour,
      form,
      columns,
    })
  );
  const kinds = new Set(modules.flatMap(({ cells }) => cells.map(verdictKind)));
  const shown = [...kinds].filter((kind) => reports.some((report) => report.includes(verdictMarks[kind])));
  const lines = [
    ...wrap(headline({ ...results, modules, summary })),
    ...Object.entries(data).flatMap(([id, used]) => wrap(dataLine(id, used))),
    ...reports,
    "",
    ...(kept.length === 0 ? [] : wrap(`Of an earlier run the report keeps ${kept.join(", ")}.`)),
    ...(form === "narrow" && shown.length > 0 ? wrap(`Marks: ${marksText(shown)}`) : []),
    ...wrap(`${countsLine(summary)}; ${formatTimes({ elapsedMs, computeMs })}`),
  ];
  return `${lines.join("\n")}\n`;
}
