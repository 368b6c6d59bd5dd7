/**
 * `deno task readme`: writes the accepted results into README.md and docs/, so that no number there is typed by hand.
 *
 * @module
 */
import { exitStatus, root, runCommand } from "./lib/command_line.ts";
import { generatedDocuments } from "./lib/generated_documents.ts";

const command = {
  task: "readme",
  summary: "Write the accepted results into README.md and docs/",
  options: {},
  example: "",
};

await runCommand(command, async () => {
  for (const folder of ["results", "images"]) await Deno.mkdir(`${root}/docs/${folder}`, { recursive: true });
  for (const [path, text] of await generatedDocuments(root)) {
    await Deno.writeTextFile(`${root}/${path}`, text);
  }
  return exitStatus.ok;
});
