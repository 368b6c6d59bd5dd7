/**
 * Runs the toy reproduction: from a test, or as a program of its own that a test can kill.
 * Usage: `toy_run.ts ROOT OUT SEEDS`.
 *
 * @module
 */
import { planRun } from "../plan_run.ts";
import { reproduce, type Reproduced, type ReproduceOptions } from "../reproduce.ts";
import type { JobProgress } from "../run_jobs.ts";
import { reproduction } from "./toy.ts";

/** Runs the toy with what differs between tests. */
export async function runToy(
  root: string,
  out: string,
  seeds: number,
  own: Partial<ReproduceOptions> & { readonly threads?: number } = {},
): Promise<Reproduced & { readonly progress: JobProgress[] }> {
  const progress: JobProgress[] = [];
  const cells = own.cells ?? [];
  const planned = await planRun({
    modules: [{ reproduction, url: import.meta.resolve("./toy.ts") }],
    profile: "standard",
    cells,
    seeds,
    root,
    open: (id) => Promise.reject(new Error(`the toy has no data set ${id}`)),
  });
  const reproduced = await reproduce(planned, {
    profile: "standard",
    cells,
    shard: null,
    fresh: false,
    out,
    root,
    machine: machine(own.threads ?? 2),
    workerEntry: new URL("./toy_worker.ts", import.meta.url),
    signal: new AbortController().signal,
    onModule: () => (state) => void progress.push(state),
    ...own,
  });
  return { ...reproduced, progress };
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
