import { reproductions } from "../reproductions/mod.ts";
import type { Baseline } from "../src/golden/baseline.ts";
import { claimsOfProfile } from "../src/golden/claims_of_profile.ts";
import { loadBaselines, loadClaims } from "../src/golden/load_golden.ts";
import { judgeCell } from "../src/runner/judge_module.ts";
import type { MeasuredCell } from "../src/runner/measure_module.ts";
import { moduleLines } from "./module_lines.ts";

/**
 * docs/full.md: what runs of the profile full measured, from the accepted values. Such a run takes hours, so its cells were
 * accepted as they finished.
 *
 * @param root The root of the project.
 */
export function fullResults(root: string): string {
  const golden = `${root}/golden`;
  const modules = reproductions.flatMap(({ id }) => {
    const claims = claimsOfProfile(loadClaims(golden, id), "full");
    const baselines = loadBaselines(golden, id, "full");
    const cells = claims.map((claim) => {
      const baseline = baselines.get(claim.cell);
      return judgeCell(claim, baseline && measuredOf(baseline), baseline);
    });
    const commits = [...new Set([...baselines.values()].map(({ acceptedIn }) => acceptedIn.slice(0, 7)))];
    return [
      "",
      `## ${id}`,
      "",
      `${baselines.size} of ${claims.length} cells, measured by commit ${commits.join(", ")}.`,
      moduleLines({ id, cells, digestVerdict: "none" }, claims).join("\n").trimEnd(),
    ];
  });
  return `${[...preface, ...modules].join("\n").trimEnd()}\n`;
}

const preface = [
  "# Results of the profile full",
  "",
  "The values of `golden/baseline/full/`, which `deno task accept` recorded from runs of that profile on real data,",
  "held against the golden files. A run of today's sources says where a value moved. Written by `deno task full`.",
];

function measuredOf({ value, standardError, dataDigest }: Baseline): MeasuredCell {
  return {
    measured: { value, standardError, unitOfError: null, values: [value] },
    dataDigest,
    standIn: false,
  };
}
