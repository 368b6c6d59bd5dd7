import type { Results } from "../runner/results.ts";

/** What of a run is no result, since it was measured on stand-ins. */
export interface StandIns {
  /** The data sets that stand-ins took the place of. */
  readonly datasets: readonly string[];
  /** How many cells were measured on them. */
  readonly cells: number;
  /** How many cells were measured on real data, or need none. */
  readonly others: number;
}

/**
 * What was measured on stand-ins. The cells decide: a data set that no measured cell read may have been a stand-in without harm.
 *
 * @returns `null` where no cell was.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * assertEquals(findStandIns(fixedResults), null);
 * const summary = { ...fixedResults.summary, cells: 11, notMeasured: 1, standIn: 3 };
 * assertEquals(findStandIns({ ...fixedResults, summary }), { datasets: [], cells: 3, others: 7 });
 * ```
 */
export function findStandIns(
  { environment, summary }: Pick<Results, "environment" | "summary">,
): StandIns | null {
  const { cells, standIn, notMeasured } = summary;
  if (standIn === 0) return null;
  const datasets = Object.entries(environment.data).filter(([, { source }]) => source === "stand-in")
    .map(([id]) => id);
  return { datasets, cells: standIn, others: cells - notMeasured - standIn };
}
