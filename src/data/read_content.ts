import { DataError } from "../errors.ts";
import { gunzip } from "./gunzip.ts";

/** How much longer than its content a gzip file may be: header, trailer and stored blocks. */
const gzipOverhead = 65_536;

/**
 * Reads a file of a data set; of a `.gz` file, what it unpacks to.
 *
 * @param path The file.
 * @param maxBytes The most that the content may be; nothing larger is read into memory.
 * @param packed Whether it is a gzip file; by default its name tells.
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
  return packed ? gunzip(bytes, maxBytes, path) : bytes;
}
