import type { JobProgress } from "../runner/run_jobs.ts";

/**
 * The progress of one module on standard error: a bar that is drawn over, or, where that is no terminal, plain
 * lines with at least five seconds between them.
 */
export class ProgressLine {
  readonly #label: string;
  readonly #unit: string;
  readonly #started: number = performance.now();
  #lastLine = -Infinity;

  /**
   * @param label What is in progress.
   * @param unit What is counted.
   */
  constructor(label: string, unit = "jobs") {
    this.#label = label;
    this.#unit = unit;
  }

  /** Shows how far the jobs have come. */
  show(progress: JobProgress): void {
    const elapsed = performance.now() - this.#started;
    const text = progressText(this.#label, progress, elapsed, this.#unit);
    const last = progress.done === progress.total;
    if (Deno.stderr.isTerminal()) {
      write(`\r\u001b[2K${text}${last ? "\n" : ""}`);
    } else if (last || elapsed - this.#lastLine >= 5000) {
      this.#lastLine = elapsed;
      write(`${text}\n`);
    }
  }
}

/**
 * One line of progress.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   progressText("energy", { done: 40, total: 90, cached: 10, resumed: 10 }, 10_000),
 *   "energy [########............] 44 %, 40 of 90 jobs, 10 from the cache, 0:25 left",
 * );
 * ```
 */
export function progressText(
  label: string,
  { done, total, cached, resumed }: JobProgress,
  elapsedMs: number,
  unit = "jobs",
): string {
  const share = total === 0 ? 1 : done / total;
  const bar = "#".repeat(Math.floor(20 * share)).padEnd(20, ".");
  const computed = done - cached - resumed;
  const secondsLeft = computed > 0 ? Math.round(elapsedMs / 1000 / computed * (total - done)) : null;
  const left = done === total
    ? `${(elapsedMs / 1000).toFixed(1)} s`
    : secondsLeft === null
    ? "..."
    : `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")} left`;
  return `${label} [${bar}] ${Math.floor(100 * share)} %, ${Math.floor(done)} of ${total} ${unit}${
    cached > 0 ? `, ${cached} from the cache` : ""
  }, ${left}`;
}

function write(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
