/**
 * `deno task clean`: removes the caches of an output folder and what broken-off downloads left; results stay.
 *
 * @module
 */
import { join } from "@std/path";
import { abandonedFolders } from "../src/data/fetch/staging_folder.ts";
import { datasetIds } from "../src/data/registry.ts";
import { cannotUse } from "../src/files/describe_error.ts";
import { folderIfThere } from "../src/files/folder_if_there.ts";
import { removeCache, type RemovedCache, removeFolder } from "../src/suite/runner/cache.ts";
import type { Command } from "./lib/command.ts";
import { exitStatus, print, root, runCommand, userPath } from "./lib/command_line.ts";

const options = {
  out: { value: "DIR", text: "output folder", default: "out", parse: userPath },
} as const;

const command: Command<typeof options> = {
  task: "clean",
  summary: "Remove the caches of an output folder",
  options,
  example: "--out out",
};

await runCommand(command, ({ options: { out } }) => {
  folderIfThere("Cannot clean", out);
  const cache = join(out, "cache");
  const removed = removeCache(out);
  if (removed !== null) sayRemoved(cache, removed);
  // A download that goes on holds its folder.
  const data = join(root, "data");
  try {
    for (const path of datasetIds.flatMap((id) => abandonedFolders(data, id))) {
      sayRemoved(path, removeFolder(path));
    }
  } catch (error) {
    throw cannotUse("Cannot remove what downloads left in", data, error);
  }
  if (removed === null) print(`Nothing to remove below ${cache}\n`);
  return exitStatus.ok;
});

function sayRemoved(path: string, { files, bytes }: RemovedCache): void {
  print(`Removed ${path}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
}
