import type { JobRequest } from "./job_context.ts";
import type { JobReply, ThreadedRequest } from "./job_worker.ts";
import { type StallLimits, stallLimits, StallWatch } from "./stall_watch.ts";

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

/** What the pool reports while it runs. */
export interface JobListener {
  /** A job was handed to a worker. */
  onStart(request: JobRequest): void;
  /** A job is done to a share in [0, 1]. */
  onShare(request: JobRequest, share: number): void;
  /** A job stood still and is begun again, on another worker; called at most once a job. */
  onStall(request: JobRequest): void;
  /** A job ended; called once a job. */
  onOutcome(outcome: JobOutcome): void;
}

/** A job that takes longer is large beside the half second in which another worker starts. */
const longJobMs = 10_000;

/** Runs jobs on workers, one job a worker at a time. */
export class JobPool {
  readonly #entry: URL;
  readonly #threads: number;
  readonly #limits: StallLimits;
  readonly #workers = new Set<Worker>();
  /** What gives up a job that is being computed, for each. */
  readonly #running = new Set<() => void>();

  /**
   * @param entry The module that the workers load; it calls `serveJobs`.
   * @param threads The number of workers, each of one thread; of a wide job, the number of its threads.
   * @param limits When jobs are taken to stand still: they are begun again once, on other workers.
   */
  constructor(entry: URL, threads: number, limits: StallLimits = stallLimits) {
    this.#entry = entry;
    this.#threads = threads;
    this.#limits = limits;
  }

  /**
   * Runs jobs and reports each as it ends, in whatever order they end: first those of one thread, side by side, then
   * the wide ones, one at a time.
   *
   * @param requests The jobs.
   * @param listener Told on the caller's thread.
   * @param signal Ends the workers at once; what was reported stays reported.
   * @throws The reason of `signal`.
   */
  async run(requests: readonly JobRequest[], listener: JobListener, signal: AbortSignal): Promise<void> {
    const isWide = ({ job }: JobRequest) => job.wide;
    using _watch = new StallWatch(() => this.#running.forEach((giveUp) => giveUp()), this.#limits);
    try {
      await this.#runLanes(
        this.#threads,
        1,
        requests.filter((request) => !isWide(request)),
        listener,
        signal,
      );
      await this.#runLanes(1, this.#threads, requests.filter(isWide), listener, signal);
    } finally {
      for (const worker of this.#workers) this.#end(worker);
    }
  }

  async #runLanes(
    lanes: number,
    threads: number,
    requests: readonly JobRequest[],
    listener: JobListener,
    signal: AbortSignal,
  ): Promise<void> {
    const queue = [...requests];
    const lane = async (): Promise<void> => {
      let worker: Worker | undefined;
      const endWorker = () => {
        if (worker !== undefined) this.#end(worker);
        worker = undefined;
      };
      for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
        const current = request;
        listener.onStart(current);
        const attempt = () =>
          this.#ask(
            worker ??= this.#start(),
            { ...current, threads },
            (share) => listener.onShare(current, share),
            signal,
          );
        let outcome = await attempt();
        if (hasError(outcome, stalled)) {
          endWorker();
          listener.onStall(current);
          outcome = await attempt();
        }
        // Memory goes back with its worker, since WebAssembly memory never shrinks and that of a backend that has ended waits for
        // the garbage collector: that of a wide or long job at once, that of others where the lane goes on to another reproduction.
        const isLeft = queue[0] !== undefined && queue[0].reproduction !== current.reproduction;
        const isLong = "elapsedMs" in outcome && outcome.elapsedMs > longJobMs;
        if (
          current.job.wide || isLong || isLeft || hasError(outcome, crashed) || hasError(outcome, stalled)
        ) endWorker();
        listener.onOutcome(outcome);
      }
      endWorker();
    };
    await Promise.all(Array.from({ length: Math.min(lanes, requests.length) }, lane));
  }

  #ask(
    worker: Worker,
    request: ThreadedRequest,
    onShare: (share: number) => void,
    signal: AbortSignal,
  ): Promise<JobOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
    const fail = (name: string, message: string, stack = "") =>
      resolve({ request, error: new JobError(request.job.id, name, message, stack) });
    const abort = () => reject(signal.reason);
    const giveUp = () =>
      fail(stalled, "Cannot finish: its thread stands still, twice now, without computing: run again");
    signal.addEventListener("abort", abort);
    this.#running.add(giveUp);
    worker.onmessage = ({ data }: MessageEvent<JobReply>) => {
      if ("share" in data) return onShare(data.share);
      if (data.done) resolve({ request, result: data.result, elapsedMs: data.elapsedMs });
      else fail(data.name, data.message, data.stack);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(crashed, event.message);
    };
    if (signal.aborted) abort();
    else worker.postMessage(request);
    return promise.finally(() => {
      signal.removeEventListener("abort", abort);
      this.#running.delete(giveUp);
    });
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

/** The name of the error of a job that stood still. */
const stalled = "Stall";

function hasError(outcome: JobOutcome, name: string): boolean {
  return "error" in outcome && outcome.error.name === name;
}
