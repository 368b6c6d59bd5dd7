/**
 * `deno task merge DIR ...`: puts the shards of one run together and judges the whole.
 *
 * @module
 */
import { findReproduction } from "../reproductions/mod.ts";
import { openCache } from "../src/suite/runner/cache.ts";
import { describeMachine } from "../src/suite/runner/environment.ts";
import { exitStatusOfResults } from "../src/suite/runner/exit_status.ts";
import { merge } from "../src/suite/runner/merge.ts";
import { sourceDigest } from "../src/suite/runner/source_digest.ts";
import { claimsOf } from "./lib/claims_of.ts";
import { main, parseCommandLine, root, userPath } from "./lib/command_line.ts";
import { publish } from "./lib/publish.ts";

await main(async () => {
  const { flags, positionals } = parseCommandLine({
    out: { type: "string", default: "out" },
    json: { type: "boolean", default: false },
  }, "deno task merge DIR ... [--out DIR] [--json]");
  const out = userPath(flags["out"] as string);
  openCache(out);
  const merged = await merge({
    folders: positionals.map(userPath),
    root,
    machine: describeMachine(root, navigator.hardwareConcurrency),
    find: (id) => findReproduction(id).load(),
    sourcesOf: (id) => sourceDigest(findReproduction(id).tasksUrl, root),
    planSourcesOf: (id) => sourceDigest(findReproduction(id).planUrl, root),
  });
  await publish(merged, {
    out,
    claims: claimsOf(merged.results, root),
    form: flags["json"] === true ? "json" : "tables",
    parameters: { shards: String(positionals.length) },
  });
  return exitStatusOfResults(merged.results);
});
