/**
 * `deno task accept MODULE --profile P`: records the measured cells of a run as the reproduction's baselines.
 *
 * @module
 */
import { findReproduction } from "../reproductions/mod.ts";
import { UsageError } from "../src/errors.ts";
import { acceptCells } from "../src/suite/runner/accept_cells.ts";
import {
  exitStatus,
  main,
  parseCommandLine,
  parseProfile,
  print,
  root,
  userPath,
} from "./lib/command_line.ts";
import { readResults } from "./lib/read_results.ts";

await main(() => {
  const usage = "deno task accept MODULE --profile smoke|standard|full|authors [--out DIR]";
  const { flags, positionals: [id, ...rest] } = parseCommandLine({
    profile: { type: "string" },
    out: { type: "string", default: "out" },
  }, usage);
  if (id === undefined || rest.length > 0 || flags["profile"] === undefined) {
    throw new UsageError(`Name one reproduction and its profile: usage: ${usage}`);
  }
  findReproduction(id);
  const profile = parseProfile(flags["profile"] as string);
  const path = `${userPath(flags["out"] as string)}/results.json`;
  const results = readResults(path);
  if (results.profile !== profile) {
    throw new UsageError(
      `Cannot accept ${path} for ${profile}: it holds a run of the profile ${results.profile}`,
    );
  }
  const module = results.modules.find((known) => known.id === id);
  if (module === undefined) throw new UsageError(`Cannot accept ${id}: ${path} does not hold it`);
  const { added, changed, kept, removed, digest } = acceptCells(
    `${root}/golden`,
    profile,
    module,
    results.environment,
  );
  const names = (cells: readonly string[]) => cells.length === 0 ? "" : `: ${cells.join(", ")}`;
  print(
    `${id}, ${profile}: ${added.length} added${names(added)}\n${changed.length} changed${names(changed)}\n` +
      `${kept} kept\n${removed.length} removed${names(removed)}\n` +
      (digest
        ? "digest recorded\n"
        : "digest not recorded: some cells keep a baseline that this run did not measure\n"),
  );
  return exitStatus.ok;
});
