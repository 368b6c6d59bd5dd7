import { join, resolve } from "@std/path";
import type { Dataset } from "./dataset.ts";
import type { DatasetHandle } from "./dataset_handle.ts";
import { fetchDataset, type FetchOptions } from "./fetch/fetch_dataset.ts";
import { howToGet } from "./how_to_get.ts";
import { knownFiles } from "./known_files.ts";
import { listFiles } from "./list_files.ts";
import { whatLiesThere } from "./what_lies_there.ts";
import { findDataset } from "./registry.ts";
import { UnreachableError } from "./fetch/unreachable_error.ts";

/** How {@linkcode openDataset} looks for a data set. */
export interface OpenOptions extends FetchOptions {
  /** Searched in order; each may hold a folder named after the data set. */
  readonly dataFolders: readonly string[];
  /** Never download. */
  readonly offline: boolean;
}

/**
 * Finds a data set: in the data folders, else by download, else as its built-in stand-in. Lists names only;
 * {@linkcode verifyFiles} reads. A folder that holds a part of the data set is used, and the notes say how much.
 *
 * @param id Id in the registry.
 * @param options Where to look.
 * @throws {UsageError} Where no data set has this id.
 * @throws {DataError} Where a folder cannot be read, or a download brought damaged data. A server that cannot be
 * reached is no error: the notes of the stand-in name it.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const handle = await openDataset("mnist", { dataFolders: [], offline: true, downloadTo: "no-such-folder" });
 * assertEquals(handle.source, "stand-in");
 * ```
 */
export async function openDataset(id: string, options: OpenOptions): Promise<DatasetHandle> {
  const dataset = findDataset(id, options.registry);
  const folders = options.dataFolders.map((folder) => join(resolve(folder), id));
  for (const root of folders) {
    const files = listFiles(dataset, root);
    if (files.length > 0) return await describe(dataset, "folder", root, files);
  }
  const root = join(resolve(options.downloadTo), id);
  const searched = [...new Set([...folders, root])];
  const missed = [
    `${id} is not in ${searched.join(" or ")}`,
    ...searched.flatMap((one) => whatLiesThere(dataset, one)),
  ]
    .join("; ");
  let files = listFiles(dataset, root);
  if (files.length === 0) {
    if (options.offline) return standIn(dataset, [`${missed}, and downloads are off`]);
    try {
      await fetchDataset(id, options);
    } catch (error) {
      if (error instanceof UnreachableError) return standIn(dataset, [missed, error.message]);
      throw error;
    }
    files = listFiles(dataset, root);
    if (files.length === 0) return standIn(dataset, [missed, "none of its files can be downloaded"]);
  }
  return await describe(dataset, "download", root, files);
}

function standIn(dataset: Dataset, notes: readonly string[]): DatasetHandle {
  return {
    id: dataset.id,
    source: "stand-in",
    root: null,
    files: [],
    notes: [...notes, `get it ${howToGet(dataset)}`],
  };
}

async function describe(
  dataset: Dataset,
  source: "folder" | "download",
  root: string,
  files: readonly string[],
): Promise<DatasetHandle> {
  const notes: string[] = [];
  const { collection } = dataset;
  const count = collection?.count ?? dataset.files.length;
  if (files.length !== count) {
    notes.push(`${amount(files.length)} of ${amount(count)} files`);
  }
  if (collection !== undefined) {
    const known = await knownFiles(dataset);
    const unknown = files.filter((name) => !known.has(name)).length;
    if (unknown > 0) notes.push(`${amount(unknown)} files without a known digest`);
  }
  return { id: dataset.id, source, root, files, notes };
}

function amount(count: number): string {
  return count.toLocaleString("en-US");
}
