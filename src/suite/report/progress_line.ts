import { writeToStandardError } from "../../files/standard_streams.ts";
import type { JobProgress } from "../runner/run_jobs.ts";
import { terminalColumns } from "./terminal_columns.ts";

/** Where lines of progress go. */
export interface ProgressOutput {
  /** Whether a line can be written over; else lines are plain, with at least five seconds between them. */
  readonly isTerminal: boolean;
  /** How many characters a line of the terminal holds. */
  readonly columns: number;
  /** Writes text as it is. */
  write(text: string): void;
  /** The time in ms, from any fixed moment. */
  now(): number;
}

/** The least time between plain lines, in ms. */
const plainPause = 5000;

/** A line of progress that the next one takes the place of. */
class StatusLine {
  readonly #output: ProgressOutput;
  readonly #started: number;
  #lastPlain = -Infinity;
  #isOpen = false;

  constructor(output: ProgressOutput) {
    this.#output = output;
    this.#started = output.now();
  }

  /** How long this has been going on, in ms. */
  get elapsedMs(): number {
    return this.#output.now() - this.#started;
  }

  /** Shows a line. The last one stays where lines are plain; a terminal is left without one. */
  show(text: string, isLast: boolean): void {
    if (this.#output.isTerminal) {
      if (isLast) return this.end();
      // A line that is wrapped could not be written over.
      const { columns } = this.#output;
      const fitting = text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`;
      this.#output.write(`${cleared}${fitting}`);
      this.#isOpen = true;
    } else if (isLast || this.elapsedMs - this.#lastPlain >= plainPause) {
      this.#lastPlain = this.elapsedMs;
      this.#output.write(`${text}\n`);
    }
  }

  /** Takes the line away, so that what is written next stands in its place. */
  end(): void {
    if (this.#isOpen) this.#output.write(cleared);
    this.#isOpen = false;
  }
}

/** Goes to the start of the line, and empties it. */
const cleared = "\r\u001b[2K";

/** The progress of one thing on standard error: a bar that is written over and taken away at the end, or plain lines where that is no terminal. */
export class ProgressLine {
  readonly #label: string;
  readonly #unit: string;
  readonly #line: StatusLine;

  /**
   * @param label What is in progress.
   * @param unit What is counted.
   * @param output Where the line goes.
   */
  constructor(label: string, unit = "jobs", output: ProgressOutput = standardError()) {
    this.#label = label;
    this.#unit = unit;
    this.#line = new StatusLine(output);
  }

  /** Shows how far the jobs have come. */
  show(progress: JobProgress): void {
    const text = progressText(this.#label, progress, this.#line.elapsedMs, this.#unit);
    this.#line.show(text, progress.done === progress.total);
  }

  /** Takes the line away, where the work ends before all is done. */
  [Symbol.dispose](): void {
    this.#line.end();
  }
}

/** A reproduction of a run, and how long it is expected to take. */
export interface ExpectedReproduction {
  readonly id: string;
  /** The minutes that all of its jobs take, on any machine: only their proportions count. */
  readonly minutes: number;
}

/** The progress of a run, whose jobs of all reproductions stand in one queue: one line on standard error. */
export class RunProgressLine {
  readonly #expected: readonly ExpectedReproduction[];
  readonly #line: StatusLine;
  readonly #progress = new Map<string, JobProgress>();
  /** The reproductions whose jobs came further last, the latest at the end. */
  #latest: readonly string[] = [];
  #isOver = false;

  /**
   * @param expected The reproductions of the run, in its order.
   * @param output Where the line goes.
   */
  constructor(expected: readonly ExpectedReproduction[], output: ProgressOutput = standardError()) {
    this.#expected = expected;
    this.#line = new StatusLine(output);
  }

  /**
   * Takes the progress of a reproduction. Nothing is shown before each has reported once, or one has reported again, since the
   * number of jobs is not known before; one that has not reported by then has no job in this run.
   *
   * @param id The reproduction.
   * @param progress How far its jobs have come.
   */
  update(id: string, progress: JobProgress): void {
    const isFirst = !this.#progress.has(id);
    this.#progress.set(id, progress);
    if (!isFirst) this.#latest = [...this.#latest.filter((other) => other !== id), id];
    const courses = this.#expected.flatMap(({ id, minutes }): RunCourse[] => {
      const own = this.#progress.get(id);
      return own === undefined ? [] : [{ id, minutes, progress: own, isLatest: this.#isUnderWay(id) }];
    });
    if (this.#isOver || isFirst && courses.length < this.#expected.length) return;
    this.#isOver = courses.every(({ progress: { done, total } }) => done === total);
    this.#line.show(runProgressText(courses, this.#line.elapsedMs), this.#isOver);
  }

  /** Takes the line away until a reproduction comes further, so that something else can be said. */
  clear(): void {
    this.#line.end();
  }

  /** Takes the line away, where the run ends before its jobs have. */
  end(): void {
    this.#isOver = true;
    this.#line.end();
  }

  #isUnderWay(id: string): boolean {
    const unfinished = this.#latest.filter((other) => {
      const { done, total } = this.#progress.get(other)!;
      return done < total;
    });
    return unfinished.slice(-mostNames).includes(id);
  }
}

/** How many reproductions a line names. */
const mostNames = 2;

/** How far a reproduction of a run has come. */
export interface RunCourse extends ExpectedReproduction {
  readonly progress: JobProgress;
  /** Whether it is one of those that came further last. */
  readonly isLatest: boolean;
}

/**
 * One line of progress of a run. The share that is done and the time that is left count each reproduction by its expected minutes and
 * its jobs alike; what was found in the cache or in checkpoints is no work of this run.
 *
 * @param courses The reproductions that have jobs.
 * @param elapsedMs How long the run has been going on.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const progress = (done: number, cached: number) => ({ done, total: 10, cached, resumed: 0 });
 * assertEquals(
 *   runProgressText([
 *     { id: "energy", minutes: 1, progress: progress(10, 0), isLatest: false },
 *     { id: "frames", minutes: 3, progress: progress(5, 0), isLatest: true },
 *   ], 10_000),
 *   "run [######....] 62 %, 15 of 20 jobs, 0:06 left: frames",
 * );
 * ```
 */
export function runProgressText(courses: readonly RunCourse[], elapsedMs: number): string {
  let work = 0;
  let worked = 0;
  for (const { minutes, progress: { done, total, cached, resumed } } of courses) {
    if (total === 0) continue;
    // A reproduction that is expected to take no time has jobs nevertheless.
    const perJob = Math.max(minutes, leastMinutes) / total;
    work += perJob * (total - cached - resumed);
    worked += perJob * computedJobs({ done, total, cached, resumed });
  }
  const sum = (part: (progress: JobProgress) => number) =>
    courses.reduce((total, { progress }) => total + part(progress), 0);
  const done = sum((progress) => progress.done);
  const total = sum((progress) => progress.total);
  const line = writeLine({
    label: "run",
    // Short, so that the names fit into 80 columns.
    width: 10,
    share: done === total ? 1 : work > 0 ? worked / work : 0,
    done,
    total,
    cached: sum((progress) => progress.cached),
    unit: "jobs",
    elapsedMs,
    leftMs: worked > 0 ? elapsedMs / worked * (work - worked) : null,
  });
  const names = courses.filter(({ isLatest }) => isLatest).map(({ id }) => id).join(", ");
  return names === "" ? line : `${line}: ${names}`;
}

/** A second. */
const leastMinutes = 1 / 60;

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
  const computed = computedJobs({ done, total, cached, resumed });
  const leftMs = computed > 0 ? elapsedMs / computed * (total - done) : null;
  return writeLine({ label, width: 20, share, done, total, cached, unit, elapsedMs, leftMs });
}

/** How many jobs this run has computed. Shares of jobs are added up, so that a difference of rounding is none. */
function computedJobs({ done, cached, resumed }: JobProgress): number {
  const computed = done - cached - resumed;
  return computed > 1e-9 ? computed : 0;
}

/** What a line of progress says. */
interface LineParts {
  readonly label: string;
  /** How many characters the bar has. */
  readonly width: number;
  readonly share: number;
  readonly done: number;
  readonly total: number;
  readonly cached: number;
  readonly unit: string;
  readonly elapsedMs: number;
  /** `null` where it cannot be told yet. */
  readonly leftMs: number | null;
}

function writeLine({ label, width, share, done, total, cached, unit, elapsedMs, leftMs }: LineParts): string {
  const bar = "#".repeat(Math.floor(width * share)).padEnd(width, ".");
  const left = done === total
    ? `${(elapsedMs / 1000).toFixed(1)} s`
    : leftMs === null
    ? "..."
    : `${clock(leftMs)} left`;
  return `${label} [${bar}] ${Math.floor(100 * share)} %, ${Math.floor(done)} of ${total} ${unit}${
    cached > 0 ? `, ${cached} from the cache` : ""
  }, ${left}`;
}

/** Minutes and seconds, with hours before them where there are any. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** Standard error as it is now. */
function standardError(): ProgressOutput {
  return {
    isTerminal: Deno.stderr.isTerminal(),
    get columns() {
      return terminalColumns(Deno.stderr) ?? Infinity;
    },
    write: writeToStandardError,
    now: () => performance.now(),
  };
}
