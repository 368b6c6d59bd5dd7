import process from "node:process";

/** When work is taken to stand still. */
export interface StallLimits {
  /** How long the process computes next to nothing before it does, in ms. */
  readonly limitMs: number;
  /** How often is looked, in ms. */
  readonly intervalMs: number;
  /** The processor time that all threads of the process have taken so far, in ms. */
  readonly computedMs: () => number;
}

/** Three minutes: a job that waits for a slow disk takes some processor time for each of its blocks. */
export const stallLimits: StallLimits = {
  limitMs: 180_000,
  intervalMs: 5000,
  computedMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** What looking and reporting take themselves is less than this share of one processor. */
const idleShare = 0.05;

/**
 * Tells when nothing goes on though work was given out: no thread of the process computes. Threads of the runtime come to wait for
 * each other for good, rarely, while workers start and end (denoland/deno issue 32034 tells of workers that never go on). Time for
 * which the process or the machine sleeps does not count, since nobody looks then.
 */
export class StallWatch implements Disposable {
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #limits: StallLimits;
  #computedMs: number;
  #idleLooks = 0;

  /**
   * @param onStall Called each time that the limit is reached.
   * @param limits When it is.
   */
  constructor(onStall: () => void, limits: StallLimits = stallLimits) {
    this.#limits = limits;
    this.#computedMs = limits.computedMs();
    this.#timer = setInterval(() => {
      if (this.#isStalled()) onStall();
    }, limits.intervalMs);
  }

  #isStalled(): boolean {
    const { computedMs, intervalMs, limitMs } = this.#limits;
    const before = this.#computedMs;
    this.#computedMs = computedMs();
    const isIdle = this.#computedMs - before < idleShare * intervalMs;
    this.#idleLooks = isIdle ? this.#idleLooks + 1 : 0;
    if (this.#idleLooks * intervalMs < limitMs) return false;
    this.#idleLooks = 0;
    return true;
  }

  /** Ends the watch. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
