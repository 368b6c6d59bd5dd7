import type { Cell } from "../reproduction.ts";
import type { JobResults } from "./job_results.ts";
import type { PlannedJob } from "./plan_run.ts";

/** How long each cell computed, in ms: by the id of the reproduction, then by the id of the cell. */
export type CellTimes = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * How long each measured cell computed: the time of each of its jobs, divided among the measured cells that need it. So the times of
 * all cells add up to that of their jobs, whenever these ran.
 *
 * @param planned The cells of a reproduction and their jobs.
 * @param results What the jobs gave.
 * @param isMeasured Whether a cell was measured; the others have no time.
 * @returns Milliseconds by the id of the cell. A cell whose jobs are stored no longer, as of an earlier run, has none.
 */
export function cellTimes(
  planned: { readonly cells: readonly Cell[]; readonly jobs: readonly Pick<PlannedJob, "id" | "key">[] },
  results: Pick<JobResults, "get">,
  isMeasured: (cell: string) => boolean,
): Map<string, number> {
  const measured = planned.cells.filter(({ id }) => isMeasured(id)).map(({ id, jobs }) => ({
    id,
    jobs: [...new Set(jobs.map((job) => job.id))],
  }));
  const users = Map.groupBy(measured.flatMap(({ jobs }) => jobs), (job) => job);
  const took = new Map(planned.jobs.map(({ id, key }) => [id, results.get(key)?.elapsedMs]));
  return new Map(measured.flatMap(({ id, jobs }): [string, number][] => {
    const shares = jobs.map((job) => (took.get(job) ?? NaN) / users.get(job)!.length);
    const time = shares.reduce((sum, share) => sum + share, 0);
    return Number.isNaN(time) ? [] : [[id, time]];
  }));
}
