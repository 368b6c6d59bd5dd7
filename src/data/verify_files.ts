import { DataError } from "../errors.ts";
import { checkContent } from "./check_content.ts";
import type { Dataset, KnownFile, Registry } from "./dataset.ts";
import type { DatasetHandle, FileRecord } from "./dataset_handle.ts";
import { sha256 } from "./digests.ts";
import { howToGet } from "./how_to_get.ts";
import { knownFiles } from "./known_files.ts";
import { locateFile } from "./locate_file.ts";
import { isPacked, readContent } from "./read_content.ts";
import { findDataset, registry } from "./registry.ts";

/** The most that a file of unknown content may hold; the largest photograph has under 1 MB. */
const maxUnknownBytes = 2 ** 26;

/**
 * Reads files of a data set and compares size and digests with the registry. A file that the registry does
 * not know is read as it is, and its record says so.
 *
 * @param handle A data set in a folder.
 * @param names Some of the handle's files.
 * @param known The registry; by default that of this project.
 * @returns One record a name, in the same order.
 * @throws {DataError} Where a file is missing, truncated or altered: names it and the command that gets it again.
 * @throws {RangeError} Where the data set is a stand-in.
 */
export async function verifyFiles(
  handle: DatasetHandle,
  names: readonly string[],
  known: Registry = registry,
): Promise<FileRecord[]> {
  if (handle.root === null) {
    throw new RangeError(`Cannot verify files of "${handle.id}": a stand-in has none`);
  }
  const dataset = findDataset(handle.id, known);
  const contents = await knownFiles(dataset);
  const records: FileRecord[] = [];
  for (const name of names) records.push(await verifyFile(dataset, handle.root, name, contents.get(name)));
  return records;
}

/** Reads one file and compares it with what is `known` of it. */
export async function verifyFile(
  dataset: Dataset,
  root: string,
  name: string,
  known: KnownFile | undefined,
): Promise<FileRecord> {
  try {
    const path = locateFile(root, name);
    const content = await readContent(path, known?.bytes ?? maxUnknownBytes, isPacked(name, path));
    const note = known === undefined
      ? "its digest is not known to the registry"
      : checkContent(content, known, path);
    const record = { name, bytes: content.length, sha256: sha256(content) };
    return note === undefined ? record : { ...record, note };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const way = howToGet(dataset, known === undefined ? [] : [known]);
    throw new DataError(`${error.message}; get it again ${way}`, { cause: error });
  }
}
