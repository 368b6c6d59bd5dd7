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
import {
  datasetsRead,
  type LoadedReproduction,
  type PlannedRun,
  planRun,
} from "../src/suite/runner/plan_run.ts";
import { reproduce } from "../src/suite/runner/reproduce.ts";
import { parseShard } from "../src/suite/runner/select_jobs.ts";
import { checkOutputs } from "../src/suite/report/check_outputs.ts";
import { RunProgressLine } from "../src/suite/report/progress_line.ts";
import { terminalColumns } from "../src/suite/report/terminal_columns.ts";
import type { Command, Given } from "./lib/command.ts";
import {
  exitStatus,
  parseProfile,
  parseSeeds,
  parseThreads,
  print,
  root,
  runCommand,
  say,
  sayForNow,
  shortPath,
  userPath,
} from "./lib/command_line.ts";
import { dataFolders, standInOf } from "./lib/datasets.ts";
import { downloadProgress } from "./lib/download_progress.ts";
import { listReproductions } from "./lib/list_reproductions.ts";
import { loadKept, loadReproductions } from "./lib/load_reproductions.ts";
import { measureMachine } from "./lib/machine_speed.ts";
import { hearSignals, listenForInterruption, throwIfInterrupted } from "./lib/interruption.ts";
import { publish } from "./lib/publish.ts";
import { tableOption } from "./lib/table_option.ts";

const options = {
  profile: {
    value: "NAME",
    text: "smoke, standard, full or authors",
    default: "standard",
    parse: parseProfile,
  },
  cell: {
    value: "GLOB",
    text: "cells to measure, with * and ?; repeatable",
    otherwise: "all",
    repeatable: true,
  },
  seeds: { value: "N", text: "seeds or draws", otherwise: "the profile's", parse: parseSeeds },
  threads: { value: "N", text: "threads", otherwise: "one a core", parse: parseThreads },
  data: { value: "DIR", text: "data folder", otherwise: "$REPRODUCE_DATA, else ./data" },
  offline: { text: "download nothing" },
  out: { value: "DIR", text: "output folder", default: "out", parse: userPath },
  fresh: { text: "compute every job anew" },
  shard: {
    value: "I/N",
    text: "every Nth job from the Ith on, for merge",
    otherwise: "all",
    parse: parseShard,
  },
  table: tableOption,
  json: { text: "print results.json, and nothing else" },
  list: { text: "print modules, data sets, minutes and cells; run nothing" },
} as const;

const command: Command<typeof options> = {
  task: "reproduce",
  summary: "Run reproductions, print their tables and judge every number",
  operands: {
    usage: "[MODULE ...]",
    text: "reproductions (default: all)",
    least: 0,
    most: Infinity,
  },
  options,
  example: "scattering_energy --cell 'table1/J=3/*'",
  note: `Modules: ${reproductions.map(({ id }) => id).join(", ")}`,
};

/** What the options of the command line say. */
type Options = Given<typeof options>["options"];

async function run({ options, operands }: Given<typeof command.options>): Promise<number> {
  const { profile, list, json } = options;
  const loaded = await loadReproductions(operands);
  if (list) {
    const columns = terminalColumns(Deno.stdout);
    const machine = measureMachine();
    await hearSignals();
    const listed = loaded.map(({ reproduction }) => reproduction);
    print(listReproductions(listed, { root, machine, json, columns }));
    return exitStatus.ok;
  }
  return await runReproductions(withProfile(loaded, profile, operands.length > 0), options);
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
  options: Options,
): Promise<number> {
  const { profile, cell: cells, out, shard = null, seeds = null } = options;
  const threads = options.threads ?? navigator.hardwareConcurrency;
  const folders = dataFolders(options.data, root);
  const signal = listenForInterruption();
  checkOutputs(out);
  if (seeds !== null) {
    for (const { reproduction: { id, profiles } } of asked) {
      if (profiles[profile]!.seeds === null) say(`${id} has nothing random: --seeds changes nothing there`);
    }
  }
  sayForNow(`Profile ${profile}: checking the data`);
  const machine = describeMachine(root, threads);
  const earlier = readEarlier(out, profile, machine, say);
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
          offline: options.offline || !isAsked,
          downloadTo: folders[0]!,
          onProgress: downloadProgress(),
          signal,
        }),
    });
    if (profile !== "smoke") sayStandIns(planned);
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
      fresh: options.fresh,
      out,
      root,
      earlier,
      machine,
      workerEntry: new URL("./job_worker.ts", import.meta.url),
      signal,
      onProgress: (id, progress) => line!.update(id, progress),
      onStall: (id, job) => {
        line!.clear();
        say(`${id}/${job} stood still, as no thread computed: it is begun again on another thread`);
      },
    });
    await throwIfInterrupted(signal);
    if (reproduced.dropped > 0) say(droppedLine(reproduced.dropped));
    const claims = new Map(planned.reproductions.map(({ reproduction: { id }, claims }) => [id, claims]));
    await publish(reproduced, {
      out,
      signal,
      claims,
      asked: running.map(({ id }) => id),
      form: options.json ? "json" : "tables",
      table: options.table,
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
    say(
      `Interrupted by ${signal.reason}: the same command goes on from the jobs kept in ${
        shortPath(`${out}/cache`)
      }`,
    );
    return exitStatus.interrupted;
  }
}

/** Says before anything is computed what is computed on stand-ins alone, and what lies where the data should be. */
function sayStandIns({ reproductions, data }: PlannedRun): void {
  const needed = datasetsRead(reproductions.flatMap(({ jobs }) => jobs.filter((job) => job.needed)));
  for (const { id, source, notes } of Object.values(data.handles)) {
    if (source === "stand-in" && needed.has(id)) say(`STAND-IN for ${id}: ${notes.join("; ")}`);
  }
}

function droppedLine(count: number): string {
  const cells = count === 1
    ? "1 cell of an earlier run is not kept: it was"
    : `${count} cells of an earlier run are not kept: they were`;
  return `${cells} measured by other code, from other data or with other seeds`;
}

await runCommand(command, run);
