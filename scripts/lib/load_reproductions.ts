import { findReproduction, type ReproductionEntry, reproductions } from "../../reproductions/mod.ts";
import type { Profile } from "../../src/suite/reproduction.ts";
import { findSettings, type LoadedReproduction } from "../../src/suite/runner/plan_run.ts";
import type { Results } from "../../src/suite/runner/results.ts";

/**
 * Loads the reproductions that a command line names, or all of them, in the order in which they are reported.
 *
 * @throws {UsageError} Where one is unknown.
 */
export function loadReproductions(ids: readonly string[]): Promise<LoadedReproduction[]> {
  const named = new Set(ids.map(findReproduction));
  return Promise.all(reproductions.filter((entry) => named.size === 0 || named.has(entry)).map(load));
}

/**
 * Loads those that an earlier run measured beside the ones that are asked for: their cells are kept.
 *
 * @param earlier The results of that run.
 * @param asked What is asked for now.
 */
export function loadKept(
  earlier: Results | null,
  asked: readonly LoadedReproduction[],
): Promise<LoadedReproduction[]> {
  const isAsked = (id: string) => asked.some(({ reproduction }) => reproduction.id === id);
  const wasMeasured = new Set(earlier?.modules.map(({ id }) => id));
  return Promise.all(reproductions.filter(({ id }) => wasMeasured.has(id) && !isAsked(id)).map(load));
}

async function load({ tasksUrl, planUrl, load }: ReproductionEntry): Promise<LoadedReproduction> {
  return { tasksUrl, planUrl, reproduction: await load() };
}

/**
 * How many seeds a profile of a reproduction takes, as its baselines do; `null` where nothing is random.
 *
 * @throws {UsageError} Where the reproduction is unknown, or does not have the profile.
 */
export async function loadSeeds(id: string, profile: Profile): Promise<number | null> {
  return findSettings(await findReproduction(id).load(), profile).seeds;
}
