import { styleText } from "node:util";
import type { Claim } from "../golden/claim.ts";
import type { Profile } from "../reproduction.ts";
import { cellCommand } from "./cell_command.ts";
import { findingLine, listFindings } from "./deviations.ts";
import { formatTimes } from "./format_duration.ts";
import { countsLine } from "./headline.ts";
import { reproductionTables } from "./reproduction_tables.ts";
import type { ReproductionResult } from "../runner/results.ts";

/** How a reproduction is printed. */
export interface ConsoleOptions {
  /** The profile of the run. */
  readonly profile: Profile;
  /** The number of seeds, where it is not the profile's; else `null`. */
  readonly seeds: number | null;
  /** Whether the text may hold colour. */
  readonly colour: boolean;
}

/**
 * What is printed of one reproduction: its paper, its tables, what is not as claimed and why, and the counts with the times. The word
 * carries the verdict; colour, where the terminal has it, repeats it.
 *
 * @param reproduction The judged reproduction.
 * @param claims Its claims.
 * @param options How it is printed.
 */
export function consoleReport(
  reproduction: ReproductionResult,
  claims: readonly Claim[],
  { profile, seeds, colour }: ConsoleOptions,
): string {
  const { id, paper: { authors, title, venue, year }, failures, summary } = reproduction;
  const lines = ["", `${id}: ${authors.join(", ")}: ${title}. ${venue}, ${year}`];
  for (const { heading, lines: table } of reproductionTables(reproduction, claims)) {
    lines.push("", heading, "", ...(colour ? table.map(colourVerdicts) : table));
  }
  lines.push("");
  for (const finding of listFindings(reproduction, claims)) {
    lines.push(`- ${findingLine(finding)}`);
    const [first] = finding.cells;
    if (!finding.known && first !== undefined) {
      lines.push(`  alone: ${cellCommand(id, first, profile, seeds)}`);
    }
  }
  for (const { job, message } of failures) lines.push(`- the job ${job} failed: ${message}`);
  lines.push(`${countsLine(summary)}; ${formatTimes(reproduction)}`);
  return lines.join("\n");
}

/** Repeats the verdicts of one line of a table in colour. */
function colourVerdicts(line: string): string {
  const style = (format: "green" | "yellow" | "red") => (word: string) =>
    styleText(format, word, { validateStream: false });
  return line
    .replaceAll(/\b(agrees|holds)\b(?=,| +\|)/g, style("green"))
    .replaceAll(/\b(deviates|undecided|fails) \(expected\)/g, style("yellow"))
    .replaceAll(/\b(agrees|deviates|holds|undecided|fails) \(unexpected\)|\bbaseline moved\b/g, style("red"));
}
