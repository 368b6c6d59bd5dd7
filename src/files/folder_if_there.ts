import { UsageError } from "../errors.ts";
import { cannotUse } from "./describe_error.ts";
import { ifThere } from "./if_there.ts";

/**
 * Whether there is a folder that somebody names. That there is nothing yet is no error; that there is something else is.
 *
 * @param action What was to be done with it, as the sentence of an error begins: "Cannot serve".
 * @param path The path.
 * @throws {UsageError} Where something stands there that is no folder, a link that leads nowhere included, or it cannot be looked at.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { UsageError } from "../errors.ts";
 *
 * const path = await Deno.makeTempFile();
 * assertEquals(folderIfThere("Cannot serve", "/no/such/folder"), false);
 * assertThrows(() => folderIfThere("Cannot serve", path), UsageError, `Cannot serve ${path}: it must be a folder: it is a file`);
 * await Deno.remove(path);
 * ```
 */
export function folderIfThere(action: string, path: string): boolean {
  try {
    const found = ifThere(() => Deno.statSync(path), null);
    if (found?.isDirectory) return true;
    const other = found ?? ifThere(() => Deno.lstatSync(path), null);
    if (other === null) return false;
    throw new UsageError(`${action} ${path}: it must be a folder: it is ${kindOf(other)}: name another`);
  } catch (error) {
    throw cannotUse(action, path, error);
  }
}

/** What stands at a path, in words. */
export function kindOf(
  { isDirectory, isFile, isFifo, isSymlink, isCharDevice, isBlockDevice }: Pick<
    Deno.FileInfo,
    "isDirectory" | "isFile" | "isFifo" | "isSymlink" | "isCharDevice" | "isBlockDevice"
  >,
): string {
  if (isDirectory) return "a folder";
  if (isFile) return "a file";
  if (isFifo) return "a pipe";
  if (isSymlink) return "a link to nothing";
  return isCharDevice || isBlockDevice ? "a device" : "no file";
}
