import { cannotWrite } from "./cannot_write.ts";
import { writeAllSync } from "./write_all.ts";
import { TemporaryFile } from "./temporary_file.ts";

/**
 * Writes a file whole or not at all, even where the power fails: to a temporary name beside it, through to the disk,
 * then moved into place. A symbolic link is written through, and a file that was there keeps its mode.
 *
 * @param path The file; its folder must exist.
 * @param content Text, bytes, or pieces of bytes in their order.
 * @throws {UsageError} Where it cannot be written; what was there stays.
 */
export function writeWhole(path: string, content: string | Uint8Array | readonly Uint8Array[]): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    using temporary = TemporaryFile.create(path);
    writeThrough(temporary.file, bytes instanceof Uint8Array ? [bytes] : bytes);
    temporary.commit();
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Sees to it that a file can be written, and leaves what is there as it is.
 *
 * @param path The file; its folder must exist.
 * @throws {UsageError} Where it is a folder, a pipe or a device, or nothing can be written there.
 */
export function checkWritable(path: string): void {
  try {
    using _temporary = TemporaryFile.create(path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function writeThrough(file: Deno.FsFile, pieces: readonly Uint8Array[]): void {
  for (const piece of pieces) writeAllSync(file, piece);
  file.syncSync();
}
