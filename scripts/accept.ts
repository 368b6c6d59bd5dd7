/**
 * `deno task accept MODULE --profile P`: records the measured cells of a run as the reproduction's baselines. With `--prune` it takes
 * away those of cells that no golden row names any more, and needs no run.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import type { Profile } from "../src/suite/reproduction.ts";
import { acceptCells, pruneBaselines } from "../src/suite/runner/accept_cells.ts";
import { readResults } from "../src/suite/runner/read_results.ts";
import {
  exitStatus,
  main,
  parseCommandLine,
  parseProfile,
  print,
  root,
  userPath,
} from "./lib/command_line.ts";
import { loadSeeds } from "./lib/load_reproductions.ts";

const usage = "deno task accept MODULE --profile smoke|standard|full|authors [--out DIR | --prune]";

const golden = `${root}/golden`;

await main(async () => {
  const { flags, positionals: [id, ...rest] } = parseCommandLine({
    profile: { type: "string" },
    out: { type: "string" },
    prune: { type: "boolean", default: false },
  }, usage);
  if (id === undefined || rest.length > 0 || flags["profile"] === undefined) {
    throw new UsageError(`Name one reproduction and its profile: usage: ${usage}`);
  }
  const profile = parseProfile(flags["profile"] as string);
  const seeds = await loadSeeds(id, profile);
  const text = flags["prune"] === true
    ? prune(id, profile, flags["out"])
    : accept(id, profile, seeds, `${userPath(String(flags["out"] ?? "out"))}/results.json`);
  print(`${id}, ${profile}: ${text}`);
  return exitStatus.ok;
});

/** Records what a run measured. */
function accept(id: string, profile: Profile, seeds: number | null, path: string): string {
  const results = readResults(path);
  if (results.profile !== profile) {
    throw new UsageError(
      `Cannot accept ${path} for ${profile}: it holds a run of the profile ${results.profile}`,
    );
  }
  const module = results.modules.find((known) => known.id === id);
  if (module === undefined) throw new UsageError(`Cannot accept ${id}: ${path} does not hold it`);
  const { environment } = results;
  const accepted = acceptCells(module, { golden, profile, seeds, environment });
  const { added, changed, kept, removed, digest } = accepted;
  return `${added.length} added${names(added)}\n${changed.length} changed${names(changed)}\n` +
    `${kept} kept\n${removed.length} removed${names(removed)}\n` +
    (digest
      ? "digest recorded\n"
      : "digest not recorded: some cells keep a baseline that this run did not measure\n");
}

/** Takes away what no golden row names any more: for profiles whose runs take hours. */
function prune(id: string, profile: Profile, out: unknown): string {
  if (out !== undefined) {
    throw new UsageError(`Cannot take --out with --prune, which needs no run: usage: ${usage}`);
  }
  const removed = pruneBaselines(golden, id, profile);
  return `${removed.length} removed${names(removed)}\n` +
    (removed.length === 0 ? "" : "digest removed: it was over them too\n");
}

function names(cells: readonly string[]): string {
  return cells.length === 0 ? "" : `: ${cells.join(", ")}`;
}
