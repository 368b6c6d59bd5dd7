import { join } from "@std/path";
import { isFolder } from "../../src/files/is_folder.ts";
import { userPath } from "./command_line.ts";

/**
 * The results.json that a user names: the file, or the output folder that holds it.
 *
 * @param named What they name.
 */
export function resultsPath(named: string): string {
  const path = userPath(named);
  return isFolder(path) ? join(path, "results.json") : path;
}
