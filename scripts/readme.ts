/**
 * `deno task readme RESULTS.json`: writes the result tables of README.md, so that no number there is typed by hand.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { countsLine, dataLine, headline } from "../src/report/headline.ts";
import { verifyResults } from "../src/runner/verify_results.ts";
import { claimsOf } from "./claims_of.ts";
import { exitStatus, main, parseCommandLine, root, userPath } from "./command_line.ts";
import { moduleLines } from "./module_lines.ts";
import { readResults } from "./read_results.ts";

const begin = "<!-- results: begin (deno task readme) -->";
const end = "<!-- results: end -->";

await main(() => {
  const usage = "deno task readme RESULTS.json";
  const { positionals: [file, ...rest] } = parseCommandLine({}, usage);
  if (file === undefined || rest.length > 0) throw new UsageError(`Name one results.json: usage: ${usage}`);
  const results = verifyResults(readResults(userPath(file)), root);
  const claims = claimsOf(results, root);
  const lines = [headline(results)];
  for (const [id, data] of Object.entries(results.environment.data)) {
    lines.push(`Data: ${dataLine(id, data)}.`);
  }
  for (const module of results.modules) {
    lines.push(...moduleLines(module, claims.get(module.id)!));
  }
  lines.push("", `${countsLine(results.summary)}.`);

  const path = `${root}/README.md`;
  const text = Deno.readTextFileSync(path);
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) {
    throw new UsageError(`Cannot write the tables: README.md must hold "${begin}" and "${end}"`);
  }
  Deno.writeTextFileSync(path, `${text.slice(0, from)}${begin}\n\n${lines.join("\n")}\n\n${text.slice(to)}`);
  return exitStatus.ok;
});
