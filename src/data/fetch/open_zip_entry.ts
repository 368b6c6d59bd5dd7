import { Buffer } from "node:buffer";
// @ts-types="./yauzl.d.ts"
import yauzl from "yauzl";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { safeName } from "./safe_name.ts";

/**
 * Opens one entry of a zip file as a stream of its unpacked bytes, closes the file when that ends.
 *
 * @param path The zip file; only its directory and the entry are read.
 * @param wanted Name of the entry.
 * @param maxBytes The most that the entry may unpack to; a stream that goes beyond its stated size fails.
 * @returns Its bytes; where they are damaged, reading them fails with a {@linkcode DataError}.
 * @throws {DataError} Where the file is damaged, an entry's name leads out of the folder, or the wanted one is not there
 * or too large; the message does not name the file.
 */
export async function openZipEntry(
  path: string,
  wanted: string,
  maxBytes: number,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const size = await sizeOfPlainZip(path).catch(damaged);
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }).catch(damaged);
  try {
    for await (const entry of zip.eachEntry()) {
      if (safeName(entry.fileName) !== wanted) continue;
      if (entry.uncompressedSize > maxBytes) {
        throw new DataError(
          `its entry ${wanted} must be at most ${maxBytes} bytes: current size is ${entry.uncompressedSize}`,
        );
      }
      if (entry.relativeOffsetOfLocalHeader >= size) {
        throw new DataError(`its entry ${wanted} stands behind its end`);
      }
      const stream = await zip.openReadStreamPromise(entry);
      stream.once("close", () => zip.close());
      return ReadableStream.from(checked(stream));
    }
    throw new DataError(`it has no entry ${wanted}`);
  } catch (error) {
    zip.close();
    return damaged(error);
  }
}

/** Bytes of the end of the directory without its comment, which has up to 65,535 (APPNOTE 4.3.16). */
const endBytes = 22;

/** Bytes in front of it, where an archive is of the kind that has 64-bit places (APPNOTE 4.3.15). */
const locatorBytes = 20;

/**
 * The size of a zip file without 64-bit places: the decoder reads wherever they point to, and a place that no file has
 * would end the program.
 */
async function sizeOfPlainZip(path: string): Promise<number> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, endBytes + 65_535 + locatorBytes));
  await file.seek(size - tail.length, Deno.SeekMode.Start);
  for (let done = 0; done < tail.length;) {
    const read = await file.read(tail.subarray(done));
    if (read === null) throw new DataError("it became shorter while it was read");
    done += read;
  }
  const end = tail.length < endBytes ? -1 : tail.lastIndexOf("PK\x05\x06", tail.length - endBytes, "latin1");
  const locator = tail.subarray(Math.max(0, end - locatorBytes), Math.max(0, end)).toString("latin1");
  if (locator.startsWith("PK\x06\x07")) throw new DataError("it is a zip64 archive, which is not read");
  return size;
}

/** Passes on what a stream gives, and says of its errors what they mean. */
async function* checked(
  stream: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* stream;
  } catch (error) {
    damaged(error);
  }
}

function damaged(error: unknown): never {
  if (error instanceof DataError) throw error;
  throw new DataError(oneLine(error instanceof Error ? error.message : String(error)), { cause: error });
}
