/**
 * `deno task readme`: writes the accepted results into README.md and docs/, so that no number there is typed by hand.
 *
 * @module
 */
import { cannotWrite } from "../src/files/cannot_write.ts";
import { checkWritable, writeWhole } from "../src/files/write_whole.ts";
import { exitStatus, root, runCommand } from "./lib/command_line.ts";
import { generatedDocuments } from "./lib/generated_documents.ts";

const command = {
  task: "readme",
  summary: "Write the accepted results into README.md and docs/",
  options: {},
  example: "",
};

await runCommand(command, async () => {
  const documents = await generatedDocuments(root);
  for (const folder of ["results", "images"]) {
    const path = `${root}/docs/${folder}`;
    try {
      await Deno.mkdir(path, { recursive: true });
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }
  for (const path of documents.keys()) checkWritable(`${root}/${path}`);
  for (const [path, text] of documents) writeWhole(`${root}/${path}`, text);
  return exitStatus.ok;
});
