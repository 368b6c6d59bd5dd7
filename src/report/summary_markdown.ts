import type { Claim } from "../golden/claim.ts";
import { findingsOf } from "./deviations.ts";
import { codeSpan, escapeMarkdown, escapeTags } from "./escape_markdown.ts";
import { countsLine, dataLine, headline } from "./headline.ts";
import { moduleTables } from "./module_tables.ts";
import type { Results } from "../runner/results.ts";

/** summary.md: what a job summary shows; per module the tables in the paper's layout, then what deviates and why. */
export function summaryMarkdown(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string {
  const lines = ["# Reproduction", "", headline(results), ""];
  for (const module of results.modules) {
    const { title, authors, venue, year } = module.paper;
    lines.push(`## ${escapeMarkdown(module.id)}`, "");
    lines.push(escapeMarkdown(`${authors.join(", ")}: ${title}. ${venue}, ${year}.`), "");
    for (const table of moduleTables(module, claims.get(module.id) ?? [])) {
      lines.push(`### ${escapeMarkdown(table.heading)}`, "", ...table.lines.map(escapeTags), "");
    }
    for (const { text, cells } of findingsOf(module, claims.get(module.id) ?? [])) {
      lines.push(`- ${cells.map(codeSpan).join(", ")}: ${escapeMarkdown(text)}`);
    }
    for (const { job, message } of module.failures) {
      lines.push(`- the job ${codeSpan(job)} failed: ${escapeMarkdown(message)}`);
    }
    lines.push("");
  }
  lines.push(countsLine(results.summary), "");
  for (const [id, data] of Object.entries(results.environment.data)) {
    lines.push(`- ${escapeMarkdown(dataLine(id, data))}`);
  }
  return `${lines.join("\n").replaceAll(/\n{3,}/g, "\n\n").trimEnd()}\n`;
}
