import { userPath } from "./command_line.ts";
import type { DatasetHandle } from "../../src/data/dataset_handle.ts";
import { UsageError } from "../../src/errors.ts";

/**
 * Where data is looked for: the folder of `--data` or REPRODUCE_DATA, then ./data of the project's root.
 *
 * @param flag The value of `--data`.
 * @param root The root of the project.
 * @throws {UsageError} Where the folder that the user names is not there.
 */
export function dataFolders(flag: string | undefined, root: string): string[] {
  const named = flag ?? (Deno.env.get("REPRODUCE_DATA") || undefined);
  const standard = `${root}/data`;
  if (named === undefined) return [standard];
  const folder = userPath(named);
  try {
    if (Deno.statSync(folder).isDirectory) return [folder, standard];
  } catch {
    // Said below.
  }
  const source = flag === undefined ? "REPRODUCE_DATA" : "--data";
  throw new UsageError(`Cannot read the data folder ${folder}: ${source} must name a folder that is there`);
}

/** The built-in stand-in of a data set, which the smoke profile runs on by design. */
export function standInOf(id: string): DatasetHandle {
  return { id, source: "stand-in", root: null, files: [], notes: [] };
}
