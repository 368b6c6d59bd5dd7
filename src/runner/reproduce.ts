import { join } from "@std/path";
import type { Profile } from "../reproduction.ts";
import { loadAcceptedDigest, loadBaselines } from "../golden/load_golden.ts";
import { openCache } from "./cache.ts";
import { type DataAccess, describeData } from "./data_access.ts";
import type { Machine } from "./environment.ts";
import { judgeModule, summariseVerdicts } from "./judge_module.ts";
import { drawModule, type ModuleFigure } from "./draw_module.ts";
import { type FinishedModule, measureModule, readFinished } from "./measure_module.ts";
import { planFile } from "./plan_file.ts";
import { LiveStatus } from "./live_status.ts";
import type { PlannedJob, PlannedRun } from "./plan_run.ts";
import type { DatasetUsed, ModuleResult, Results } from "./results.ts";
import { type FailedJob, runJobs, type RunJobsOptions } from "./run_jobs.ts";
import { selectJobs, type Shard } from "./select_jobs.ts";
import type { Store } from "./store.ts";
import { writeWhole } from "../files/write_whole.ts";

/** How to carry out a plan. */
export interface ReproduceOptions {
  readonly profile: Profile;
  /** Patterns of cells, as given. */
  readonly cells: readonly string[];
  readonly shard: Shard | null;
  readonly fresh: boolean;
  /** The output folder. */
  readonly out: string;
  /** The root of the project. */
  readonly root: string;
  readonly machine: Machine;
  readonly workerEntry: URL;
  readonly signal: AbortSignal;
  /** Called when the jobs of a module start, with what then takes their progress. */
  readonly onModule: (id: string) => RunJobsOptions["onProgress"];
}

/** The results of a run, its figures, and the jobs that failed. */
export interface Reproduced {
  readonly results: Results;
  readonly figures: readonly ModuleFigure[];
  readonly failures: readonly FailedJob[];
}

/**
 * Runs a plan, measures and judges. Finished jobs are kept in the output folder as they finish, and beside them
 * the plan, so that shards can be merged.
 *
 * @throws {UsageError} Where the output folder cannot be written.
 */
export async function reproduce(run: PlannedRun, options: ReproduceOptions): Promise<Reproduced> {
  const startedAt = new Date();
  const cache = openCache(options.out);
  const { data, wanted } = run;
  writeWhole(cache.plan, JSON.stringify({ plan: planFile(run, options), shard: options.shard }));
  const selected = jobsOfShard(run, options.shard);
  const modules: JudgedModule[] = [];
  const failures: FailedJob[] = [];
  const live = new LiveStatus(
    cache.live,
    options.profile,
    run.modules.map((module) => module.reproduction.id),
  );
  try {
    for (const module of run.modules) {
      const { id } = module.reproduction;
      const finish = (elapsedMs: number, failed: readonly FailedJob[]) =>
        finishModule(module, data, cache.results, wanted, options, { elapsedMs, failed });
      const started = performance.now();
      const report = options.onModule(id);
      const failed = await runJobs(module, selected.get(id)!, {
        data,
        results: cache.results,
        artifacts: cache.artifacts,
        checkpoints: cache.checkpoints,
        workerEntry: options.workerEntry,
        threads: options.machine.threads,
        fresh: options.fresh,
        signal: options.signal,
        onProgress: (progress) => {
          report(progress);
          live.update(id, progress, () => finish(0, []).module.cells);
        },
      });
      failures.push(...failed);
      modules.push(finish(performance.now() - started, failed));
    }
    live.end("finished");
  } catch (error) {
    live.end("ended");
    throw error;
  }
  const elapsedMs = Date.now() - startedAt.getTime();
  const environment = { ...options.machine, startedAt: startedAt.toISOString(), elapsedMs };
  return { ...resultsOf(options.profile, environment, describeData(data), modules), failures };
}

/** A module as judged, with its figures. */
export interface JudgedModule {
  readonly module: ModuleResult;
  readonly figures: readonly ModuleFigure[];
}

/** Measures, judges and draws a module whose jobs have ended. */
export function finishModule(
  module: FinishedModule,
  data: DataAccess,
  results: Pick<Store, "get">,
  wanted: (cell: string) => boolean,
  { root, profile }: Pick<ReproduceOptions, "root" | "profile">,
  { elapsedMs, failed }: { readonly elapsedMs: number; readonly failed: readonly FailedJob[] },
): JudgedModule {
  const { reproduction: { id, paper }, claims } = module;
  const golden = join(root, "golden");
  const finished = readFinished(module, results);
  const cells = measureModule(module, finished, data, wanted);
  const judged = judgeModule({
    id,
    paper,
    elapsedMs,
    failures: failed,
    // Of a smoke run, which computes too little for any claim, only the baselines are judged.
    cells: profile !== "smoke"
      ? cells
      : new Map(cells.entries().map(([id, cell]) => [id, { ...cell, standIn: true }])),
  }, {
    claims,
    baselines: loadBaselines(golden, id, profile),
    acceptedDigest: loadAcceptedDigest(golden, id, profile),
  });
  return { module: judged, figures: drawModule(module.reproduction, finished, judged) };
}

/** Puts judged modules together. */
export function resultsOf(
  profile: Profile,
  environment: Omit<Results["environment"], "data">,
  data: Readonly<Record<string, DatasetUsed>>,
  judged: readonly JudgedModule[],
): Pick<Reproduced, "results" | "figures"> {
  const modules = judged.map(({ module }) => module);
  const results: Results = {
    schema: "reproduce-results/1",
    profile,
    environment: { ...environment, data },
    modules,
    summary: summariseVerdicts(modules),
  };
  return { results, figures: judged.flatMap(({ figures }) => figures) };
}

/** The jobs of a shard by module. The shard is cut from the jobs of all modules together. */
function jobsOfShard({ modules, wanted }: PlannedRun, shard: Shard | null): Map<string, PlannedJob[]> {
  const all = modules.flatMap(({ reproduction, allJobs }) =>
    allJobs.map(({ id, cells }) => ({ id: `${reproduction.id}/${id}`, cells }))
  );
  const selected = new Set(selectJobs(all, wanted, shard).map(({ id }) => id));
  return new Map(modules.map(({ reproduction: { id }, jobs }) => [
    id,
    jobs.filter((job) => selected.has(`${id}/${job.id}`)),
  ]));
}
