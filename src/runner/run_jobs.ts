import type { DataAccess } from "./data_access.ts";
import { dataOfJob } from "./data_access.ts";
import { type JobOutcome, JobPool } from "./job_pool.ts";
import type { PlannedJob, PlannedModule } from "./plan_run.ts";
import type { JobFailure } from "./results.ts";
import type { Store } from "./store.ts";

/** How far a list of jobs has come. */
export interface JobProgress {
  /** Jobs that have ended, those found in the cache included. */
  readonly done: number;
  /** All jobs of the list. */
  readonly total: number;
  /** Jobs that were found in the cache. */
  readonly cached: number;
}

/** What a run of jobs may use. */
export interface RunJobsOptions {
  /** The data sets of the run. */
  readonly data: DataAccess;
  /** Finished jobs. */
  readonly results: Store;
  /** The folder of the artifact cache. */
  readonly artifacts: string;
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
 * @throws The reason of the signal.
 */
export async function runJobs(
  { reproduction, sources }: PlannedModule,
  jobs: readonly PlannedJob[],
  options: RunJobsOptions,
): Promise<FailedJob[]> {
  const { data, results, artifacts, fresh, onProgress } = options;
  const missing = jobs.filter(({ key }) => fresh || results.get(key) === undefined);
  const keys = new Map(missing.map(({ id, key }) => [id, key]));
  const failures: FailedJob[] = [];
  const cached = jobs.length - missing.length;
  let done = cached;
  const settle = (outcome: JobOutcome): void => {
    if ("error" in outcome) {
      const { job, message, name } = outcome.error;
      failures.push({ job, message, error: name });
    } else {
      results.put(keys.get(outcome.request.job.id)!, new TextEncoder().encode(outcome.result));
    }
    onProgress({ done: ++done, total: jobs.length, cached });
  };
  onProgress({ done, total: jobs.length, cached });
  const requests = missing.map(({ key: _key, ...job }) => ({
    module: reproduction.id,
    job,
    data: dataOfJob(data, job.inputs),
    artifacts,
    sources,
  }));
  await new JobPool(options.workerEntry, options.threads).run(requests, settle, options.signal);
  return failures.sort((a, b) => a.job < b.job ? -1 : 1);
}
