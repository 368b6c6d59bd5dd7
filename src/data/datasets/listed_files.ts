import type { KnownFile } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

/** Many files of one folder: by name, size in bytes and SHA-256 with a blank between them. */
export type FileList = Readonly<Record<string, string>>;

/**
 * Files that are verified by their SHA-256, as a list beside the code has them.
 *
 * @param list What the folder holds.
 * @param folder The folder, relative to that of the data set, `/`-separated; empty for that itself.
 * @param source `owner/repository/commit/path` on GitHub of a folder with just these files.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [file] = listedFiles({ "a.png": "12 00ff" }, "thumb", "somebody/pictures/0123abc/small");
 * assertEquals([file!.name, file!.bytes, file!.digests.sha256], ["thumb/a.png", 12, "00ff"]);
 * assertEquals(file!.download?.urls, [
 *   "https://raw.githubusercontent.com/somebody/pictures/0123abc/small/a.png",
 * ]);
 * ```
 */
export function listedFiles(list: FileList, folder: string, source: string): KnownFile[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  return Object.entries(list).map(([name, entry]) => {
    const [bytes, sha256] = entry.split(" ");
    return plainFile(`${prefix}${name}`, Number(bytes), sha256!, `${source}/${name}`);
  });
}
