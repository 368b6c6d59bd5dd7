/**
 * `deno task merge DIR ...`: puts the shards of one run together and judges the whole.
 *
 * @module
 */
import { join } from "@std/path";
import { findReproduction } from "../reproductions/mod.ts";
import { refuseSameFile } from "../src/files/same_file.ts";
import { checkOutputs } from "../src/suite/report/check_outputs.ts";
import { openCache } from "../src/suite/runner/cache.ts";
import { describeMachine } from "../src/suite/runner/environment.ts";
import { exitStatusOfResults } from "../src/suite/runner/exit_status.ts";
import { merge } from "../src/suite/runner/merge.ts";
import { sourceDigest } from "../src/suite/runner/source_digest.ts";
import { claimsOf } from "./lib/claims_of.ts";
import type { Command } from "./lib/command.ts";
import { root, runCommand, userPath } from "./lib/command_line.ts";
import { publish } from "./lib/publish.ts";
import { tableOption } from "./lib/table_option.ts";

const options = {
  out: { value: "DIR", text: "output folder", default: "out", parse: userPath },
  table: tableOption,
  json: { text: "print results.json, and nothing else" },
} as const;

const command: Command<typeof options> = {
  task: "merge",
  summary: "Put the shards of one run together",
  operands: { usage: "DIR ...", text: "output folders of the shards", least: 1, most: Infinity },
  options,
  example: "shard-1 shard-2 --out out",
};

await runCommand(command, async ({ options: { out, table, json }, operands }) => {
  const folders = operands.map(userPath);
  // Merged results in place of those of a shard would be merged as the shard's when it is next done.
  for (const path of folders) refuseSameFile([{ name: "DIR", path }, { name: "--out", path: out }]);
  const read = ["results.json", "cache/plan.json"];
  for (const folder of folders) {
    checkOutputs(out, read.map((name) => ({ name: `${name} of DIR`, path: join(folder, name) })));
  }
  using _cache = openCache(out);
  const merged = await merge({
    folders,
    root,
    machine: describeMachine(root, navigator.hardwareConcurrency),
    find: (id) => findReproduction(id).load(),
    sourcesOf: (id) => sourceDigest(findReproduction(id).tasksUrl, root),
    planSourcesOf: (id) => sourceDigest(findReproduction(id).planUrl, root),
  });
  await publish(merged, {
    out,
    claims: claimsOf(merged.results, root),
    form: json ? "json" : "tables",
    table,
    parameters: { shards: String(operands.length) },
  });
  return exitStatusOfResults(merged.results);
});
