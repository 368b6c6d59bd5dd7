/**
 * `deno task schema`: writes the JSON Schema of results.json.
 *
 * @module
 */
import { resultsJsonSchema } from "../src/suite/runner/results.ts";
import { exitStatus, main, root } from "./lib/command_line.ts";

await main(() => {
  Deno.writeTextFileSync(`${root}/docs/results.schema.json`, resultsJsonSchema());
  return exitStatus.ok;
});
