import { ifThere } from "../../files/if_there.ts";
import type { Store } from "./store.ts";

/** A job that is being computed. */
interface Running {
  /** The path of its checkpoint. */
  readonly checkpoint: string;
  /** How long its earlier parts computed, in ms. */
  readonly earlierMs: number;
  /** When this part began, by the clock of the process. */
  readonly started: number;
  /** What tells one checkpoint from the next. */
  state: string | null;
}

/** How often checkpoints are looked at. */
const pauseMs = 1000;

/**
 * How long jobs computed that went on from a checkpoint: the time that led to the last checkpoint is kept beside it, so that the time of
 * a job is the sum over its parts. What was computed after that checkpoint, and is computed once more, counts once.
 */
export class PartTimes implements Disposable {
  readonly #store: Store;
  readonly #running = new Map<string, Running>();
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param store Where the times are kept, under the keys of the jobs. */
  constructor(store: Store) {
    this.#store = store;
    this.#timer = setInterval(() => this.#look(), pauseMs);
  }

  /**
   * A job begins, or goes on where it has a checkpoint.
   *
   * @param key The key of the job.
   * @param checkpoint The path of its checkpoint.
   */
  begin(key: string, checkpoint: string): void {
    const state = stateOf(checkpoint);
    const earlierMs = state === null ? 0 : this.#kept(key);
    this.#running.set(key, { checkpoint, earlierMs, started: performance.now(), state });
  }

  /**
   * A job has finished: nothing of it is kept any more.
   *
   * @param key The key of the job.
   * @param elapsedMs How long its last part computed.
   * @returns How long all of its parts did.
   */
  finish(key: string, elapsedMs: number): number {
    const earlierMs = this.#running.get(key)?.earlierMs ?? 0;
    this.#running.delete(key);
    this.#store.remove(key);
    return earlierMs + elapsedMs;
  }

  /**
   * A job has failed: it goes on from its checkpoint, where it has one.
   *
   * @param key The key of the job.
   */
  fail(key: string): void {
    this.#look();
    this.#running.delete(key);
  }

  /** Looks at the checkpoints of what has not ended, for the last time. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#look();
  }

  #kept(key: string): number {
    const kept = this.#store.get(key);
    const ms = kept === undefined ? 0 : Number(new TextDecoder().decode(kept));
    return Number.isFinite(ms) && ms > 0 ? ms : 0;
  }

  #look(): void {
    for (const [key, job] of this.#running) {
      try {
        const state = stateOf(job.checkpoint);
        if (state === null || state === job.state) continue;
        job.state = state;
        const ms = job.earlierMs + performance.now() - job.started;
        this.#store.put(key, new TextEncoder().encode(String(ms)));
      } catch {
        // That a time cannot be kept ends no job; one that cannot write its checkpoint says so itself.
      }
    }
  }
}

/** Differs between one checkpoint and the next; `null` where there is none. */
function stateOf(checkpoint: string): string | null {
  const found = ifThere(() => Deno.statSync(checkpoint), null);
  return found === null ? null : `${found.ino} ${found.mtime?.getTime()} ${found.size}`;
}
