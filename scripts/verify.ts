/**
 * `deno task verify RESULTS.json`: judges somebody's results against the golden files, computing nothing.
 *
 * @module
 */
import { resultsJson } from "../src/suite/report/write_results_files.ts";
import { exitStatusOfResults } from "../src/suite/runner/exit_status.ts";
import { readResults } from "../src/suite/runner/read_results.ts";
import { verifyResults } from "../src/suite/runner/verify_results.ts";
import type { Command } from "./lib/command.ts";
import { print, root, runCommand } from "./lib/command_line.ts";
import { claimsOf } from "./lib/claims_of.ts";
import { loadSeeds } from "./lib/load_reproductions.ts";
import { otherSeeds } from "./lib/other_seeds.ts";
import { consoleText, standardOutput } from "./lib/publish.ts";
import { resultsPath } from "./lib/results_path.ts";
import { tableOption } from "./lib/table_option.ts";

const options = {
  table: tableOption,
  json: { text: "print results.json as judged here, and nothing else" },
} as const;

const command: Command<typeof options> = {
  task: "verify",
  summary: "Judge somebody's results.json against the golden files",
  operands: { usage: "RESULTS.json", text: "a results.json, or a folder that holds one", least: 1, most: 1 },
  options,
  example: "out",
};

await runCommand(command, async ({ options: { table, json }, operands }) => {
  const path = resultsPath(operands[0]!);
  const claimed = readResults(path);
  const seeds = new Map(
    await Promise.all(
      claimed.modules.map(async ({ id }) => [id, await loadSeeds(id, claimed.profile)] as const),
    ),
  );
  const results = verifyResults(claimed, root, path, (id) => seeds.get(id)!);
  print(
    json ? resultsJson(results) : consoleText(results, claimsOf(results, root), {
      seeds: await otherSeeds(results),
      table,
      ...standardOutput(),
    }),
  );
  return exitStatusOfResults(results);
});
