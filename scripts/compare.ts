/**
 * `deno task compare A B`: what moved between two results, in standard errors.
 *
 * @module
 */
import { join } from "@std/path";
import { UsageError } from "../src/errors.ts";
import { isFolder } from "../src/files/is_folder.ts";
import { compareResults } from "../src/suite/report/compare_results.ts";
import { comparisonText } from "../src/suite/report/comparison_text.ts";
import { readResults } from "../src/suite/runner/read_results.ts";
import type { Results } from "../src/suite/runner/results.ts";
import { exitStatus, main, parseCommandLine, print, userPath } from "./lib/command_line.ts";

/** Reads a results.json, or that of an output folder. */
function readSide(named: string): Results {
  const path = userPath(named);
  return readResults(isFolder(path) ? join(path, "results.json") : path);
}

await main(() => {
  const usage = "deno task compare A B [--json]";
  const { flags, positionals: [a, b, ...rest] } = parseCommandLine(
    { json: { type: "boolean", default: false } },
    usage,
  );
  if (a === undefined || b === undefined || rest.length > 0) {
    throw new UsageError(`Name two results.json, or folders that hold one: usage: ${usage}`);
  }
  const comparison = compareResults(readSide(a), readSide(b));
  print(flags["json"] ? `${JSON.stringify(comparison, null, 1)}\n` : comparisonText(comparison));
  return comparison.same ? exitStatus.ok : exitStatus.unexpected;
});
