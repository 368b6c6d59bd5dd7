import { DataError } from "../errors.ts";
import { gunzip } from "./gunzip.ts";

/** How much longer than its content a gzip file may be: header, trailer and stored blocks. */
const gzipOverhead = 65_536;

/**
 * Reads a file of a data set; of a gzip file, what it unpacks to.
 *
 * @param path The file.
 * @param maxBytes The most that the content may be; nothing larger is read into memory.
 * @param packed Whether it may be a gzip file, by the name that it has here or in the registry: its first bytes tell whether it is one,
 * since browsers and programs unpack such files and leave the name.
 * @throws {DataError} Where the file is missing, unreadable or larger.
 */
export async function readContent(
  path: string,
  maxBytes: number,
  packed: boolean = path.endsWith(".gz"),
): Promise<Uint8Array> {
  const limit = packed ? maxBytes + gzipOverhead : maxBytes;
  let bytes: Uint8Array;
  try {
    const { size } = await Deno.stat(path);
    if (size > limit) {
      throw new DataError(`Cannot read ${path}: it must be at most ${limit} bytes: current size is ${size}`);
    }
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof DataError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `Cannot read ${path}: ${reason}: put it back and run the same command again`,
      { cause: error },
    );
  }
  return packed && isGzip(bytes) ? gunzip(bytes, maxBytes, path) : bytes;
}

/** Whether a file may be a gzip file, by its name in the registry or here. */
export function isPacked(name: string, path: string): boolean {
  return name.endsWith(".gz") || path.endsWith(".gz");
}

/** Whether a file begins as gzip files do (RFC 1952, 2.3.1). */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
