/**
 * Runs of one profile that must give the same bits: with other numbers of threads, on what seems another processor, in
 * another place, cut into shards of which one is killed. What they show: docs/determinism.md.
 *
 * @module
 */
import { setTimeout } from "node:timers/promises";
import type { ReproductionResult, Results } from "../../src/suite/runner/results.ts";
import { root } from "../../scripts/lib/command_line.ts";
import { readResults } from "../../src/suite/runner/read_results.ts";

/** What a run may differ in. */
export interface Variation {
  /** `--threads`; every core where it is absent. */
  readonly threads?: number;
  /** Flags of V8, for every thread of the process. */
  readonly flags?: readonly string[];
  /** Environment variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A processor of before 2011 as V8 and the GNU C library see it: no AVX and no fused multiply-add, with which V8 would
 * compile and of which the library picks other versions of its functions.
 */
export const olderProcessor: Variation = {
  flags: ["avx", "avx2", "fma3", "bmi1", "bmi2", "lzcnt", "popcnt"].map((name) => `--no-enable-${name}`),
  env: { GLIBC_TUNABLES: "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA" },
};

/** Another time zone, with an offset of three quarters of an hour, and a language with other letters and numbers. */
export const otherPlace: Variation = {
  env: { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
};

/** WebAssembly from the optimising compiler alone, from the start; JavaScript without the middle tier. */
export const otherCompilers: Variation = { flags: ["--no-liftoff", "--no-maglev"] };

/** The flags of `deno task reproduce:fast`: no bounds checks of WebAssembly memory, and pairs of vectors made one. */
export const fastMode: Variation = { env: { DENO_V8_FLAGS: fastFlags() } };

function fastFlags(): string {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  return /^DENO_V8_FLAGS=(\S+) /.exec(tasks["reproduce:fast"].command)![1]!;
}

/**
 * Runs `deno task reproduce`, or another task, to its end.
 *
 * @param args What comes behind the name of the task, without `--out` and `--threads`.
 * @param out The output folder.
 * @param variation What is different.
 * @returns What the run measured.
 * @throws {Error} Where it wrote no results: with the end of what it said.
 */
export async function runVaried(
  args: readonly string[],
  out: string,
  variation: Variation,
  task: "reproduce" | "merge" = "reproduce",
): Promise<Results> {
  const { code, stderr } = await command(task, args, out, variation).output();
  // 0, 1 and 3 say what came out, whether as expected or not.
  if (![0, 1, 3].includes(code)) {
    throw new Error(`Cannot compare ${out}: the run ended with ${code}: ${new TextDecoder().decode(stderr)}`);
  }
  return readResults(`${out}/results.json`);
}

/**
 * Runs one shard after the other, each with a variation of its own, and puts them together. The first is killed, with
 * SIGKILL, once one of its jobs has finished, and run again.
 *
 * @param args As of {@linkcode runVaried}.
 * @param out The folder for the output folders of the shards and of the whole.
 * @param shards The variation of each shard.
 * @returns What all shards measured.
 * @throws {Error} Where a run wrote no results, or the first shard ended before it was killed.
 */
export async function runShards(
  args: readonly string[],
  out: string,
  shards: readonly Variation[],
): Promise<Results> {
  const folders = shards.map((_, i) => `${out}/shard-${i + 1}`);
  for (const [i, variation] of shards.entries()) {
    const ofShard = [...args, "--shard", `${i + 1}/${shards.length}`];
    if (i === 0) await killRun(ofShard, folders[i]!, variation);
    await runVaried(ofShard, folders[i]!, variation);
  }
  return await runVaried(folders, `${out}/merged`, {}, "merge");
}

async function killRun(args: readonly string[], out: string, variation: Variation): Promise<void> {
  const child = command("reproduce", args, out, variation).spawn();
  let ended = false;
  const status = child.output().then(() => ended = true);
  while (!ended && finishedJobs(out) < 1) await setTimeout(20);
  if (ended) {
    throw new Error(`Cannot interrupt the run of ${out}: it ended before one of several jobs had finished`);
  }
  child.kill("SIGKILL");
  await status;
}

function finishedJobs(out: string): number {
  try {
    return [...Deno.readDirSync(`${out}/cache/jobs`)].filter(({ name }) => /^[0-9a-f]{64}$/.test(name))
      .length;
  } catch {
    return 0;
  }
}

/** The command of a task, without the shell of `deno task` around it, so that a signal reaches the run itself. */
function command(
  task: string,
  args: readonly string[],
  out: string,
  { threads, flags = [], env = {} }: Variation,
): Deno.Command {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  const [, run, ...words] = (tasks[task].command as string).split(" ");
  const ofV8 = flags.length === 0 ? [] : [`--v8-flags=${flags.join(",")}`];
  const ofThreads = threads === undefined ? [] : ["--threads", String(threads)];
  return new Deno.Command(Deno.execPath(), {
    args: [run!, ...ofV8, ...words, ...args, ...ofThreads, "--out", out],
    cwd: root,
    env: { NO_COLOR: "1", INIT_CWD: root, ...env },
    stdout: "null",
    stderr: "piped",
  });
}

/**
 * The first cell of a reproduction in which two runs differ in a bit of a value, or else in anything that results.json says
 * of the reproduction but how long it took.
 *
 * @returns The cell; `the rest` where every value is the same and something else is not; `null` where nothing differs.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cell = (value: number) => ({ id: "a", measured: { value, standardError: null, unitOfError: null, values: [value] } });
 * const toy = (value: number, ms: number) => ({ id: "toy", elapsedMs: ms, computeMs: ms, cells: [cell(value)] });
 * assertEquals(firstDifference(toy(1, 5), toy(1, 6)), null);
 * assertEquals(firstDifference(toy(1, 5), toy(1 + Number.EPSILON, 5)), "a");
 * ```
 */
export function firstDifference(a: Compared, b: Compared): string | null {
  const values = ({ measured }: Compared["cells"][number]) => measured?.values.map(bitsOf).join() ?? "";
  const moved = a.cells.find((cell, i) => b.cells[i]?.id !== cell.id || values(cell) !== values(b.cells[i]!));
  if (moved !== undefined) return moved.id;
  const text = (compared: Compared) => JSON.stringify({ ...compared, elapsedMs: 0, computeMs: 0 });
  return text(a) === text(b) ? null : "the rest";
}

/** What {@linkcode firstDifference} looks at; the rest of a reproduction is compared as text. */
export type Compared = Pick<ReproductionResult, "id" | "elapsedMs" | "computeMs"> & {
  readonly cells: readonly Pick<ReproductionResult["cells"][number], "id" | "measured">[];
};

function bitsOf(value: number): string {
  return new BigUint64Array(Float64Array.of(value).buffer)[0]!.toString(16);
}
