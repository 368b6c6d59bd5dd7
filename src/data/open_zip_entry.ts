// @ts-types="./yauzl.d.ts"
import yauzl from "yauzl";
import { DataError } from "../errors.ts";
import { safeName } from "./safe_name.ts";

/**
 * Opens one entry of a zip file as a stream of its unpacked bytes, closes the file when that ends.
 *
 * @param path The zip file; only its directory and the entry are read.
 * @param wanted Name of the entry.
 * @param maxBytes The most that the entry may unpack to; a stream that goes beyond its stated size fails.
 * @throws {DataError} Where an entry's name leads out of the folder, or the wanted one is not there or too large;
 * the message does not name the file.
 */
export async function openZipEntry(
  path: string,
  wanted: string,
  maxBytes: number,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (safeName(entry.fileName) !== wanted) continue;
      if (entry.uncompressedSize > maxBytes) {
        throw new DataError(
          `its entry ${wanted} must be at most ${maxBytes} bytes: current size is ${entry.uncompressedSize}`,
        );
      }
      const stream = await zip.openReadStreamPromise(entry);
      stream.once("close", () => zip.close());
      return ReadableStream.from<Uint8Array<ArrayBuffer>>(stream);
    }
    throw new DataError(`it has no entry ${wanted}`);
  } catch (error) {
    zip.close();
    throw error;
  }
}
