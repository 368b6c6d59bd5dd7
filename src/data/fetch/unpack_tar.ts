import { dirname, join } from "@std/path";
import { createTarDecoder } from "modern-tar";
import { DataError, UsageError } from "../../errors.ts";
import { cannotWrite } from "../../files/cannot_write.ts";
import { writeAll } from "../../files/write_all.ts";
import { oneLine } from "../../one_line.ts";
import { safeName } from "./safe_name.ts";

/** What an archive may hold at most; more than any data set of the registry has. */
export interface UnpackLimits {
  /** Entries of any kind. */
  readonly entries: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes that the archive unpacks to, headers included. */
  readonly totalBytes: number;
}

/** The limits for the archives of the registry: the largest unpacks to 184 MB, 9,147 files, 31 MB each. */
export const defaultLimits: UnpackLimits = { entries: 20_000, fileBytes: 2 ** 26, totalBytes: 2 ** 29 };

/**
 * Unpacks some of the files of a tar stream, one after the other, in little memory. Every entry is checked, the
 * ones that are passed over too: no name may lead out of the folder, and links and devices are refused.
 *
 * @param tar The uncompressed stream.
 * @param folder Where the files go; those that are there are not overwritten.
 * @param isWanted Tells by the name, in the form `a/b/c`, which files to write.
 * @param limits What the archive may hold.
 * @param signal Ends the work.
 * @returns The names of the files written.
 * @throws {DataError} Where the archive is damaged, unsafe or too large, or names a file twice; the message does not
 * name it.
 * @throws {UsageError} Where a file cannot be written, as on a full disk.
 */
export async function unpackTar(
  tar: ReadableStream<Uint8Array>,
  folder: string,
  isWanted: (name: string) => boolean,
  limits: UnpackLimits = defaultLimits,
  signal?: AbortSignal,
): Promise<string[]> {
  try {
    return await unpack(tar, folder, isWanted, limits, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DataError || error instanceof UsageError) throw error;
    throw new DataError(oneLine(error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

async function unpack(
  tar: ReadableStream<Uint8Array>,
  folder: string,
  isWanted: (name: string) => boolean,
  limits: UnpackLimits,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const written: string[] = [];
  let entries = 0;
  const decoded = tar.pipeThrough(atMost(limits.totalBytes)).pipeThrough(createTarDecoder({ strict: true }));
  for await (const { header, body } of decoded) {
    entries += 1;
    if (entries > limits.entries) throw new DataError(`it has more than ${limits.entries} entries`);
    const name = safeName(header.name);
    if (header.type !== "file" && header.type !== "directory") {
      throw new DataError(
        `its entry ${oneLine(JSON.stringify(header.name))} is a ${header.type}, not a file`,
      );
    }
    if (header.size > limits.fileBytes) {
      throw new DataError(
        `its entry ${name} must be at most ${limits.fileBytes} bytes: current size is ${header.size}`,
      );
    }
    if (header.type === "directory" || !isWanted(name)) {
      // Not cancelled: the decoder would take it for the body of an entry that it has begun meanwhile, which never ends.
      await body.pipeTo(new WritableStream());
      continue;
    }
    using file = await createFile(join(folder, name));
    for await (const bytes of body) {
      signal?.throwIfAborted();
      await writeAll(file, bytes, name);
    }
    written.push(name);
  }
  return written;
}

async function createFile(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    return await Deno.open(path, { write: true, createNew: true });
  } catch (error) {
    // The archive names it twice.
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    throw cannotWrite(path, error);
  }
}

/** Passes bytes on until they are more than `limit`. */
function atMost(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > limit) throw new DataError(`it unpacks to more than ${limit} bytes`);
      controller.enqueue(chunk);
    },
  });
}
