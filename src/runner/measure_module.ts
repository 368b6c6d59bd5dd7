import { GoldenError } from "../errors.ts";
import type { Claim } from "../golden/claim.ts";
import { type Measured, summarise } from "../golden/judge.ts";
import type { Reproduction } from "../reproduction.ts";
import { type DataAccess, dataDigest, isStandIn } from "./data_access.ts";
import { parseExact } from "./exact_json.ts";
import type { PlannedJob } from "./plan_run.ts";
import type { Store } from "./store.ts";

/** A cell as measured, and what it was measured on. */
export interface MeasuredCell {
  readonly measured: Measured;
  /** The SHA-256 over the data that its jobs read. */
  readonly dataDigest: string;
  /** Whether a stand-in took the place of real data. */
  readonly standIn: boolean;
}

/** What the cells of a module are measured from. */
export interface FinishedModule {
  readonly reproduction: Reproduction;
  /** The claims of the profile. */
  readonly claims: readonly Claim[];
  /** Every job that a wanted cell needs, finished or not, in the order of the reproduction. */
  readonly jobs: readonly Omit<PlannedJob, "parameters">[];
}

/** A job that has finished. */
export interface FinishedJob {
  readonly id: string;
  readonly cells: readonly string[];
  readonly result: unknown;
}

/** Reads the results of the jobs that have finished, in the order of the plan. */
export function readFinished(
  { jobs }: FinishedModule,
  results: Pick<Store, "get">,
): FinishedJob[] {
  return jobs.flatMap(({ id, cells, key }) => {
    const stored = results.get(key);
    return stored === undefined ? [] : [{ id, cells, result: parseExact(new TextDecoder().decode(stored)) }];
  });
}

/**
 * Measures every wanted cell whose jobs have all finished.
 *
 * @param module The module and its jobs.
 * @param finished Those that have finished.
 * @param data The data sets of the run.
 * @param wanted Whether a cell is wanted.
 * @returns The measured cells by id.
 * @throws {GoldenError} Where a job names a cell that has no golden row.
 */
export function measureModule(
  { reproduction, claims, jobs }: FinishedModule,
  finished: readonly FinishedJob[],
  data: DataAccess,
  wanted: (cell: string) => boolean,
): Map<string, MeasuredCell> {
  const known = new Set(claims.map((claim) => claim.cell));
  const stray = jobs.flatMap((job) => job.cells).find((cell) => !known.has(cell));
  if (stray !== undefined) {
    throw new GoldenError(
      `golden/${reproduction.id}.csv has no row for the cell ${stray}: add one with its claim`,
    );
  }
  const measured = new Map<string, MeasuredCell>();
  for (const { cell } of claims.filter((claim) => wanted(claim.cell))) {
    const needed = jobs.filter((job) => job.cells.includes(cell));
    const ended = finished.filter(({ cells }) => cells.includes(cell));
    if (needed.length === 0 || ended.length < needed.length) continue;
    const datasets = [...new Set(needed.flatMap((job) => job.datasets ?? reproduction.datasets))];
    measured.set(cell, {
      measured: summarise(reproduction.measure(cell, ended.map(({ result }) => result))),
      dataDigest: dataDigest(data, datasets, needed.flatMap((job) => job.inputs)),
      standIn: datasets.some((dataset) => isStandIn(data, dataset)),
    });
  }
  return measured;
}
