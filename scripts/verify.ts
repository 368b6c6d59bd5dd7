/**
 * `deno task verify RESULTS.json`: judges somebody's results against the golden files, computing nothing.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { exitStatusOfResults } from "../src/suite/runner/exit_status.ts";
import { verifyResults } from "../src/suite/runner/verify_results.ts";
import { main, parseCommandLine, print, root, userPath } from "./lib/command_line.ts";
import { claimsOf } from "./lib/claims_of.ts";
import { consoleText } from "./lib/publish.ts";
import { readResults } from "./lib/read_results.ts";

await main(() => {
  const usage = "deno task verify RESULTS.json";
  const { positionals: [file, ...rest] } = parseCommandLine({}, usage);
  if (file === undefined || rest.length > 0) throw new UsageError(`Name one results.json: usage: ${usage}`);
  const path = userPath(file);
  const results = verifyResults(readResults(path), root, path);
  print(consoleText(results, claimsOf(results, root)));
  return exitStatusOfResults(results);
});
