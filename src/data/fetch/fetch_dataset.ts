import { dirname, join, resolve } from "@std/path";
import { DataError } from "../../errors.ts";
import { cannotWrite } from "../../files/cannot_write.ts";
import { checkContent } from "../check_content.ts";
import type { Dataset, KnownFile, Registry } from "../dataset.ts";
import { fetchArchive } from "./fetch_archive.ts";
import { fetchFile, type FetchFileOptions } from "./fetch_file.ts";
import { StagingFolder } from "./staging_folder.ts";
import { knownFiles } from "../known_files.ts";
import { isMember, listFiles } from "../list_files.ts";
import { readContent } from "../read_content.ts";
import { downloadHosts, findDataset, registry } from "../registry.ts";
import { verifyFile } from "../verify_files.ts";

/** How far the download of one file is. */
export interface FetchProgress {
  /** Id of the data set. */
  readonly id: string;
  /** What is being downloaded. */
  readonly name: string;
  /** Bytes that have arrived. */
  readonly bytes: number;
  /** Bytes in all. */
  readonly total: number;
}

/** How {@linkcode fetchDataset} downloads. */
export interface FetchOptions {
  /** Data folder that the data set's own folder is made in. */
  readonly downloadTo: string;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Ends the download; what has not been moved into place is removed. */
  readonly signal?: AbortSignal;
  /** The data sets; by default those of this project. */
  readonly registry?: Registry;
  /** Allows plain http to 127.0.0.1 too: for tests. */
  readonly allowLoopback?: boolean;
}

/** What {@linkcode fetchDataset} did. */
export interface FetchReport {
  /** Folder of the data set. */
  readonly root: string;
  /** Files that were there, complete and unaltered. */
  readonly kept: number;
  /** Files that were downloaded. */
  readonly fetched: number;
  /** Files that are missing and that nobody publishes in this form. */
  readonly unavailable: readonly string[];
}

/**
 * Downloads what is missing or damaged of a data set. Everything goes to a temporary folder beside the data set's
 * own, is verified there, and is then moved into place file by file, so that no unverified file is ever seen.
 *
 * @param id Id in the registry.
 * @param options Where to, and how.
 * @throws {UsageError} Where no data set has this id, or the folder cannot be written.
 * @throws {UnreachableError} Where no server could be reached.
 * @throws {DataError} Where what came is not what the registry says.
 */
export async function fetchDataset(id: string, options: FetchOptions): Promise<FetchReport> {
  const known = options.registry ?? registry;
  const dataset = findDataset(id, known);
  const folder = resolve(options.downloadTo);
  const root = join(folder, id);
  const sound = await soundFiles(dataset, root, options.signal);
  const count = dataset.collection?.count ?? dataset.files.length;
  if (sound.size >= count) return { root, kept: sound.size, fetched: 0, unavailable: [] };

  const wanted = dataset.files.filter((file) => !sound.has(file.name));
  await using staging = await StagingFolder.create(folder, id);
  const fetchTo = (name: string): FetchFileOptions => ({
    ...options,
    hosts: downloadHosts([dataset]),
    onBytes: (bytes, total) => options.onProgress?.({ id, name, bytes, total }),
  });
  const fetched = dataset.archive === undefined
    ? await fetchFiles(wanted, staging.path, fetchTo)
    : await fetchArchive(
      dataset.archive,
      staging.path,
      (name) => isMember(dataset, name) && !sound.has(name),
      fetchTo,
    );
  for (const name of fetched) {
    options.signal?.throwIfAborted();
    await moveIntoPlace(join(staging.path, name), join(root, name));
  }
  const missing = wanted.map((file) => file.name).filter((name) => !fetched.includes(name));
  return { root, kept: sound.size, fetched: fetched.length, unavailable: missing };
}

/** The files of the data set in `root` that are not damaged, as far as the registry can tell. */
async function soundFiles(
  dataset: Dataset,
  root: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const contents = await knownFiles(dataset);
  const sound = new Set<string>();
  for (const name of listFiles(dataset, root)) {
    signal?.throwIfAborted();
    try {
      await verifyFile(dataset, root, name, contents.get(name));
      sound.add(name);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return sound;
}

async function fetchFiles(
  wanted: readonly KnownFile[],
  staging: string,
  fetchTo: (name: string) => FetchFileOptions,
): Promise<string[]> {
  const fetched: string[] = [];
  for (const file of wanted) {
    if (file.download === undefined) continue;
    const target = join(staging, file.name);
    await Deno.mkdir(dirname(target), { recursive: true });
    await fetchFile(file.download, target, async (part) => {
      checkContent(await readContent(part, file.bytes, file.name.endsWith(".gz")), file, file.name);
    }, fetchTo(file.name));
    fetched.push(file.name);
  }
  return fetched;
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.rename(from, to);
  } catch (error) {
    throw cannotWrite(to, error);
  }
}
