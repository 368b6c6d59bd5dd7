import type { Claim } from "../golden/claim.ts";
import { isUnexpected } from "../runner/judge_cells.ts";
import type { CellResult, Results } from "../runner/results.ts";
import { formatAllowed, formatMeasured, formatVerdict } from "./format_number.ts";
import { findStandIns } from "./stand_ins.ts";

/**
 * Workflow commands of GitHub Actions: an error for each cell whose verdict is not the expected one or whose baseline
 * moved, at its row of the golden file, for each moved digest and for each job that failed; a warning for each data set
 * that a stand-in took the place of, where cells were measured on one. The caller prints them where that is the environment.
 *
 * @param results The judged results.
 * @param claims The claims of each reproduction, for the lines of the golden files.
 * @returns One command a line; none where all is as expected.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixedClaims, fixedResults } from "./testdata/fixed_results.ts";
 *
 * assertEquals(
 *   annotations(fixedResults, fixedClaims)[0],
 *   "::error file=golden/toy_paper.csv,line=4,title=toy_paper table/2/a::deviates (unexpected), baseline moved: " +
 *     "number, published 21.92, measured 30.00 %25, allowed ±3; the golden file expects agrees; accepted 29",
 * );
 * ```
 */
export function annotations(results: Results, claims: ReadonlyMap<string, readonly Claim[]>): string[] {
  const lines = results.modules.flatMap(({ id, cells, failures, digestVerdict }) => {
    const rows = new Map((claims.get(id) ?? []).map(({ cell, line }) => [cell, line]));
    const own = cells.filter((cell) => isUnexpected(cell) || cell.baseline?.verdict === "moved").map(
      (cell) => {
        const line = rows.get(cell.id);
        const place = line === undefined ? {} : { file: `golden/${id}.csv`, line: String(line) };
        return command("error", { ...place, title: `${id} ${cell.id}` }, describe(cell));
      },
    );
    const failed = failures.map(({ job, message }) =>
      command("error", { title: `${id}: the job ${job} failed` }, message)
    );
    const digest = digestVerdict === "moved"
      ? [
        command(
          "error",
          { title: `${id}: digest moved` },
          "The digest over all values is not the accepted one",
        ),
      ]
      : [];
    return [...own, ...digest, ...failed];
  });
  if (results.profile === "smoke") return lines;
  const standIns = (findStandIns(results)?.datasets ?? [])
    .map((id) => command("warning", { title: `stand-in for ${id}` }, "What ran on it is no result"));
  return [...lines, ...standIns];
}

function describe(cell: CellResult): string {
  const { role, published, unit, tolerance, expect, baseline } = cell;
  const accepted = baseline?.verdict === "moved" ? `; accepted ${baseline.value}` : "";
  return `${formatVerdict(cell)}: ${role}, published ${published?.text ?? "no number"}, measured ${
    [formatMeasured(cell), unit].filter((part) => part !== "").join(" ")
  }, allowed ${formatAllowed(tolerance)}; the golden file expects ${expect}${accepted}`;
}

/** Escaped as actions/toolkit does: a property ends at a comma or a colon, a message at the end of its line. */
function command(
  level: "error" | "warning",
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`).join(",");
  return `::${level} ${list}::${data(message)}`;
}
