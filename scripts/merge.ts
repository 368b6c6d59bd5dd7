/**
 * `deno task merge DIR ...`: puts the shards of one run together and judges the whole.
 *
 * @module
 */
import { findReproduction } from "../reproductions/mod.ts";
import { openCache } from "../src/runner/cache.ts";
import { describeMachine } from "../src/runner/environment.ts";
import { exitStatusOfResults } from "../src/runner/exit_status.ts";
import { merge } from "../src/runner/merge.ts";
import { sourceDigest } from "../src/runner/source_digest.ts";
import { claimsOf } from "./claims_of.ts";
import { main, parseCommandLine, root, userPath } from "./command_line.ts";
import { publish } from "./publish.ts";

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
    sourcesOf: (id) => sourceDigest(findReproduction(id).url, root),
  });
  await publish(merged, {
    out,
    claims: claimsOf(merged.results, root),
    form: flags["json"] === true ? "json" : "tables",
    parameters: { shards: String(positionals.length) },
  });
  return exitStatusOfResults(merged.results);
});
