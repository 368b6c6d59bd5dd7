import { join } from "@std/path";
import { describeError } from "../../files/describe_error.ts";
import { isFile } from "../../files/is_file.ts";
import type { Profile } from "../reproduction.ts";
import type { Machine } from "./environment.ts";
import { type DataNow, type MeasuredCell, measuredCells } from "./measure_cells.ts";
import { readSoundResults } from "./read_sound_results.ts";
import type { ReproductionResult, Results } from "./results.ts";

/**
 * The results that an earlier run left in an output folder, where a run of this profile can keep cells of them.
 *
 * @param out The output folder.
 * @param profile The profile of this run.
 * @param machine What this run computes with: bits are promised for one Deno and one kind of processor.
 * @param say Hears why results that are there are not kept.
 * @returns `null` where there are none, they cannot be read, do not fit together, or are of another kind of run.
 */
export function readEarlier(
  out: string,
  profile: Profile,
  machine: Pick<Machine, "deno" | "arch">,
  say: (reason: string) => void = () => {},
): Results | null {
  const path = join(out, "results.json");
  const replaced = `this run replaces ${path}`;
  try {
    if (!isFile(path)) return null;
    const results = readSoundResults(path, "Cannot keep cells of");
    const { deno, arch } = results.environment;
    if (results.profile === profile && deno === machine.deno && arch === machine.arch) return results;
    say(
      `${replaced}, which is of the profile ${results.profile} on Deno ${deno}, ${arch}: its finished jobs are kept`,
    );
  } catch (error) {
    // What cannot be read cannot be kept either; this run writes it anew.
    say(`${describeError(error)}: ${replaced}`);
  }
  return null;
}

/** What tells whether a cell of an earlier run is what this one would measure. */
export interface Provenance {
  /** The source digest of the tasks. */
  readonly sources: string;
  /** The source digest of the plan. */
  readonly planSources: string;
  readonly seeds: number | null;
  /** The data of each cell, where its files were verified. */
  readonly data: ReadonlyMap<string, DataNow>;
  /** The cells whose jobs are all stored under the keys that they have now, measured from them. */
  readonly stored: ReadonlyMap<string, MeasuredCell>;
}

/**
 * The cells of an earlier run that still hold. One whose jobs are all stored under the keys that they have now is measured anew from
 * them. Of any other the value itself stays, where tasks and plan are the same code and its data is the same, or is not at hand
 * now: then nothing else was seen, and its digest still says what it was measured on.
 *
 * @param earlier What the earlier run found of the reproduction.
 * @param now What this run would measure it with.
 * @returns None where this run takes other seeds.
 */
export function keptCells(
  earlier: Pick<ReproductionResult, "sources" | "planSources" | "seeds" | "cells"> | undefined,
  now: Provenance,
): Map<string, MeasuredCell> {
  if (earlier === undefined || earlier.seeds !== now.seeds) return new Map();
  const isSameCode = earlier.sources === now.sources && earlier.planSources === now.planSources;
  return new Map(
    measuredCells(earlier.cells).entries().flatMap(([id, before]): [string, MeasuredCell][] => {
      const anew = now.stored.get(id);
      // A stand-in is no measurement of what real data was measured for.
      if (anew !== undefined && (before.standIn || !anew.standIn)) return [[id, anew]];
      const data = now.data.get(id);
      const isSameData = data === before.dataDigest || data === "not at hand";
      return isSameCode && isSameData ? [[id, before]] : [];
    }),
  );
}
