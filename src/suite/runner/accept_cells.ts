import { dirname } from "@std/path";
import { UsageError } from "../../errors.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeWhole } from "../../files/write_whole.ts";
import { oneLine } from "../../one_line.ts";
import { type Baseline, defaultWithin, formatBaselines } from "../golden/baseline.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { baselinePath, loadBaselines, loadClaims } from "../golden/load_golden.ts";
import type { Profile } from "../reproduction.ts";
import { checkFit } from "./check_fit.ts";
import type { Environment, ReproductionResult } from "./results.ts";

/** What an acceptance changed. */
export interface Accepted {
  /** Cells that had no baseline. */
  readonly added: readonly string[];
  /** Cells whose value or data changed. */
  readonly changed: readonly string[];
  /** Cells that were accepted with the value that they had; their row is rewritten where the standard error alone changed. */
  readonly kept: number;
  /** Baselines of cells that no golden row names any more. */
  readonly removed: readonly string[];
  /**
   * Whether the digest was recorded: only where the run measured every cell that now has a baseline. An older digest
   * goes where it does not hold any more.
   */
  readonly digest: boolean;
}

/** What results are accepted as. */
export interface AcceptOptions {
  /** The folder of the golden files. */
  readonly golden: string;
  /** The profile of the results. */
  readonly profile: Profile;
  /** How many seeds the profile takes; `null` where nothing is random. */
  readonly seeds: number | null;
  /** Where they were measured. */
  readonly environment: Pick<Environment, "deno" | "v8" | "os" | "arch" | "commit">;
}

/**
 * Records the measured cells of a reproduction as its new baselines: cells that were not measured keep theirs.
 *
 * @param module What a run found of the reproduction.
 * @param options What it is accepted as.
 * @throws {UsageError} Where there is nothing to accept, a stand-in took the place of real data, the results do not fit together,
 * or they were judged by other golden rows or measured with other seeds than the profile has now.
 */
export function acceptCells(
  module: ReproductionResult,
  { golden, profile, seeds, environment }: AcceptOptions,
): Accepted {
  const refuse = (reason: string): UsageError =>
    new UsageError(`Cannot accept ${module.id}: ${oneLine(reason)}`);
  if (profile !== "smoke" && module.cells.some(({ verdict }) => verdict === "stand-in")) {
    throw refuse(`its ${profile} values were measured on a stand-in`);
  }
  checkFit(module, profile, (what, rule, found) => refuse(`${what} must ${rule}: ${found}`));
  const ids = new Set(module.cells.map(({ id }) => id));
  const isOther = ids.symmetricDifference(loadCellIds(golden, module.id, profile)).size > 0;
  if (isOther || ids.size < module.cells.length) {
    throw refuse("it was judged by another golden file: run it again");
  }
  if (module.seeds !== seeds) {
    throw refuse(
      `the profile ${profile} takes ${seeds ?? "no"} seeds: it was run with ${module.seeds ?? "none"}`,
    );
  }
  const old = loadBaselines(golden, module.id, profile);
  const accepted: Baseline[] = [];
  const added: string[] = [];
  const changed: string[] = [];
  for (const { id, measured, dataDigest } of module.cells) {
    const known = old.get(id);
    if (measured === null || dataDigest === null) {
      if (known !== undefined) accepted.push(known);
      continue;
    }
    const { value, standardError } = measured;
    if (value === null) throw refuse(`${id}: ${measured.error ?? "it is not finite"}`);
    const isSame = known?.value === value && known.dataDigest === dataDigest;
    if (known === undefined) added.push(id);
    else if (!isSame) changed.push(id);
    accepted.push(
      isSame && known.standardError === standardError ? known : {
        cell: id,
        value,
        standardError,
        within: defaultWithin(value),
        dataDigest,
        acceptedIn: environment.commit ?? "",
        environment: `deno ${environment.deno}, v8 ${environment.v8}, ${
          environment.os.split(" ")[0]
        } ${environment.arch}`,
      },
    );
  }
  const measured = module.cells.filter((cell) => cell.measured !== null).length;
  if (measured === 0) throw refuse("no cell of it was measured");
  writeBaselines(golden, module.id, profile, accepted);
  const removed = [...old.keys()].filter((cell) => !ids.has(cell));
  // What the profile leaves out has no baseline; what this run left out keeps an older one.
  const digest = accepted.length === measured;
  const digestPath = baselinePath(golden, module.id, profile, "digest");
  if (digest) writeWhole(digestPath, `${module.digest}\n`);
  // The digest of a whole run does not hold for values of several.
  else if (added.length + changed.length + removed.length > 0) removeIfThere(digestPath);
  return {
    added,
    changed,
    kept: measured - added.length - changed.length,
    removed,
    digest,
  };
}

/**
 * Removes the baselines of cells that no golden row of the profile names any more, and the digest where any went: it was over them too.
 *
 * @param golden The folder of the golden files.
 * @param id The reproduction.
 * @returns The cells whose baselines went.
 */
export function pruneBaselines(golden: string, id: string, profile: Profile): string[] {
  const cells = loadCellIds(golden, id, profile);
  const old = loadBaselines(golden, id, profile);
  const removed = [...old.keys()].filter((cell) => !cells.has(cell));
  if (removed.length === 0) return [];
  writeBaselines(golden, id, profile, old.values().filter(({ cell }) => cells.has(cell)));
  removeIfThere(baselinePath(golden, id, profile, "digest"));
  return removed;
}

/** The cells of the golden rows of a profile. */
function loadCellIds(golden: string, id: string, profile: Profile): Set<string> {
  return new Set(claimsOfProfile(loadClaims(golden, id), profile).map(({ cell }) => cell));
}

function writeBaselines(golden: string, id: string, profile: Profile, baselines: Iterable<Baseline>): void {
  const path = baselinePath(golden, id, profile, "csv");
  Deno.mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, formatBaselines(baselines));
}
