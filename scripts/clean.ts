/**
 * `deno task clean`: removes the caches of an output folder and what broken-off downloads left; results stay.
 *
 * @module
 */
import { join } from "@std/path";
import { ifThere } from "../src/files/if_there.ts";
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
  const cache = join(out, "cache");
  // Nothing that this project did not make: its caches carry this tag.
  const caches = entriesOf(cache).some(({ name }) => name === "CACHEDIR.TAG") ? [cache] : [];
  const data = join(root, "data");
  const downloads = entriesOf(data).filter(({ name }) => name.endsWith(".part")).map(({ name }) =>
    join(data, name)
  );
  for (const path of [...caches, ...downloads]) {
    const { files, bytes } = sizeOf(path);
    Deno.removeSync(path, { recursive: true });
    print(`Removed ${path}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
  }
  if (caches.length === 0) print(`Nothing to remove below ${cache}\n`);
  return exitStatus.ok;
});

function entriesOf(folder: string): Deno.DirEntry[] {
  return ifThere(() => [...Deno.readDirSync(folder)], []);
}

function sizeOf(path: string): { files: number; bytes: number } {
  const { isDirectory, size } = Deno.lstatSync(path);
  if (!isDirectory) return { files: 1, bytes: size };
  return entriesOf(path).map(({ name }) => sizeOf(join(path, name)))
    .reduce((sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }), {
      files: 0,
      bytes: 0,
    });
}
