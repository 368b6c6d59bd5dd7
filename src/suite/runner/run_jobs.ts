import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { isFile } from "../../files/is_file.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import type { Cache } from "./cache.ts";
import { type DataAccess, dataOfJob } from "./data_access.ts";
import type { JobRequest } from "./job_context.ts";
import { type JobOutcome, JobPool } from "./job_pool.ts";
import { finishedText, type JobResults } from "./job_results.ts";
import { PartTimes } from "./part_times.ts";
import { inputsOf, type PlannedJob, type PlannedReproduction } from "./plan_run.ts";
import type { JobFailure } from "./results.ts";

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
  /** Where finished jobs, artifacts and checkpoints are kept. */
  readonly cache: Pick<Cache, "results" | "artifacts" | "checkpoints" | "times">;
  /** What the jobs gave so far. */
  readonly results: JobResults;
  /** The module that the workers load. */
  readonly workerEntry: URL;
  /** How many workers run at a time. */
  readonly threads: number;
  /** Whether stored results are ignored. */
  readonly fresh: boolean;
  /** Ends the run; finished jobs stay stored. */
  readonly signal: AbortSignal;
  /** Called for each reproduction when the run starts, and whenever one of its jobs comes further. */
  readonly onProgress: (reproduction: string, progress: JobProgress) => void;
  /** Called for a job that stood still and is begun again. */
  readonly onStall: (reproduction: string, job: string) => void;
}

/** A job that failed, and the reproduction that it belongs to. */
export interface FailedJob extends JobFailure {
  /** The id of the reproduction. */
  readonly reproduction: string;
}

/** What became of the jobs of a run. */
export interface JobsRun {
  /** Sorted by reproduction and job. */
  readonly failures: readonly FailedJob[];
  /** How long each reproduction was being worked on: from the start of its first job to the end of its last. */
  readonly elapsedMs: ReadonlyMap<string, number>;
}

/** The jobs to run of one reproduction. */
export interface JobList extends Pick<PlannedReproduction, "reproduction" | "sources"> {
  readonly jobs: readonly (PlannedJob & { readonly key: string })[];
}

/**
 * Runs the jobs of a run that are not stored yet, those of all reproductions in one queue, and stores each as soon as it
 * has finished. A job that fails stops no other.
 *
 * @throws {UsageError} Where a result, an artifact or a checkpoint cannot be written; what has finished is kept.
 * @throws The reason of the signal.
 */
export async function runJobs(lists: readonly JobList[], options: RunJobsOptions): Promise<JobsRun> {
  const { data, results, fresh } = options;
  const { artifacts, checkpoints, results: store, times } = options.cache;
  using parts = new PartTimes(times);
  const courses = new Map(lists.map(({ reproduction: { id }, jobs }) => [id, new Course(jobs.length)]));
  const failures: FailedJob[] = [];
  const report = (id: string) => options.onProgress(id, courses.get(id)!.progress());
  const settle = (outcome: JobOutcome): void => {
    const { reproduction, job, checkpoint } = outcome.request;
    if ("error" in outcome) {
      const { message, name } = outcome.error;
      parts.fail(job.key!);
      // What a worker could not write, the next one could not either.
      if (name === "UsageError") throw new UsageError(message);
      failures.push({ reproduction, job: job.id, message, error: name });
      // It was to be computed again, so what an earlier run stored is no result of this one, nor of a merge.
      if (fresh) store.remove(job.key!);
    } else {
      const elapsedMs = parts.finish(job.key!, outcome.elapsedMs);
      store.put(job.key!, new TextEncoder().encode(finishedText(outcome.result, elapsedMs)));
      results.renew(job.key!);
      removeIfThere(checkpoint);
    }
    courses.get(reproduction)!.end(job.id);
    report(reproduction);
  };
  const requests = lists.flatMap(({ reproduction: { id }, sources, jobs }): JobRequest[] => {
    const course = courses.get(id)!;
    return jobs.flatMap((job): JobRequest[] => {
      if (!fresh && results.get(job.key) !== undefined) {
        course.find();
        return [];
      }
      const checkpoint = join(checkpoints, job.key);
      if (fresh) {
        results.ignore(job.key);
        removeIfThere(checkpoint);
        times.remove(job.key);
      } else if (isFile(checkpoint)) course.expectResumption(job.id);
      const own = dataOfJob(data, inputsOf(job));
      return [{ reproduction: id, job, data: own, artifacts, checkpoint, sources }];
    });
  });
  for (const id of courses.keys()) report(id);
  const pool = new JobPool(options.workerEntry, options.threads);
  await pool.run(requests, {
    onStart: ({ reproduction, job, checkpoint }) => {
      courses.get(reproduction)!.begin();
      parts.begin(job.key!, checkpoint);
    },
    onShare: ({ reproduction, job }, share) => {
      courses.get(reproduction)!.share(job.id, share);
      report(reproduction);
    },
    onStall: ({ reproduction, job }) => options.onStall(reproduction, job.id),
    onOutcome: settle,
  }, options.signal);
  const name = ({ reproduction, job }: FailedJob) => `${reproduction}/${job}`;
  return {
    failures: failures.sort((a, b) => name(a) < name(b) ? -1 : 1),
    elapsedMs: new Map(courses.entries().map(([id, course]) => [id, course.elapsedMs])),
  };
}

/** How far the jobs of one reproduction have come. */
class Course {
  readonly #total: number;
  #cached = 0;
  #ended = 0;
  readonly #shares = new Map<string, number>();
  /** Of the jobs that go on from a checkpoint, the share that each reported first. */
  readonly #resumed = new Map<string, number>();
  #started: number | null = null;
  #last = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** From the start of the first job to the end of the last; 0 where none ran. */
  get elapsedMs(): number {
    return this.#started === null ? 0 : this.#last - this.#started;
  }

  find(): void {
    this.#cached++;
    this.#ended++;
  }

  expectResumption(job: string): void {
    this.#resumed.set(job, 0);
  }

  begin(): void {
    this.#started ??= performance.now();
  }

  share(job: string, share: number): void {
    if (!this.#shares.has(job) && this.#resumed.has(job)) this.#resumed.set(job, share);
    this.#shares.set(job, share);
  }

  end(job: string): void {
    this.#shares.delete(job);
    this.#ended++;
    this.#last = performance.now();
  }

  progress(): JobProgress {
    const sum = (shares: ReadonlyMap<string, number>) =>
      shares.values().reduce((sum, share) => sum + share, 0);
    return {
      done: this.#ended + sum(this.#shares),
      total: this.#total,
      cached: this.#cached,
      resumed: sum(this.#resumed),
    };
  }
}
