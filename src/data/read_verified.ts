import { DataError } from "../errors.ts";
import type { FileRecord } from "./dataset_handle.ts";
import { sha256 } from "./digests.ts";
import { locateFile } from "./locate_file.ts";
import { isPacked, readContent } from "./read_content.ts";

/**
 * Reads a file that was verified before, and checks that it is still the same: for workers, each of which reads
 * for itself.
 *
 * @param root Folder of the data set.
 * @param record What {@linkcode verifyFiles} said about the file.
 * @returns The content; of a `.gz` file, what it unpacks to.
 * @throws {DataError} Where the file is gone or has changed since.
 */
export async function readVerified(root: string, record: FileRecord): Promise<Uint8Array> {
  const path = locateFile(root, record.name);
  const content = await readContent(path, record.bytes, isPacked(record.name, path));
  const actual = sha256(content);
  if (actual !== record.sha256) {
    throw new DataError(
      `Cannot use ${path}: it changed during the run: ` +
        `sha256 is ${actual} instead of ${record.sha256}; run again`,
    );
  }
  return content;
}
