import { cannotWrite } from "./cannot_write.ts";
import { removeIfThere } from "./remove_if_there.ts";

/**
 * Writes a file whole or not at all, even where the power fails: to a temporary name beside it, through to the disk,
 * then moved into place.
 *
 * @param path The file; its folder must exist.
 * @param content Text, bytes, or pieces of bytes in their order.
 * @throws {UsageError} Where it cannot be written; what was there stays.
 */
export function writeWhole(path: string, content: string | Uint8Array | readonly Uint8Array[]): void {
  // The process id keeps two runs that share a folder apart; within a run a path has one writer.
  const temporary = `${path}.${Deno.pid}${temporaryEnding}`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    writeThrough(temporary, bytes instanceof Uint8Array ? [bytes] : bytes);
    Deno.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw cannotWrite(path, error);
  }
}

/** How the names of files end that are being written; a run that was killed may leave some. */
export const temporaryEnding = ".part";

function writeThrough(path: string, pieces: readonly Uint8Array[]): void {
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length;) done += file.writeSync(piece.subarray(done));
    }
    file.syncSync();
  } finally {
    file.close();
  }
}
