/**
 * `deno task reproduce`: runs reproductions, prints their tables and judges every number.
 *
 * @module
 */
import { openDataset } from "../src/data/open_dataset.ts";
import type { Profile } from "../src/reproduction.ts";
import { describeMachine } from "../src/runner/environment.ts";
import { exitStatusOfResults } from "../src/runner/exit_status.ts";
import { type LoadedReproduction, planRun } from "../src/runner/plan_run.ts";
import { reproduce } from "../src/runner/reproduce.ts";
import { parseShard } from "../src/runner/select_jobs.ts";
import { ProgressLine } from "../src/report/progress_line.ts";
import {
  exitStatus,
  main,
  parseCommandLine,
  parseCount,
  parseProfile,
  print,
  root,
  say,
  userPath,
} from "./command_line.ts";
import { dataFolders, standInOf } from "./datasets.ts";
import { downloadProgress } from "./download_progress.ts";
import { listModules } from "./list_modules.ts";
import { loadModules } from "./modules.ts";
import { publish } from "./publish.ts";

const usage = "deno task reproduce [MODULE ...] [--profile smoke|standard|full] [--cell GLOB] [--seeds N] " +
  "[--threads N] [--data DIR] [--offline] [--out DIR] [--fresh] [--shard I/N] [--json] [--list]";

async function run(): Promise<number> {
  const { flags, positionals } = parseCommandLine({
    profile: { type: "string", default: "standard" },
    cell: { type: "string", multiple: true, default: [] },
    seeds: { type: "string" },
    threads: { type: "string" },
    data: { type: "string" },
    offline: { type: "boolean", default: false },
    out: { type: "string", default: "out" },
    fresh: { type: "boolean", default: false },
    shard: { type: "string" },
    json: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  }, usage);
  if (flags["help"]) {
    print(`${usage}\n`);
    return exitStatus.ok;
  }
  const profile = parseProfile(flags["profile"] as string);
  const modules = await loadModules(positionals);
  if (flags["list"]) {
    print(listModules(modules.map(({ reproduction }) => reproduction), root, flags["json"] === true));
    return exitStatus.ok;
  }
  return await reproduceModules(modules, profile, flags);
}

async function reproduceModules(
  modules: readonly LoadedReproduction[],
  profile: Profile,
  flags: ReturnType<typeof parseCommandLine>["flags"],
): Promise<number> {
  const text = (name: string) => flags[name] as string | undefined;
  const cells = flags["cell"] as string[];
  const out = userPath(text("out")!);
  const threads = flags["threads"] === undefined
    ? navigator.hardwareConcurrency
    : parseCount("threads", text("threads")!);
  const seeds = flags["seeds"] === undefined ? null : parseCount("seeds", text("seeds")!);
  const shard = flags["shard"] === undefined ? null : parseShard(text("shard")!);
  const folders = dataFolders(text("data"), root);
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort(signal));
  }
  if (seeds !== null) {
    for (const { reproduction: { id, seeds: own } } of modules) {
      if (own === null) say(`${id} draws nothing: --seeds changes nothing there`);
    }
  }
  say(`Profile ${profile}: checking the data`);
  try {
    const planned = await planRun({
      modules,
      profile,
      cells,
      seeds,
      root,
      open: async (id) =>
        profile === "smoke" ? standInOf(id) : await openDataset(id, {
          dataFolders: folders,
          offline: flags["offline"] === true,
          downloadTo: folders[0]!,
          onProgress: downloadProgress(),
          signal: interrupted.signal,
        }),
    });
    const reproduced = await reproduce(planned, {
      profile,
      cells,
      shard,
      fresh: flags["fresh"] === true,
      out,
      root,
      machine: describeMachine(root, threads),
      workerEntry: new URL("./job_worker.ts", import.meta.url),
      signal: interrupted.signal,
      onModule: (id) => {
        const line = new ProgressLine(id);
        return (progress) => line.show(progress);
      },
    });
    const claims = new Map(planned.modules.map(({ reproduction: { id }, claims }) => [id, claims]));
    await publish(reproduced, {
      out,
      claims,
      form: flags["json"] === true ? "json" : "tables",
      parameters: {
        modules: modules.map(({ reproduction: { id } }) => id).join(" "),
        cells: cells.join(" ") || "all",
        seeds: seeds === null ? "the profile's" : String(seeds),
        ...(shard === null ? {} : { shard: `${shard.index}/${shard.count}` }),
      },
    });
    return exitStatusOfResults(reproduced.results, reproduced.failures);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    say(
      `Interrupted by ${interrupted.signal.reason}: the same command goes on from the jobs kept in ${out}/cache`,
    );
    return exitStatus.interrupted;
  }
}

await main(run);
