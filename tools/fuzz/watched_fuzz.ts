import type { FuzzOptions, FuzzReport } from "./fuzz.ts";
import { type FuzzAnswer, type FuzzTask, sharedHeaderBytes } from "./fuzz_worker.ts";

/** No file of the targets is longer. */
const longestFile = 2 ** 20;

/**
 * Tries a reader as `fuzz` does, in a thread of its own, so that one that never comes back, or ends the thread, is found
 * out with its file.
 *
 * @param name The name of the target.
 * @param options How often, with what, and how many milliseconds one file may take until it counts as a hang.
 * @throws {Error} Where the thread ends in an error of its own.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { accepted, refused } = await watchedFuzz("idx", { runs: 50, seed: 1 });
 * assertEquals(accepted + refused, 50);
 * ```
 */
export async function watchedFuzz(
  name: string,
  { runs, seed, hangMs = 60_000 }: Pick<FuzzOptions, "runs" | "seed"> & { readonly hangMs?: number },
): Promise<FuzzReport> {
  const shared = new SharedArrayBuffer(sharedHeaderBytes + longestFile);
  const state = new Int32Array(shared, 0, 2);
  const worker = new Worker(new URL("./fuzz_worker.ts", import.meta.url), { type: "module" });
  const start = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FuzzAnswer>) =>
        "report" in data ? resolve(data.report) : reject(new Error(data.error));
      const fail = (reason: string): void => {
        const bytes = new Uint8Array(shared, sharedHeaderBytes, state[1]).slice();
        const failure = { seed, path: "not known", bytes, reason: `Broken promise: ${reason}` };
        resolve({ accepted: 0, refused: 0, elapsedMs: performance.now() - start, growth: 0, failure });
      };
      worker.onerror = (event) => {
        event.preventDefault();
        // An error that nobody can catch, while a file is read, is one of the reader.
        if (Atomics.load(state, 0) % 2 === 1) fail(`an error can be caught: it is ${event.message}`);
        else reject(new Error(event.message));
      };
      let [count, since] = [0, start];
      timer = setInterval(() => {
        const now = performance.now();
        const current = Atomics.load(state, 0);
        if (current !== count || current % 2 === 0) [count, since] = [current, now];
        if (now - since >= hangMs) fail(`reading comes to an end: it did not within ${hangMs} ms`);
      }, Math.min(1000, hangMs / 4));
      worker.postMessage({ name, runs, seed, shared } satisfies FuzzTask);
    });
  } finally {
    clearInterval(timer);
    worker.terminate();
  }
}
