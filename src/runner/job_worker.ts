/**
 * The worker side of the job pool.
 *
 * @module
 */
import { readVerified } from "../data/read_verified.ts";
import { randomStream } from "../random/random_stream.ts";
import type { InputFile, Job, Reproduction, RunContext } from "../reproduction.ts";
import { artifactOf } from "./artifact.ts";
import { type DataAccess, recordOf } from "./data_access.ts";
import { stringifyExact } from "./exact_json.ts";
import { Store } from "./store.ts";

/** What the pool sends: one job with all that it may depend on. */
export interface JobRequest {
  readonly module: string;
  readonly job: Job;
  readonly data: DataAccess;
  /** The folder of the artifact cache. */
  readonly artifacts: string;
  /** The path of the job's checkpoint. */
  readonly checkpoint: string;
  /** The source digest of the module. */
  readonly sources: string;
}

/** A job request, and how many threads the job may use. */
export interface ThreadedRequest extends JobRequest {
  readonly threads: number;
}

/** What the worker answers: any number of shares that are done, then how the job ended. */
export type JobReply =
  | { readonly share: number }
  | { readonly done: true; readonly result: string; readonly elapsedMs: number }
  | { readonly done: false; readonly name: string; readonly message: string; readonly stack: string };

/**
 * Answers job requests until the worker is ended.
 *
 * @param find Loads a reproduction by its id.
 */
export function serveJobs(find: (id: string) => Promise<Reproduction>): void {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const post = (reply: JobReply) => scope.postMessage(reply);
  scope.onmessage = async ({ data }: MessageEvent<ThreadedRequest>) => {
    post(await answer(data, find, (share) => post({ share })));
  };
}

async function answer(
  request: ThreadedRequest,
  find: (id: string) => Promise<Reproduction>,
  progress: RunContext["progress"],
): Promise<JobReply> {
  const started = performance.now();
  try {
    const reproduction = await find(request.module);
    const result = await reproduction.run(request.job, contextOf(request, progress));
    return { done: true, result: stringifyExact(result), elapsedMs: performance.now() - started };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { done: false, name: error.name, message: error.message, stack: error.stack ?? "" };
  }
}

function contextOf(
  { job, data, artifacts, sources, threads, checkpoint }: ThreadedRequest,
  progress: RunContext["progress"],
): RunContext {
  const declared = new Set(job.inputs.map(({ dataset, name }) => `${dataset}/${name}`));
  const recordOfInput = (file: InputFile) => {
    if (declared.has(`${file.dataset}/${file.name}`)) return recordOf(data, file);
    throw new Error(`The job ${job.id} reads ${file.dataset}/${file.name}, which is not among its inputs`);
  };
  const store = new Store(artifacts);
  return {
    read: (file) => readVerified(data.handles[file.dataset]!.root!, recordOfInput(file)),
    rng: randomStream,
    artifact: (parts, inputs, make) =>
      artifactOf(store, { sources, parts, inputs: inputs.map(recordOfInput) }, make),
    threads,
    checkpoint,
    progress,
  };
}
