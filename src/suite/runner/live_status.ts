import type { JobProgress } from "./run_jobs.ts";
import type { CellResult } from "./results.ts";
import { writeWhole } from "../../files/write_whole.ts";
import type { Profile } from "../reproduction.ts";

/** A run as it goes on: what `deno task view` shows. */
export interface LiveRun {
  /** The version of this format. */
  readonly schema: "reproduce-live/2";
  readonly profile: Profile;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** `ended` also where it was interrupted: its finished jobs are kept. */
  readonly state: "running" | "finished" | "ended";
  /** In the order of the run. */
  readonly modules: readonly LiveReproduction[];
}

/** A reproduction of a run as it goes on. */
export interface LiveReproduction {
  readonly id: string;
  /** `null` while it waits. */
  readonly progress: JobProgress | null;
  /** How long its jobs have been running. */
  readonly elapsedMs: number;
  /** The cells that have been judged. */
  readonly cells: readonly LiveCell[];
}

/** A cell that has been judged. */
export type LiveCell =
  & Pick<
    CellResult,
    "id" | "unit" | "published" | "role" | "deviation" | "tolerance" | "expect" | "verdict" | "baseline"
  >
  & { readonly measured: CellResult["measured"] };

/** How often the file is written at most. */
const intervalMs = 1000;

/** Keeps a file that says how far a run has come. */
export class LiveStatus {
  readonly #path: string;
  readonly #profile: Profile;
  readonly #startedAt: string = new Date().toISOString();
  readonly #modules: Map<string, LiveReproduction>;
  readonly #started = new Map<string, number>();
  #written = -Infinity;

  /**
   * Writes the file for the first time.
   *
   * @param path The file.
   * @param profile The profile of the run.
   * @param reproductions The ids of its reproductions, in order.
   */
  constructor(path: string, profile: Profile, reproductions: readonly string[]) {
    this.#path = path;
    this.#profile = profile;
    this.#modules = new Map(reproductions.map((id) => [id, { id, progress: null, elapsedMs: 0, cells: [] }]));
    this.#write("running");
  }

  /**
   * Takes the progress of a reproduction.
   *
   * @param cells Judges what has finished; called as often as the file is written.
   */
  update(id: string, progress: JobProgress, cells: () => readonly CellResult[]): void {
    const now = performance.now();
    const started = this.#started.get(id) ?? now;
    this.#started.set(id, started);
    if (progress.done < progress.total && now - this.#written < intervalMs) return;
    this.#modules.set(id, {
      id,
      progress,
      elapsedMs: now - started,
      cells: cells().filter(({ verdict }) => verdict !== "not measured").map(liveCell),
    });
    this.#written = now;
    this.#write("running");
  }

  /** Says that the run is over. */
  end(state: "finished" | "ended"): void {
    this.#write(state);
  }

  #write(state: LiveRun["state"]): void {
    const run: LiveRun = {
      schema: "reproduce-live/2",
      profile: this.#profile,
      startedAt: this.#startedAt,
      state,
      modules: [...this.#modules.values()],
    };
    writeWhole(this.#path, JSON.stringify(run));
  }
}

function liveCell(cell: CellResult): LiveCell {
  const { id, unit, published, role, measured, deviation, tolerance, expect, verdict, baseline } = cell;
  return { id, unit, published, role, measured, deviation, tolerance, expect, verdict, baseline };
}
