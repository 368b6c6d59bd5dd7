import { join } from "@std/path";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { loadAcceptedDigest, loadBaselines, loadClaims } from "../golden/load_golden.ts";
import { judgeModule, summariseVerdicts } from "./judge_module.ts";
import type { Results } from "./results.ts";

/**
 * Judges results anew against the golden files of this checkout. Nothing is computed but verdicts, and none of
 * the file's own verdicts is believed, but that a cell ran on a stand-in.
 *
 * @param results Somebody's results.
 * @param root The root of the project.
 * @throws {GoldenError} Where a module has no golden file here.
 */
export function verifyResults(results: Results, root: string): Results {
  const golden = join(root, "golden");
  const modules = results.modules.map((module) => {
    const cells = new Map(
      module.cells.flatMap(({ id, measured, dataDigest, verdict }) => {
        const standIn = verdict === "stand-in";
        return measured === null || dataDigest === null
          ? []
          : [[id, { measured, dataDigest, standIn }] as const];
      }),
    );
    return judgeModule({ ...module, cells }, {
      claims: claimsOfProfile(loadClaims(golden, module.id), results.profile),
      baselines: loadBaselines(golden, module.id, results.profile),
      acceptedDigest: loadAcceptedDigest(golden, module.id, results.profile),
    });
  });
  return { ...results, modules, summary: summariseVerdicts(modules) };
}
