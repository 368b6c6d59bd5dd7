import { dirname } from "@std/path";
import { UsageError } from "../../errors.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { type Baseline, defaultWithin, formatBaselines } from "../golden/baseline.ts";
import { baselinePath, loadBaselines } from "../golden/load_golden.ts";
import type { Profile } from "../reproduction.ts";
import type { Environment, ReproductionResult } from "./results.ts";
import { writeWhole } from "../../files/write_whole.ts";

/** What an acceptance changed. */
export interface Accepted {
  /** Cells that had no baseline. */
  readonly added: readonly string[];
  /** Cells whose value changed. */
  readonly changed: readonly string[];
  /** Cells that were accepted with the value that they had. */
  readonly kept: number;
  /** Baselines of cells that no golden row names any more. */
  readonly removed: readonly string[];
  /**
   * Whether the digest was recorded: only where the run measured every cell that now has a baseline. An older digest
   * goes where it does not hold any more.
   */
  readonly digest: boolean;
}

/**
 * Records the measured cells of a reproduction as its new baselines: cells that were not measured keep theirs.
 *
 * @param golden The folder of the golden files.
 * @param profile The profile of the results.
 * @param module What a run found of the reproduction.
 * @param environment Where they were measured.
 * @throws {UsageError} Where there is nothing to accept, or a stand-in took the place of real data.
 */
export function acceptCells(
  golden: string,
  profile: Profile,
  module: ReproductionResult,
  environment: Pick<Environment, "deno" | "v8" | "os" | "arch" | "commit">,
): Accepted {
  if (profile !== "smoke" && module.cells.some(({ verdict }) => verdict === "stand-in")) {
    throw new UsageError(`Cannot accept ${module.id}: its ${profile} values were measured on a stand-in`);
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
    if (measured.value === null) {
      throw new UsageError(`Cannot accept ${module.id} ${id}: ${measured.error ?? "it is not finite"}`);
    }
    const same = known?.value === measured.value && known.dataDigest === dataDigest;
    if (known === undefined) added.push(id);
    else if (!same) changed.push(id);
    accepted.push(
      same ? known : {
        cell: id,
        value: measured.value,
        standardError: measured.standardError,
        within: defaultWithin(measured.value),
        dataDigest,
        acceptedIn: environment.commit ?? "",
        environment: `deno ${environment.deno}, v8 ${environment.v8}, ${
          environment.os.split(" ")[0]
        } ${environment.arch}`,
      },
    );
  }
  const measured = module.cells.filter((cell) => cell.measured !== null).length;
  if (measured === 0) throw new UsageError(`Cannot accept ${module.id}: no cell of it was measured`);
  const ids = new Set(module.cells.map(({ id }) => id));
  const path = baselinePath(golden, module.id, profile, "csv");
  Deno.mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, formatBaselines(accepted));
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
