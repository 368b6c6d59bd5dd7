import { styleText } from "node:util";
import type { Claim } from "../golden/claim.ts";
import type { Profile } from "../reproduction.ts";
import { cellCommand } from "./cell_command.ts";
import { findingsOf } from "./deviations.ts";
import { moduleTables } from "./module_tables.ts";
import type { ModuleResult } from "../runner/results.ts";

/**
 * What is printed of one module: its paper, its tables, and what deviates and why. The word carries the verdict;
 * colour, where the terminal has it, repeats it.
 *
 * @param module The judged module.
 * @param claims Its claims.
 * @param options The profile of the run, and whether the text may hold colour.
 */
export function consoleReport(
  module: ModuleResult,
  claims: readonly Claim[],
  { profile, colour }: { readonly profile: Profile; readonly colour: boolean },
): string {
  const { authors, title, venue, year } = module.paper;
  const lines = ["", `${module.id}: ${authors.join(", ")}: ${title}. ${venue}, ${year}`];
  for (const table of moduleTables(module, claims)) lines.push("", table.heading, "", ...table.lines);
  const findings = findingsOf(module, claims);
  if (findings.length > 0) lines.push("");
  for (const { text, cells } of findings) {
    lines.push(`- ${cells.join(", ")}: ${text}`);
    if (!text.startsWith("deviates as expected") && cells[0] !== module.id) {
      lines.push(`  alone: ${cellCommand(module.id, cells[0]!, profile)}`);
    }
  }
  for (const { job, message } of module.failures) lines.push(`- the job ${job} failed: ${message}`);
  const text = lines.join("\n");
  return colour ? paint(text) : text;
}

function paint(text: string): string {
  const style = (format: "green" | "yellow" | "red") => (word: string) =>
    styleText(format, word, { validateStream: false });
  return text
    .replaceAll(/\bagrees\b(?!,)/g, style("green"))
    .replaceAll(/\bdeviates \(expected\)/g, style("yellow"))
    .replaceAll(/\bdeviates(?= +\||, baseline)/g, style("red"));
}
