/**
 * `deno task verify RESULTS.json`: judges somebody's results against the golden files, computing nothing.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { exitStatusOfResults } from "../src/runner/exit_status.ts";
import { verifyResults } from "../src/runner/verify_results.ts";
import { main, parseCommandLine, print, root, userPath } from "./command_line.ts";
import { claimsOf } from "./claims_of.ts";
import { consoleText } from "./publish.ts";
import { readResults } from "./read_results.ts";

await main(() => {
  const usage = "deno task verify RESULTS.json";
  const { positionals: [file, ...rest] } = parseCommandLine({}, usage);
  if (file === undefined || rest.length > 0) throw new UsageError(`Name one results.json: usage: ${usage}`);
  const results = verifyResults(readResults(userPath(file)), root);
  print(consoleText(results, claimsOf(results, root)));
  return exitStatusOfResults(results);
});
