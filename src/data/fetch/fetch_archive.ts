import { basename, join } from "@std/path";
import { DataError, UsageError } from "../../errors.ts";
import type { Archive } from "../dataset.ts";
import { DigestCheck, type Digests } from "../digests.ts";
import { fetchFile, type FetchFileOptions } from "./fetch_file.ts";
import { openZipEntry } from "./open_zip_entry.ts";
import { defaultLimits, unpackTar } from "./unpack_tar.ts";

/**
 * Downloads an archive, verifies it, and unpacks some of its files.
 *
 * @param archive Where it is, and what it must be.
 * @param folder Where it and its files go; the archive itself is removed in the end.
 * @param isWanted Tells by the name which files to unpack.
 * @param fetchTo Gives the options of a download of the given name.
 * @returns The names of the files.
 * @throws {UnreachableError} Where no server could be reached.
 * @throws {DataError} Where the archive is damaged, unsafe, or holds none of the files.
 * @throws {UsageError} Where a file cannot be written.
 */
export async function fetchArchive(
  archive: Archive,
  folder: string,
  isWanted: (name: string) => boolean,
  fetchTo: (name: string) => FetchFileOptions,
): Promise<string[]> {
  const name = basename(new URL(archive.urls[0]!).pathname);
  const path = join(folder, name);
  const options = fetchTo(name);
  await fetchFile(archive, path, (part) => checkDigests(part, name, archive.digests), options);
  try {
    const packed = archive.inner === undefined
      ? (await Deno.open(path)).readable
      : await openZipEntry(path, archive.inner.name, defaultLimits.totalBytes);
    const tar = packed
      .pipeThrough(digested(archive.inner?.digests ?? {}, archive.inner?.name ?? name))
      .pipeThrough(new DecompressionStream("gzip"));
    const names = await unpackTar(tar, folder, isWanted, defaultLimits, options.signal);
    if (names.length === 0) throw new DataError("it holds none of the files that are missing");
    return names;
  } catch (error) {
    options.signal?.throwIfAborted();
    // The disk is at fault, not the archive.
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`Cannot unpack ${name}: ${reason}`, { cause: error });
  } finally {
    await Deno.remove(path);
  }
}

async function checkDigests(path: string, name: string, expected: Digests): Promise<void> {
  const file = await Deno.open(path);
  await file.readable.pipeThrough(digested(expected, name)).pipeTo(new WritableStream());
}

/** Passes bytes on, and fails at their end if they are not what was expected. */
function digested(
  expected: Digests,
  name: string,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const check = new DigestCheck(expected);
  return new TransformStream({
    transform(chunk, controller) {
      check.update(chunk);
      controller.enqueue(chunk);
    },
    flush() {
      const mismatch = check.mismatch();
      if (mismatch !== null) throw new DataError(`Cannot use ${name}: its ${mismatch}`);
    },
  });
}
