import { join } from "@std/path";
import { ifThere } from "../../files/if_there.ts";
import { readTextAtMost } from "../../files/read_text_at_most.ts";
import type { Profile } from "../reproduction.ts";
import type { Machine } from "./environment.ts";
import type { MeasuredCell } from "./measure_cells.ts";
import { parseResults, type ReproductionResult, type Results } from "./results.ts";

/** A hundred times the size of that of every reproduction. */
const maxBytes = 2 ** 28;

/**
 * The results that an earlier run left in an output folder, where a run of this profile can keep cells of them.
 *
 * @param out The output folder.
 * @param profile The profile of this run.
 * @param machine What this run computes with: bits are promised for one Deno and one kind of processor.
 * @returns `null` where there are none, they cannot be read, or they are of another kind of run.
 */
export function readEarlier(
  out: string,
  profile: Profile,
  machine: Pick<Machine, "deno" | "arch">,
): Results | null {
  const path = join(out, "results.json");
  try {
    const text = ifThere(() => readTextAtMost(path, maxBytes), null);
    if (text === null) return null;
    const results = parseResults(text, path);
    const { deno, arch } = results.environment;
    return results.profile === profile && deno === machine.deno && arch === machine.arch ? results : null;
  } catch {
    // What cannot be read cannot be kept either; this run writes it anew.
    return null;
  }
}

/** What tells whether a cell of an earlier run is what this one would measure. */
export interface Provenance {
  readonly sources: string;
  readonly seeds: number | null;
  /** The digest of the data of each cell, where it is known. */
  readonly dataDigests: ReadonlyMap<string, string>;
}

/**
 * The cells of an earlier run that still hold: measured by the same code, from the same data, with as many seeds.
 *
 * @param earlier What the earlier run found of the reproduction.
 * @param now What this run would measure it with.
 */
export function keptCells(
  earlier: ReproductionResult | undefined,
  { sources, seeds, dataDigests }: Provenance,
): Map<string, MeasuredCell> {
  if (earlier === undefined || earlier.sources !== sources || earlier.seeds !== seeds) return new Map();
  return new Map(
    earlier.cells.flatMap(({ id, measured, dataDigest, verdict }) =>
      measured === null || dataDigest === null || dataDigests.get(id) !== dataDigest
        ? []
        : [[id, { measured, dataDigest, standIn: verdict === "stand-in" }] as const]
    ),
  );
}
