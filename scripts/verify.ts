/**
 * `deno task verify RESULTS.json`: judges somebody's results against the golden files, computing nothing.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { exitStatusOfResults } from "../src/suite/runner/exit_status.ts";
import { readResults } from "../src/suite/runner/read_results.ts";
import { verifyResults } from "../src/suite/runner/verify_results.ts";
import { main, parseCommandLine, print, root, userPath } from "./lib/command_line.ts";
import { claimsOf } from "./lib/claims_of.ts";
import { loadSeeds } from "./lib/load_reproductions.ts";
import { otherSeeds } from "./lib/other_seeds.ts";
import { consoleText } from "./lib/publish.ts";

await main(async () => {
  const usage = "deno task verify RESULTS.json";
  const { positionals: [file, ...rest] } = parseCommandLine({}, usage);
  if (file === undefined || rest.length > 0) throw new UsageError(`Name one results.json: usage: ${usage}`);
  const path = userPath(file);
  const claimed = readResults(path);
  const seeds = new Map(
    await Promise.all(
      claimed.modules.map(async ({ id }) => [id, await loadSeeds(id, claimed.profile)] as const),
    ),
  );
  const results = verifyResults(claimed, root, path, (id) => seeds.get(id)!);
  print(consoleText(results, claimsOf(results, root), { seeds: await otherSeeds(results) }));
  return exitStatusOfResults(results);
});
