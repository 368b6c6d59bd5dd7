/**
 * The worker side of the job pool.
 *
 * @module
 */
import type { Tasks } from "../reproduction.ts";
import { stringifyExact } from "./exact_json.ts";
import { jobContext, type JobRequest } from "./job_context.ts";

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
 * @param find Loads the tasks of a reproduction by its id.
 */
export function serveJobs(find: (id: string) => Promise<Tasks>): void {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const post = (reply: JobReply) => scope.postMessage(reply);
  scope.onmessage = async ({ data }: MessageEvent<ThreadedRequest>) => {
    post(await answer(data, find, (share) => post({ share })));
  };
}

async function answer(
  request: ThreadedRequest,
  find: (id: string) => Promise<Tasks>,
  progress: (share: number) => void,
): Promise<JobReply> {
  const started = performance.now();
  try {
    const { task, parameters, reads } = request.job;
    const run = (await find(request.reproduction))[task];
    if (run === undefined) throw new Error(`${request.reproduction} has no task ${task}`);
    const result = await run({ parameters, reads }, jobContext(request, request.threads, progress));
    return { done: true, result: stringifyExact(result), elapsedMs: performance.now() - started };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { done: false, name: error.name, message: error.message, stack: error.stack ?? "" };
  }
}
