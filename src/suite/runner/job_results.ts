import { parseExact, stringifyExact } from "./exact_json.ts";
import type { Store } from "./store.ts";

/** A job that has finished: what it gave, and how long it computed. */
export interface FinishedJob {
  readonly result: unknown;
  /** In ms; of a job that went on from a checkpoint, the sum over its parts. */
  readonly elapsedMs: number;
}

/** The stored form of a finished job; its result is the text that the worker wrote. */
export function finishedText(result: string, elapsedMs: number): string {
  return `{"elapsedMs":${stringifyExact(elapsedMs)},"result":${result}}`;
}

/** Reads what {@linkcode finishedText} wrote. */
export function parseFinished(stored: Uint8Array): FinishedJob {
  return parseExact(new TextDecoder().decode(stored)) as FinishedJob;
}

/** The results of a run's jobs, each read once. */
export class JobResults {
  readonly #store: Pick<Store, "get">;
  readonly #finished = new Map<string, FinishedJob>();
  readonly #ignored = new Set<string>();

  /** @param store Where the results lie. */
  constructor(store: Pick<Store, "get">) {
    this.#store = store;
  }

  /** The finished job of a key; `undefined` where there is none. */
  get(key: string | null): FinishedJob | undefined {
    if (key === null || this.#ignored.has(key)) return undefined;
    const known = this.#finished.get(key);
    if (known !== undefined) return known;
    const stored = this.#store.get(key);
    if (stored === undefined) return undefined;
    const finished = parseFinished(stored);
    this.#finished.set(key, finished);
    return finished;
  }

  /** Holds what is stored for missing until the job has finished once more: it is to be computed again, and may fail. */
  ignore(key: string): void {
    this.#ignored.add(key);
  }

  /** Reads a result anew when it is next asked for: its job has finished. */
  renew(key: string): void {
    this.#finished.delete(key);
    this.#ignored.delete(key);
  }
}
