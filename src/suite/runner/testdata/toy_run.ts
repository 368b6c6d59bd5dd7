/**
 * Runs the reproductions of the tests: from a test, or the toy as a program of its own that a test can kill.
 * Usage: `toy_run.ts ROOT OUT SEEDS`.
 *
 * @module
 */
import { writeWhole } from "../../../files/write_whole.ts";
import type { Profile } from "../../reproduction.ts";
import { readEarlier } from "../earlier_results.ts";
import { type LoadedReproduction, type PlannedRun, planRun } from "../plan_run.ts";
import { reproduce, type Reproduced, type ReproduceOptions } from "../reproduce.ts";
import type { JobProgress } from "../run_jobs.ts";
import { dataset, reproduction as reader } from "./reader.ts";
import { reproduction } from "./toy.ts";

/** The toy as it is loaded. */
export const loadedToy: LoadedReproduction = {
  reproduction,
  tasksUrl: import.meta.resolve("./toy_tasks.ts"),
  planUrl: import.meta.resolve("./toy.ts"),
};

/** The reader as it is loaded. */
export const loadedReader: LoadedReproduction = {
  reproduction: reader,
  tasksUrl: import.meta.resolve("./reader_tasks.ts"),
  planUrl: import.meta.resolve("./reader.ts"),
};

/** What differs between runs of tests. */
export interface ToyRunOptions extends Partial<ReproduceOptions> {
  /** What is asked for; the toy by default. */
  readonly reproductions?: readonly LoadedReproduction[];
  /** What is there for cells of an earlier run alone. */
  readonly kept?: readonly LoadedReproduction[];
  /** The profile; standard by default. */
  readonly profile?: Profile;
  /** The number of seeds; `null`, the default, for the profile's. */
  readonly seeds?: number | null;
  readonly threads?: number;
}

/** A run, how it went on, and what it set out to do. */
export interface ToyRun extends Reproduced {
  /** The progress of all reproductions, as it was told. */
  readonly progress: readonly JobProgress[];
  /** The reproduction that each progress is of. */
  readonly told: readonly string[];
  readonly planned: PlannedRun;
}

/**
 * Runs reproductions and leaves results.json, as `deno task reproduce` does; cells of an earlier run into the same folder
 * are kept. The data set of the reader is the folder `data` below the root where there is one, else a stand-in.
 */
export async function runToys(root: string, out: string, own: ToyRunOptions = {}): Promise<ToyRun> {
  const { reproductions = [loadedToy], kept = [], profile = "standard", seeds = null, threads = 2, ...rest } = own;
  const progress: JobProgress[] = [];
  const told: string[] = [];
  const cells = own.cells ?? [];
  const here = own.machine ?? machine(threads);
  const earlier = readEarlier(out, profile, here);
  const planned = await planRun({
    reproductions,
    profile,
    cells,
    seeds,
    root,
    kept,
    order: ["toy", "reader"],
    earlier,
    open: (id) => Promise.resolve(openBelow(root, id)),
  });
  const reproduced = await reproduce(planned, {
    profile,
    cells,
    shard: null,
    fresh: false,
    out,
    earlier,
    root,
    machine: here,
    workerEntry: new URL("./toy_worker.ts", import.meta.url),
    signal: new AbortController().signal,
    onProgress(id, state) {
      told.push(id);
      progress.push(state);
    },
    onStall: () => {},
    ...rest,
  });
  writeWhole(`${out}/results.json`, JSON.stringify(reproduced.results));
  return { ...reproduced, progress, told, planned };
}

/** Runs the toy with a number of seeds. */
export function runToy(root: string, out: string, seeds: number, own: ToyRunOptions = {}): Promise<ToyRun> {
  return runToys(root, out, { ...own, seeds });
}

function openBelow(root: string, id: string): PlannedRun["data"]["handles"][string] {
  if (id !== dataset) throw new Error(`no toy has a data set ${id}`);
  const folder = `${root}/data`;
  try {
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    return { id, source: "folder", root: folder, files, notes: [] };
  } catch {
    return { id, source: "stand-in", root: null, files: [], notes: [] };
  }
}

/** A machine that is the same wherever the tests run. */
export function machine(threads: number): ReproduceOptions["machine"] {
  return {
    deno: "2",
    v8: "15",
    tfjs: null,
    backend: "wasm",
    simd: true,
    threads,
    cpu: "",
    cores: 2,
    os: "linux",
    arch: "x86_64",
    commit: null,
    dirty: null,
  };
}

if (import.meta.main) {
  const [root, out, seeds] = Deno.args;
  await runToy(root!, out!, Number(seeds));
}
