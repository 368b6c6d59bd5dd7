import { reproductions } from "../../reproductions/mod.ts";
import type { Baseline } from "../../src/suite/golden/baseline.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadBaselines, loadClaims } from "../../src/suite/golden/load_golden.ts";
import type { Profile } from "../../src/suite/reproduction.ts";
import { countsLine } from "../../src/suite/report/headline.ts";
import { judgeCell, summarise } from "../../src/suite/runner/judge_cells.ts";
import type { MeasuredCell } from "../../src/suite/runner/measure_cells.ts";
import { reproductionLines } from "./reproduction_lines.ts";

/** What the block of README.md that is written stands between. */
const begin = "<!-- results: begin (deno task readme) -->";
const end = "<!-- results: end -->";

/**
 * README.md with the accepted values of the profile standard in its block of results.
 *
 * @param root The root of the project.
 * @param text README.md as it is.
 * @throws {RangeError} Where the text has no such block.
 */
export function readmeWithResults(root: string, text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new RangeError(`Cannot write the tables: README.md must hold "${begin}" and "${end}"`);
  }
  return `${text.slice(0, from)}${begin}\n\n${acceptedResults(root, "standard")}\n\n${text.slice(to)}`;
}

/**
 * docs/full.md: the accepted values of the profile full. Such a run takes hours, so its cells were accepted as they finished.
 *
 * @param root The root of the project.
 */
export function fullResults(root: string): string {
  return `# Results of the profile full\n\n${acceptedResults(root, "full")}\n`;
}

/** The accepted values of a profile, held against the golden files. */
function acceptedResults(root: string, profile: Profile): string {
  const golden = `${root}/golden`;
  const accepted = reproductions.map(({ id }) => {
    const claims = claimsOfProfile(loadClaims(golden, id), profile);
    const baselines = loadBaselines(golden, id, profile);
    // A baseline that no golden row names any more is no result.
    const claimed = claims.flatMap(({ cell }) => baselines.get(cell) ?? []);
    const commits = [...new Set(claimed.map(({ acceptedIn }) => acceptedIn.slice(0, 7)))];
    const cells = claims.map((claim) => {
      const baseline = baselines.get(claim.cell);
      return judgeCell(claim, baseline && acceptedAsMeasured(baseline), baseline);
    });
    return { id, claims, measured: claimed.length, commits, cells };
  });
  const sections = accepted.map(({ id, claims, measured, commits, cells }) => {
    const by = commits.length === 0 ? "" : `, by commit ${commits.join(", ")}`;
    return [
      `**${id}**: ${measured} of ${claims.length} cells were measured${by}. ${countsLine(summarise(cells))}.`,
      reproductionLines({ id, cells, digestVerdict: "none" }, claims).join("\n").trimEnd(),
    ].join("\n");
  });
  const preface =
    `The values of \`golden/baseline/${profile}/\`, which \`deno task accept\` recorded from runs on real data, ` +
    "held against the\ngolden files. A standard error is the one that was accepted with the value. A run of today's sources " +
    "says where a value\nmoved. Written by `deno task readme`.";
  return [preface, ...sections, `${countsLine(summarise(accepted.flatMap(({ cells }) => cells)))}.`].join(
    "\n\n",
  );
}

function acceptedAsMeasured({ value, standardError, dataDigest }: Baseline): MeasuredCell {
  return {
    measured: { value, standardError, unitOfError: null, values: [value] },
    dataDigest,
    standIn: false,
  };
}
