/**
 * The sentences that open and close a report, the same on the console and in summary.md.
 *
 * @module
 */
import type { DatasetUsed, Results, Summary } from "../runner/results.ts";

/** One sentence on what the results are, or that they are none. */
export function headline(results: Results): string {
  const { profile, environment } = results;
  if (profile === "smoke") {
    return "Profile smoke, on built-in stand-ins: this is no result; only the baselines are judged.";
  }
  const standIns = Object.entries(environment.data).filter(([, data]) => data.source === "stand-in");
  if (standIns.length > 0) {
    return `Profile ${profile}, on a STAND-IN for ${
      standIns.map(([id]) => id).join(", ")
    }: the numbers below are no result. Fetch the data with \`deno task fetch-data ${standIns[0]![0]}\`.`;
  }
  return `Profile ${profile}, on real data.`;
}

/** The counts over all cells. */
export function countsLine(summary: Summary): string {
  const { cells, agrees, deviates, unexpected, moved, standIn, notMeasured } = summary;
  const parts = [`${agrees} agree`, `${deviates} deviate`, `${unexpected} unexpected`, `${moved} moved`];
  if (standIn > 0) parts.push(`${standIn} on a stand-in`);
  return `${cells} cells: ${parts.join(", ")}, ${notMeasured} not measured`;
}

/** One line on a data set that was used. */
export function dataLine(id: string, data: DatasetUsed): string {
  const files = data.source === "stand-in"
    ? "built-in stand-in"
    : `${data.files.length} files read, from the ${data.source === "folder" ? "data folder" : "download"}`;
  return [`${id}: ${files}`, ...data.notes].join("; ");
}
