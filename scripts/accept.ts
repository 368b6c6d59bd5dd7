/**
 * `deno task accept MODULE --profile P`: records the measured cells of a run as the reproduction's baselines. With `--prune` it takes
 * away those of cells that no golden row names any more, and needs no run.
 *
 * @module
 */
import { findReproduction } from "../reproductions/mod.ts";
import { UsageError } from "../src/errors.ts";
import { takeTurn } from "../src/files/file_lock.ts";
import type { Profile } from "../src/suite/reproduction.ts";
import { acceptCells, pruneBaselines } from "../src/suite/runner/accept_cells.ts";
import { readSoundResults } from "../src/suite/runner/read_sound_results.ts";
import { sourceDigest } from "../src/suite/runner/source_digest.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, parseProfile, print, root, runCommand, say, userPath } from "./lib/command_line.ts";
import { loadSeeds } from "./lib/load_reproductions.ts";

const options = {
  profile: {
    value: "NAME",
    text: "smoke, standard, full or authors",
    required: true,
    parse: parseProfile,
  },
  out: { value: "DIR", text: "output folder of the run", otherwise: "out", parse: userPath },
  prune: { text: "remove the baselines of cells that are gone; needs no run" },
} as const;

const command: Command<typeof options> = {
  task: "accept",
  summary: "Record the measured cells of a run as baselines, or remove those of cells that are gone",
  operands: { usage: "MODULE", text: "a reproduction", least: 1, most: 1 },
  options,
  example: "scattering_energy --profile standard",
};

const golden = `${root}/golden`;

await runCommand(command, async ({ options: { profile, out, prune: only }, operands }) => {
  const id = operands[0]!;
  const seeds = await loadSeeds(id, profile);
  // Baselines are read, changed and written: another acceptance of the same reproduction waits.
  using _turn = await takeTurn(`${golden}/${id}.csv`);
  if (only && out !== undefined) {
    throw new UsageError("Cannot take --out with --prune, which needs no run: leave one of them out");
  }
  const text = only
    ? prune(id, profile)
    : accept(id, profile, seeds, `${out ?? userPath("out")}/results.json`);
  print(`${id}, ${profile}: ${text}`);
  return exitStatus.ok;
});

/** Records what a run measured. */
function accept(id: string, profile: Profile, seeds: number | null, path: string): string {
  const results = readSoundResults(path, "Cannot accept");
  if (results.profile !== profile) {
    throw new UsageError(
      `Cannot accept ${path} for ${profile}: it holds a run of the profile ${results.profile}`,
    );
  }
  const module = results.modules.find((known) => known.id === id);
  if (module === undefined) throw new UsageError(`Cannot accept ${id}: ${path} does not hold it`);
  const { environment } = results;
  if (environment.dirty === true) {
    say(`${path} was measured by code that differed from its commit ${environment.commit?.slice(0, 12)}`);
  }
  const sources = sourceDigest(findReproduction(id).tasksUrl, root);
  if (module.sources !== sources) {
    say(
      `${path} was measured by other code of ${id} than this checkout has: its source digest is ` +
        `${module.sources.slice(0, 12)}, here it is ${sources.slice(0, 12)}`,
    );
  }
  const accepted = acceptCells(module, { golden, profile, seeds, environment });
  const { added, changed, kept, removed, digest } = accepted;
  return `${added.length} added${names(added)}\n${changed.length} changed${names(changed)}\n` +
    `${kept} kept\n${removed.length} removed${names(removed)}\n` +
    (digest
      ? "digest recorded\n"
      : "digest not recorded: some cells keep a baseline that this run did not measure\n");
}

/** Takes away what no golden row names any more: for profiles whose runs take hours. */
function prune(id: string, profile: Profile): string {
  const removed = pruneBaselines(golden, id, profile);
  return `${removed.length} removed${names(removed)}\n` +
    (removed.length === 0 ? "" : "digest removed: it was over them too\n");
}

function names(cells: readonly string[]): string {
  return cells.length === 0 ? "" : `: ${cells.join(", ")}`;
}
