/**
 * `deno task reproduce`: runs reproductions, prints their tables and judges every number.
 *
 * @module
 */
import { openDataset } from "../src/data/open_dataset.ts";
import { reproductions } from "../reproductions/mod.ts";
import { exitStatusOf, UsageError } from "../src/errors.ts";
import type { Profile } from "../src/suite/reproduction.ts";
import { readEarlier } from "../src/suite/runner/earlier_results.ts";
import { describeMachine } from "../src/suite/runner/environment.ts";
import { exitStatusOfResults } from "../src/suite/runner/exit_status.ts";
import { type LoadedReproduction, planRun } from "../src/suite/runner/plan_run.ts";
import { reproduce } from "../src/suite/runner/reproduce.ts";
import { parseShard } from "../src/suite/runner/select_jobs.ts";
import { RunProgressLine } from "../src/suite/report/progress_line.ts";
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
} from "./lib/command_line.ts";
import { dataFolders, standInOf } from "./lib/datasets.ts";
import { downloadProgress } from "./lib/download_progress.ts";
import { listReproductions } from "./lib/list_reproductions.ts";
import { loadKept, loadReproductions } from "./lib/load_reproductions.ts";
import { listenForInterruption, throwIfInterrupted } from "./lib/interruption.ts";
import { publish } from "./lib/publish.ts";

const usage =
  "deno task reproduce [MODULE ...] [--profile smoke|standard|full|authors] [--cell GLOB] [--seeds N] " +
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
  const loaded = await loadReproductions(positionals);
  if (flags["list"]) {
    print(listReproductions(loaded.map(({ reproduction }) => reproduction), root, flags["json"] === true));
    return exitStatus.ok;
  }
  return await runReproductions(withProfile(loaded, profile, positionals.length > 0), profile, flags);
}

/**
 * The reproductions that have a profile: not every one has the settings of its authors.
 *
 * @param named Whether they were named one by one, so that none may be left out.
 */
function withProfile(
  loaded: readonly LoadedReproduction[],
  profile: Profile,
  named: boolean,
): LoadedReproduction[] {
  const without = loaded.filter(({ reproduction }) => reproduction.profiles[profile] === undefined);
  const rest = loaded.filter((entry) => !without.includes(entry));
  const names = (entries: readonly LoadedReproduction[]) =>
    entries.map(({ reproduction: { id } }) => id).join(", ");
  if (without.length > 0 && (named || rest.length === 0)) {
    throw new UsageError(
      `Cannot run ${names(without)} in the profile ${profile}: no settings of it are known: take full`,
    );
  }
  for (const { reproduction: { id } } of without) say(`${id} has no profile ${profile}, and is left out`);
  return rest;
}

async function runReproductions(
  asked: readonly LoadedReproduction[],
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
  const signal = listenForInterruption();
  if (seeds !== null) {
    for (const { reproduction: { id, profiles } } of asked) {
      if (profiles[profile]!.seeds === null) say(`${id} has nothing random: --seeds changes nothing there`);
    }
  }
  say(`Profile ${profile}: checking the data`);
  const machine = describeMachine(root, threads);
  const earlier = readEarlier(out, profile, machine);
  const kept = await loadKept(earlier, asked);
  let line: RunProgressLine | undefined;
  try {
    const planned = await planRun({
      reproductions: asked,
      kept,
      order: reproductions.map(({ id }) => id),
      earlier,
      profile,
      cells,
      seeds,
      root,
      open: async (id, isAsked) =>
        profile === "smoke" ? standInOf(id) : await openDataset(id, {
          dataFolders: folders,
          // Nothing is fetched for what an earlier run measured.
          offline: flags["offline"] === true || !isAsked,
          downloadTo: folders[0]!,
          onProgress: downloadProgress(),
          signal,
        }),
    });
    await throwIfInterrupted(signal);
    const running = planned.reproductions.filter((entry) => entry.asked).map(({ reproduction }) =>
      reproduction
    );
    line = new RunProgressLine(
      running.map(({ id, profiles }) => ({ id, minutes: profiles[profile]!.minutes })),
    );
    const reproduced = await reproduce(planned, {
      profile,
      cells,
      shard,
      fresh: flags["fresh"] === true,
      out,
      root,
      earlier,
      machine,
      workerEntry: new URL("./job_worker.ts", import.meta.url),
      signal,
      onProgress: (id, progress) => line!.update(id, progress),
    });
    await throwIfInterrupted(signal);
    if (reproduced.dropped > 0) say(droppedLine(reproduced.dropped));
    const claims = new Map(planned.reproductions.map(({ reproduction: { id }, claims }) => [id, claims]));
    await publish(reproduced, {
      out,
      claims,
      asked: running.map(({ id }) => id),
      form: flags["json"] === true ? "json" : "tables",
      parameters: {
        modules: asked.map(({ reproduction: { id } }) => id).join(" "),
        cells: cells.join(" ") || "all",
        seeds: seeds === null ? "the profile's" : String(seeds),
        ...(shard === null ? {} : { shard: `${shard.index}/${shard.count}` }),
      },
    });
    return exitStatusOfResults(reproduced.results, planned.asked);
  } catch (error) {
    line?.end();
    // What the user has to mend is said, whenever they have ended the run.
    if (!signal.aborted || exitStatusOf(error) !== exitStatus.fault) throw error;
    say(`Interrupted by ${signal.reason}: the same command goes on from the jobs kept in ${out}/cache`);
    return exitStatus.interrupted;
  }
}

function droppedLine(count: number): string {
  const cells = count === 1
    ? "1 cell of an earlier run is not kept: it was"
    : `${count} cells of an earlier run are not kept: they were`;
  return `${cells} measured by other code, from other data or with other seeds`;
}

await main(run);
