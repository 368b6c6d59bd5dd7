import { findReproduction } from "../../reproductions/mod.ts";
import type { Results } from "../../src/suite/runner/results.ts";

/**
 * The number of seeds of each reproduction that was run with another one than its profile's. The command that measures one of its
 * cells must name it: cells of other seeds are not kept beside each other.
 *
 * @throws {UsageError} Where a reproduction is unknown.
 */
export async function otherSeeds(
  { profile, modules }: {
    readonly profile: Results["profile"];
    readonly modules: readonly Pick<Results["modules"][number], "id" | "seeds">[];
  },
): Promise<Map<string, number>> {
  const seeds = new Map<string, number>();
  for (const { id, seeds: taken } of modules) {
    const { profiles } = await findReproduction(id).load();
    if (taken !== null && taken !== profiles[profile]?.seeds) seeds.set(id, taken);
  }
  return seeds;
}
