import { findReproduction, reproductions } from "../reproductions/mod.ts";
import type { LoadedReproduction } from "../src/runner/plan_run.ts";

/**
 * Loads the reproductions that a command line names, or all of them.
 *
 * @throws {UsageError} Where one is unknown.
 */
export function loadModules(ids: readonly string[]): Promise<LoadedReproduction[]> {
  const entries = ids.length === 0 ? reproductions : [...new Set(ids)].map(findReproduction);
  return Promise.all(entries.map(async ({ url, load }) => ({ url, reproduction: await load() })));
}
