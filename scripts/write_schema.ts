/**
 * `deno task schema`: writes the JSON Schema of results.json.
 *
 * @module
 */
import { writeWhole } from "../src/files/write_whole.ts";
import { resultsJsonSchema } from "../src/suite/runner/results.ts";
import { exitStatus, root, runCommand } from "./lib/command_line.ts";

const command = { task: "schema", summary: "Write docs/results.schema.json", options: {}, example: "" };

await runCommand(command, () => {
  writeWhole(`${root}/docs/results.schema.json`, resultsJsonSchema());
  return exitStatus.ok;
});
