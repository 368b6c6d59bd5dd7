import { cannotWrite } from "./cannot_write.ts";

/**
 * Writes bytes to an open file, all of them.
 *
 * @param file The file.
 * @param bytes The bytes.
 * @param path Its name, for messages.
 * @throws {UsageError} Where they cannot be written, as on a full disk.
 */
export async function writeAll(
  file: Pick<Deno.FsFile, "write">,
  bytes: Uint8Array,
  path: string,
): Promise<void> {
  try {
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes bytes to an open file or stream, all of them, without a turn of the event loop.
 *
 * @param file The file.
 * @param bytes The bytes.
 * @throws {Error} Where the system refuses.
 */
export function writeAllSync(file: Pick<Deno.FsFile, "writeSync">, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
}
