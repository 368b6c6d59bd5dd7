import type { Claim } from "../golden/claim.ts";
import { findingLine, listFindings } from "./deviations.ts";
import { codeSpan, escapeMarkdown, escapeTags } from "./escape_markdown.ts";
import { countsLine, dataLine, headline } from "./headline.ts";
import { reproductionTables } from "./reproduction_tables.ts";
import type { Results } from "../runner/results.ts";

/** summary.md: what a job summary shows; per reproduction the counts and tables in the paper's layout, then what is not as claimed and why. */
export function summaryMarkdown(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string {
  const lines = ["# Reproduction", "", headline(results), ""];
  for (const reproduction of results.modules) {
    const { id, failures, summary, paper: { title, authors, venue, year } } = reproduction;
    const own = claims.get(id) ?? [];
    lines.push(`## ${escapeMarkdown(id)}`, "");
    lines.push(
      escapeMarkdown(`${authors.join(", ")}: ${title}. ${venue}, ${year}.`),
      "",
      `${countsLine(summary)}.`,
      "",
    );
    for (const table of reproductionTables(reproduction, own)) {
      lines.push(`### ${escapeMarkdown(table.heading)}`, "", ...table.lines.map(escapeTags), "");
    }
    for (const { text, ...finding } of listFindings(reproduction, own)) {
      lines.push(`- ${findingLine({ ...finding, text: escapeMarkdown(text) }, codeSpan)}`);
    }
    for (const { job, message } of failures) {
      lines.push(`- the job ${codeSpan(job)} failed: ${escapeMarkdown(message)}`);
    }
    lines.push("");
  }
  lines.push("## All together", "", `${countsLine(results.summary)}.`, "");
  for (const [id, data] of Object.entries(results.environment.data)) {
    lines.push(`- ${escapeMarkdown(dataLine(id, data))}`);
  }
  return `${lines.join("\n").replaceAll(/\n{3,}/g, "\n\n").trimEnd()}\n`;
}
