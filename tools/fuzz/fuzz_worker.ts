/**
 * Tries one reader in a thread of its own, which another one watches.
 *
 * @module
 */
import { fuzz, type FuzzReport } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";

/** What a worker is told to do. */
export interface FuzzTask {
  /** The name of the target. */
  readonly name: string;
  readonly runs: number;
  readonly seed: number;
  /** Where the file stands that is being read: two 32-bit integers, a count that is odd meanwhile and a length; bytes. */
  readonly shared: SharedArrayBuffer;
}

/** What a worker answers: what came of it, or the error that ended it. */
export type FuzzAnswer = { readonly report: FuzzReport } | { readonly error: string };

/** The bytes of {@linkcode FuzzTask.shared} before those of the file. */
export const sharedHeaderBytes = 8;

const scope = self as unknown as {
  onmessage: (event: MessageEvent<FuzzTask>) => void;
  postMessage: (answer: FuzzAnswer) => void;
};

scope.onmessage = async ({ data: { name, runs, seed, shared } }) => {
  const state = new Int32Array(shared, 0, 2);
  const place = new Uint8Array(shared, sharedHeaderBytes);
  try {
    const target = fuzzTargets.find((target) => target.name === name)!;
    const report = await fuzz(target, {
      runs,
      seed,
      watch: (bytes) => {
        if (bytes !== undefined) {
          place.set(bytes.subarray(0, place.length));
          state[1] = Math.min(bytes.length, place.length);
        }
        Atomics.add(state, 0, 1);
      },
    });
    scope.postMessage({ report });
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.stack ?? error.message : String(error) });
  }
};
