import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import type { Claim } from "../golden/claim.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { judge, meanOf } from "../golden/judge.ts";
import { loadAcceptedDigest, loadBaselines, loadClaims } from "../golden/load_golden.ts";
import { oneLine } from "../../one_line.ts";
import { cellsDigest, judgeCells, summarise } from "./judge_cells.ts";
import type { CellResult, ReproductionResult, Results } from "./results.ts";

/**
 * Judges results anew against the golden files of this checkout, after it has been seen that they fit together: every value is the
 * mean of its values, every verdict and count is what the file's own numbers give. Nothing is computed but that.
 *
 * @param results Somebody's results.
 * @param root The root of the project.
 * @param file Their file, for messages.
 * @throws {UsageError} Where something does not fit, with the cell; where there is no cell, a reproduction or cell
 * twice, or one that the golden files do not know.
 * @throws {GoldenError} Where a reproduction has no golden file here.
 */
export function verifyResults(results: Results, root: string, file: string): Results {
  const refuse = (what: string, rule: string, found: string): UsageError =>
    new UsageError(`Cannot verify ${file}: ${oneLine(what)} must ${rule}: ${oneLine(found)}`);
  const same = (what: string, found: unknown, expected: unknown, rule: string): void => {
    const [is, must] = [found, expected].map((value) => JSON.stringify(value));
    if (is !== must) throw refuse(what, `${rule}, ${must}`, `it is ${is}`);
  };
  const ids = results.modules.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw refuse(`the reproduction ${twice}`, "stand in the file once", "it stands there twice");
  }
  if (results.modules.every(({ cells }) => cells.length === 0)) {
    throw refuse("the file", "have a cell", "it has none");
  }
  const golden = join(root, "golden");
  for (const module of results.modules) checkFit(module, same);
  same(
    "the summary",
    results.summary,
    summarise(results.modules.flatMap(({ cells }) => cells)),
    "count the verdicts",
  );
  const modules = results.modules.map((module) => {
    const claims = claimsOfProfile(loadClaims(golden, module.id), results.profile);
    const known = new Set(claims.map(({ cell }) => cell));
    const cells = module.cells.map(({ id }) => id);
    const stray = cells.find((id, i) => !known.has(id) || cells.indexOf(id) !== i);
    if (stray !== undefined) {
      const reason = known.has(stray) ? "it stands there twice" : `golden/${module.id}.csv has no such row`;
      throw refuse(`the cell ${module.id}/${stray}`, "be a row of the golden file, once", reason);
    }
    return judgeCells({ ...module, cells: measuredOf(module) }, {
      claims,
      baselines: loadBaselines(golden, module.id, results.profile),
      acceptedDigest: loadAcceptedDigest(golden, module.id, results.profile),
    });
  });
  return { ...results, modules, summary: summarise(modules.flatMap(({ cells }) => cells)) };
}

type Same = (what: string, found: unknown, expected: unknown, rule: string) => void;

/** Holds what a file says of a reproduction against what its own numbers give. */
function checkFit({ id, cells, digest, summary }: ReproductionResult, same: Same): void {
  for (const cell of cells) {
    const name = `the cell ${id}/${cell.id}`;
    const { measured } = cell;
    if (measured !== null) {
      const mean = meanOf(measured.values);
      same(
        `${name}: value`,
        measured.value,
        Number.isFinite(mean) ? mean : null,
        "be the mean of its values",
      );
    }
    const { deviation, verdict } = judge(claimOf(cell), measured, cell.verdict === "stand-in");
    same(`${name}: verdict`, cell.verdict, verdict, "be what its numbers give");
    same(`${name}: deviation`, cell.deviation, deviation, "be what its numbers give");
  }
  same(`the digest of ${id}`, digest, cellsDigest(cells), "be that of its values");
  same(`the summary of ${id}`, summary, summarise(cells), "count its verdicts");
}

/** The claim that a file says a cell was judged by. */
function claimOf({ id, quantity, unit, published, source, role, tolerance, expect }: CellResult): Claim {
  const place = { table: "", row: "", column: "", because: "", profile: null, line: 0 };
  return { cell: id, quantity, unit, published, source, role, tolerance, expect, ...place };
}

function measuredOf({ cells }: ReproductionResult): Parameters<typeof judgeCells>[0]["cells"] {
  return new Map(
    cells.flatMap(({ id, measured, dataDigest, verdict }) =>
      measured === null || dataDigest === null
        ? []
        : [[id, { measured, dataDigest, standIn: verdict === "stand-in" }] as const]
    ),
  );
}
