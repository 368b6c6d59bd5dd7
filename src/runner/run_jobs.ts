import { join } from "@std/path";
import { UsageError } from "../errors.ts";
import { isFile } from "../files/is_file.ts";
import { removeIfThere } from "../files/remove_if_there.ts";
import type { DataAccess } from "./data_access.ts";
import { dataOfJob } from "./data_access.ts";
import { type JobOutcome, JobPool } from "./job_pool.ts";
import type { PlannedJob, PlannedModule } from "./plan_run.ts";
import type { JobFailure } from "./results.ts";
import type { Store } from "./store.ts";

/** How far a list of jobs has come. */
export interface JobProgress {
  /** Jobs that have ended, those found in the cache included; of a running job the share that is done. */
  readonly done: number;
  /** All jobs of the list. */
  readonly total: number;
  /** Jobs that were found in the cache. */
  readonly cached: number;
  /** Of `done`, the shares of jobs that an earlier run had left in checkpoints. */
  readonly resumed: number;
}

/** What a run of jobs may use. */
export interface RunJobsOptions {
  /** The data sets of the run. */
  readonly data: DataAccess;
  /** Finished jobs. */
  readonly results: Store;
  /** The folder of the artifact cache. */
  readonly artifacts: string;
  /** The folder of what unfinished jobs go on from. */
  readonly checkpoints: string;
  /** The module that the workers load. */
  readonly workerEntry: URL;
  /** How many workers run at a time. */
  readonly threads: number;
  /** Whether stored results are ignored. */
  readonly fresh: boolean;
  /** Ends the run; finished jobs stay stored. */
  readonly signal: AbortSignal;
  /** Called when the run starts and whenever a job ends. */
  readonly onProgress: (progress: JobProgress) => void;
}

/** A job that failed, and the name of the error: `DataError` where a file could not be read. */
export interface FailedJob extends JobFailure {
  readonly error: string;
}

/**
 * Runs the jobs of a module that are not stored yet, and stores each as soon as it has finished. A job that fails
 * stops no other.
 *
 * @param module The module.
 * @param jobs The jobs of it to run.
 * @returns The failures, sorted by job id.
 * @throws {UsageError} Where a result, an artifact or a checkpoint cannot be written; what has finished is kept.
 * @throws The reason of the signal.
 */
export async function runJobs(
  { reproduction, sources }: PlannedModule,
  jobs: readonly PlannedJob[],
  options: RunJobsOptions,
): Promise<FailedJob[]> {
  const { data, results, artifacts, checkpoints, fresh, onProgress } = options;
  const missing = jobs.filter(({ key }) => fresh || results.get(key) === undefined);
  const keys = new Map(missing.map(({ id, key }) => [id, key]));
  const failures: FailedJob[] = [];
  const cached = jobs.length - missing.length;
  const shares = new Map<string, number>();
  // Of the jobs that go on from a checkpoint, the share that each reported first.
  const resumed = new Map<string, number>();
  let ended = cached;
  const report = (): void => {
    onProgress({ done: ended + sum(shares), total: jobs.length, cached, resumed: sum(resumed) });
  };
  const settle = (outcome: JobOutcome): void => {
    const { id } = outcome.request.job;
    if ("error" in outcome) {
      const { job, message, name } = outcome.error;
      // What a worker could not write, the next one could not either.
      if (name === "UsageError") throw new UsageError(message);
      failures.push({ job, message, error: name });
    } else {
      results.put(keys.get(id)!, new TextEncoder().encode(outcome.result));
      removeIfThere(outcome.request.checkpoint);
    }
    shares.delete(id);
    ended++;
    report();
  };
  report();
  const requests = missing.map(({ key, ...job }) => {
    const checkpoint = join(checkpoints, key);
    if (fresh) removeIfThere(checkpoint);
    else if (isFile(checkpoint)) resumed.set(job.id, 0);
    return {
      module: reproduction.id,
      job,
      data: dataOfJob(data, job.inputs),
      artifacts,
      checkpoint,
      sources,
    };
  });
  const onShare = (job: string, share: number) => {
    if (!shares.has(job) && resumed.has(job)) resumed.set(job, share);
    shares.set(job, share);
    report();
  };
  const pool = new JobPool(options.workerEntry, options.threads);
  await pool.run(requests, { onShare, onOutcome: settle }, options.signal);
  return failures.sort((a, b) => a.job < b.job ? -1 : 1);
}

function sum(shares: ReadonlyMap<string, number>): number {
  return shares.values().reduce((sum, share) => sum + share, 0);
}
