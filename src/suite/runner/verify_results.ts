import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { loadAcceptedDigest, loadBaselines, loadClaims } from "../golden/load_golden.ts";
import { oneLine } from "../../one_line.ts";
import { checkResults, type Refuse } from "./check_fit.ts";
import { judgeCells, summarise } from "./judge_cells.ts";
import { measuredCells } from "./measure_cells.ts";
import type { Results } from "./results.ts";

/**
 * Judges results anew against the golden files of this checkout, after it has been seen that they fit together: every value is the
 * mean of its values, every verdict and count is what the file's own numbers give. Nothing is computed but that.
 *
 * @param results Somebody's results.
 * @param root The root of the project.
 * @param file Their file, for messages.
 * @param seeds How many seeds the profile of the results takes of a reproduction: other numbers are held against no baseline.
 * @throws {UsageError} Where something does not fit, with the cell; where there is no cell, a reproduction or cell
 * twice, or one that the golden files do not know.
 * @throws {GoldenError} Where a reproduction has no golden file here.
 */
export function verifyResults(
  results: Results,
  root: string,
  file: string,
  seeds: (reproduction: string) => number | null,
): Results {
  const refuse: Refuse = (what, rule, found) =>
    new UsageError(`Cannot verify ${file}: ${oneLine(what)} must ${rule}: ${oneLine(found)}`);
  if (results.modules.every(({ cells }) => cells.length === 0)) {
    throw refuse("the file", "have a cell", "it has none");
  }
  const golden = join(root, "golden");
  checkResults(results, refuse);
  const modules = results.modules.map((module) => {
    const claims = claimsOfProfile(loadClaims(golden, module.id), results.profile);
    const known = new Set(claims.map(({ cell }) => cell));
    const cells = module.cells.map(({ id }) => id);
    const stray = cells.find((id) => !known.has(id));
    if (stray !== undefined) {
      const reason = `golden/${module.id}.csv has no such row`;
      throw refuse(`the cell ${module.id}/${stray}`, "be a row of the golden file", reason);
    }
    return judgeCells({ ...module, cells: measuredCells(module.cells) }, {
      claims,
      baselines: loadBaselines(golden, module.id, results.profile),
      acceptedDigest: loadAcceptedDigest(golden, module.id, results.profile),
      seeds: seeds(module.id),
    });
  });
  return { ...results, modules, summary: summarise(modules.flatMap(({ cells }) => cells)) };
}
