import type { JobReply, JobRequest } from "./job_worker.ts";

/** A job that a worker could not finish; `name` is that of the error it ended with. */
export class JobError extends Error {
  /** The job. */
  readonly job: string;

  /** Made by the pool from what the worker reported. */
  constructor(job: string, name: string, message: string, stack: string) {
    super(message);
    this.job = job;
    this.name = name;
    this.stack = stack;
  }
}

/** What became of one job. */
export type JobOutcome =
  | { readonly request: JobRequest; readonly result: string; readonly elapsedMs: number }
  | { readonly request: JobRequest; readonly error: JobError };

/** Runs jobs on workers, one job a worker at a time. */
export class JobPool {
  readonly #entry: URL;
  readonly #size: number;
  readonly #workers = new Set<Worker>();

  /**
   * @param entry The module that the workers load; it calls `serveJobs`.
   * @param size The number of workers; they start with the first job.
   */
  constructor(entry: URL, size: number) {
    this.#entry = entry;
    this.#size = size;
  }

  /**
   * Runs jobs and reports each as it ends, in whatever order they end.
   *
   * @param requests The jobs.
   * @param onOutcome Called once a job, on the caller's thread.
   * @param signal Ends the workers at once; what was reported stays reported.
   * @throws The reason of `signal`.
   */
  async run(
    requests: readonly JobRequest[],
    onOutcome: (outcome: JobOutcome) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const queue = [...requests];
    const lane = async (): Promise<void> => {
      let worker: Worker | undefined;
      for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
        worker ??= this.#start();
        const outcome = await ask(worker, request, signal);
        if ("error" in outcome && outcome.error.name === crashed) {
          this.#end(worker);
          worker = undefined;
        }
        onOutcome(outcome);
      }
      if (worker !== undefined) this.#end(worker);
    };
    try {
      await Promise.all(Array.from({ length: Math.min(this.#size, requests.length) }, lane));
    } finally {
      for (const worker of this.#workers) this.#end(worker);
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { type: "module" });
    this.#workers.add(worker);
    return worker;
  }

  #end(worker: Worker): void {
    this.#workers.delete(worker);
    worker.terminate();
  }
}

/** The name of an error that ended the worker itself. */
const crashed = "WorkerCrash";

function ask(worker: Worker, request: JobRequest, signal: AbortSignal): Promise<JobOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  worker.onmessage = ({ data }: MessageEvent<JobReply>) => {
    resolve(
      data.done
        ? { request, result: data.result, elapsedMs: data.elapsedMs }
        : { request, error: new JobError(request.job.id, data.name, data.message, data.stack) },
    );
  };
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ request, error: new JobError(request.job.id, crashed, event.message, "") });
  };
  if (signal.aborted) abort();
  else worker.postMessage(request);
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
