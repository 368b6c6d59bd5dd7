/**
 * `deno task clean`: removes the caches of an output folder; results stay.
 *
 * @module
 */
import { join } from "@std/path";
import { exitStatus, main, parseCommandLine, print, userPath } from "./command_line.ts";

await main(() => {
  const { flags } = parseCommandLine(
    { out: { type: "string", default: "out" } },
    "deno task clean [--out DIR]",
  );
  const cache = join(userPath(flags["out"] as string), "cache");
  const { files, bytes } = sizeOf(cache);
  if (files > 0) Deno.removeSync(cache, { recursive: true });
  print(`Removed ${files} files, ${(bytes / 1e6).toFixed(1)} MB, below ${cache}\n`);
  return exitStatus.ok;
});

function sizeOf(folder: string): { files: number; bytes: number } {
  const total = { files: 0, bytes: 0 };
  try {
    for (const entry of Deno.readDirSync(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) {
        const inside = sizeOf(path);
        total.files += inside.files;
        total.bytes += inside.bytes;
      } else {
        total.files++;
        total.bytes += Deno.lstatSync(path).size;
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return total;
}
