import { join } from "@std/path";
import { writeWhole } from "../../files/write_whole.ts";
import { loadAcceptedDigest, loadBaselines } from "../golden/load_golden.ts";
import type { Profile } from "../reproduction.ts";
import { openCache } from "./cache.ts";
import { type CellTimes, cellTimes } from "./cell_times.ts";
import { describeData } from "./data_access.ts";
import { keptCells } from "./earlier_results.ts";
import type { Machine } from "./environment.ts";
import { JobResults } from "./job_results.ts";
import { judgeCells, summarise } from "./judge_cells.ts";
import { LiveStatus } from "./live_status.ts";
import { dataNow, measureCells, type MeasuredCell, readingsOfCell } from "./measure_cells.ts";
import { paintFigures, type ReproductionFigure } from "./paint_figures.ts";
import { planFile } from "./plan_file.ts";
import { datasetsRead, type PlannedJob, type PlannedReproduction, type PlannedRun } from "./plan_run.ts";
import { type DatasetUsed, type ReproductionResult, type Results, resultsFormat } from "./results.ts";
import { type FailedJob, type JobList, runJobs, type RunJobsOptions } from "./run_jobs.ts";
import { inShard, type Shard } from "./select_jobs.ts";

/** How to carry out a plan. */
export interface ReproduceOptions {
  readonly profile: Profile;
  /** Patterns of cells, as given. */
  readonly cells: readonly string[];
  readonly shard: Shard | null;
  readonly fresh: boolean;
  /** The output folder. */
  readonly out: string;
  /** The results of an earlier run into the same folder, of which cells that are not asked for are kept. */
  readonly earlier: Results | null;
  /** The root of the project. */
  readonly root: string;
  readonly machine: Machine;
  readonly workerEntry: URL;
  readonly signal: AbortSignal;
  /** Takes the progress of each reproduction. */
  readonly onProgress: RunJobsOptions["onProgress"];
  /** Hears of each job that stood still and is begun again. */
  readonly onStall: RunJobsOptions["onStall"];
}

/** The results of a run, its figures, and the jobs that failed. */
export interface Reproduced {
  readonly results: Results;
  readonly figures: readonly ReproductionFigure[];
  /** How long each cell computed. */
  readonly cellTimes: CellTimes;
  readonly failures: readonly FailedJob[];
  /** How many cells the earlier run had measured that were not asked for, have a golden row, and could not be kept. */
  readonly dropped: number;
}

/**
 * Runs a plan, measures and judges. Finished jobs are kept in the output folder as they finish, and beside them
 * the plan, so that shards can be merged.
 *
 * @throws {UsageError} Where the output folder cannot be written.
 */
export async function reproduce(run: PlannedRun, options: ReproduceOptions): Promise<Reproduced> {
  const { profile, out, shard, earlier, root } = options;
  const startedAt = new Date();
  using cache = openCache(out);
  writeWhole(cache.plan, JSON.stringify({ plan: planFile(run, options), shard }));
  const results = new JobResults(cache.results);
  // The live page is told every second: what it has been told of is not measured again.
  const known = new Map(
    run.reproductions.map(({ reproduction: { id } }) => [id, new Map<string, MeasuredCell>()]),
  );
  const judge = (planned: PlannedReproduction, took: Took) =>
    judgeFinished(
      planned,
      { run, results, earlier, root, profile, known: known.get(planned.reproduction.id)! },
      took,
    );
  const asked = run.reproductions.filter((planned) => planned.asked);
  const live = new LiveStatus(cache.live, profile, asked.map(({ reproduction: { id } }) => id));
  const byId = new Map(asked.map((planned) => [planned.reproduction.id, planned]));
  try {
    const { failures, elapsedMs } = await runJobs(jobLists(run, shard), {
      ...options,
      data: run.data,
      cache,
      results,
      threads: options.machine.threads,
      onProgress: (id, progress) => {
        options.onProgress(id, progress);
        live.update(id, progress, () => judge(byId.get(id)!, { elapsedMs: 0, failures: [] }).cells);
      },
    });
    live.end("finished");
    const judged = run.reproductions.map((planned) => {
      const { id } = planned.reproduction;
      const module = judge(planned, {
        elapsedMs: elapsedMs.get(id) ?? 0,
        failures: failures.filter(({ reproduction }) => reproduction === id),
      });
      return { planned, module };
    });
    // Of what was not asked for, there may be nothing that still holds.
    const shown = judged.filter(({ planned, module }) =>
      planned.asked || module.cells.some(({ measured }) => measured !== null)
    );
    const dropped = judged.reduce(
      (sum, { module }) =>
        sum + countDropped(findEarlier(earlier, module.id), module, (cell) => run.asked(module.id, cell)),
      0,
    );
    const took = Date.now() - startedAt.getTime();
    const environment = { ...options.machine, startedAt: startedAt.toISOString(), elapsedMs: took };
    return {
      results: assembleResults(
        profile,
        environment,
        describeDataRead(run.data, shown, earlier),
        shown.map(({ module }) => module),
      ),
      figures: shown.flatMap(({ planned: { reproduction, jobs }, module }) =>
        paintFigures(reproduction, jobs, results, module, profile)
      ),
      cellTimes: new Map(
        shown.map(({ planned, module }) => [module.id, cellTimes(planned, results, measuredIn(module))]),
      ),
      failures,
      dropped,
    };
  } catch (error) {
    live.end("ended");
    throw error;
  }
}

/** How the jobs of a reproduction went. */
interface Took {
  readonly elapsedMs: number;
  readonly failures: readonly FailedJob[];
}

/** What reproductions are judged with. */
interface JudgeOptions {
  readonly run: Pick<PlannedRun, "data" | "asked">;
  readonly results: JobResults;
  readonly earlier: Results | null;
  readonly root: string;
  readonly profile: Profile;
  /** The cells of the reproduction that were measured before from these results, by id. */
  readonly known?: Map<string, MeasuredCell>;
}

/** Measures and judges the cells of a reproduction that were asked for and whose jobs have ended, beside what an earlier run leaves. */
export function judgeFinished(
  planned: Omit<PlannedReproduction, "asked" | "jobs"> & { readonly jobs: readonly FinishableJob[] },
  { run: { data, asked }, results, earlier, root, profile, known }: JudgeOptions,
  { elapsedMs, failures }: Took,
): ReproductionResult {
  const { reproduction: { id, paper, statement, profiles }, claims, sources, planSources, seeds, jobs } =
    planned;
  const golden = join(root, "golden");
  const set = { ...planned, id };
  const own = measureCells(set, results, data, (cell) => asked(id, cell), known);
  // What was asked for and failed is not measured, whatever an earlier run found.
  const isOther = (cell: string) => !asked(id, cell);
  const before = findEarlier(earlier, id);
  const kept = before === undefined ? [] : keptCells(before, {
    sources,
    planSources,
    seeds,
    data: dataNow(set, data),
    stored: measureCells(set, results, data, isOther, known),
  }).entries().filter(([cell]) => isOther(cell));
  const cells = new Map<string, MeasuredCell>([...kept, ...own]);
  const finished = jobs.map(({ key }) => results.get(key)).filter((job) => job !== undefined);
  return judgeCells({
    id,
    paper,
    ...(statement === undefined ? {} : { statement }),
    elapsedMs,
    computeMs: finished.reduce((sum, job) => sum + job.elapsedMs, 0),
    sources,
    planSources,
    seeds,
    failures,
    // Of a smoke run, which computes too little for any claim, only the baselines are judged.
    cells: profile !== "smoke"
      ? cells
      : new Map(cells.entries().map(([cell, found]) => [cell, { ...found, standIn: true }])),
  }, {
    claims,
    baselines: loadBaselines(golden, id, profile),
    acceptedDigest: loadAcceptedDigest(golden, id, profile),
    seeds: profiles[profile]!.seeds,
  });
}

function findEarlier(earlier: Results | null, id: string): ReproductionResult | undefined {
  return earlier?.modules.find((module) => module.id === id);
}

/** Tells the measured cells of a reproduction. */
export function measuredIn({ cells }: Pick<ReproductionResult, "cells">): (cell: string) => boolean {
  const measured = new Set(cells.filter(({ measured }) => measured !== null).map(({ id }) => id));
  return (cell) => measured.has(cell);
}

function countDropped(
  before: ReproductionResult | undefined,
  now: ReproductionResult,
  asked: (cell: string) => boolean,
): number {
  if (before === undefined) return 0;
  const wasMeasured = measuredIn(before);
  return now.cells.filter(({ id, measured }) => wasMeasured(id) && measured === null && !asked(id)).length;
}

/**
 * What results say of the data sets that needed jobs or kept cells read. Of one that kept cells were measured on and that is not at
 * hand now, they say what the earlier run said.
 */
function describeDataRead(
  data: PlannedRun["data"],
  shown: readonly { readonly planned: PlannedReproduction; readonly module: ReproductionResult }[],
  earlier: Results | null,
): Record<string, DatasetUsed> {
  const needed = datasetsRead(shown.flatMap(({ planned: { jobs } }) => jobs.filter((job) => job.needed)));
  const kept = new Set(
    shown.flatMap(({ planned, module }) => {
      const measured = new Set(module.cells.filter((cell) => cell.measured !== null).map(({ id }) => id));
      return planned.cells.filter(({ id }) => measured.has(id)).flatMap((cell) =>
        readingsOfCell(planned, cell)
      );
    }).map(({ dataset }) => dataset),
  );
  const before = earlier?.environment.data ?? {};
  return Object.fromEntries(
    Object.entries(describeData(data)).filter(([id]) => needed.has(id) || kept.has(id)).map(([id, now]) => [
      id,
      !needed.has(id) && now.source === "stand-in" ? before[id] ?? now : now,
    ]),
  );
}

/** What has to be known of a job to measure cells from it. */
export type FinishableJob = Pick<PlannedJob, "id" | "task" | "key" | "reads">;

/** Puts judged reproductions together. */
export function assembleResults(
  profile: Profile,
  environment: Omit<Results["environment"], "data">,
  data: Readonly<Record<string, DatasetUsed>>,
  modules: readonly ReproductionResult[],
): Results {
  return {
    schema: resultsFormat,
    profile,
    environment: { ...environment, data },
    modules,
    summary: summarise(modules.flatMap(({ cells }) => cells)),
  };
}

/** The jobs of a shard that are needed, by reproduction. The shard is cut from the jobs of all reproductions together. */
function jobLists({ reproductions }: PlannedRun, shard: Shard | null): JobList[] {
  const isMine = inShard(reproductions.filter(({ asked }) => asked), shard);
  return reproductions.filter(({ asked }) => asked).map(({ reproduction, sources, jobs }) => ({
    reproduction,
    sources,
    jobs: jobs.filter((job): job is PlannedJob & { readonly key: string } =>
      job.needed && job.key !== null && isMine(reproduction.id, job.id)
    ),
  }));
}
