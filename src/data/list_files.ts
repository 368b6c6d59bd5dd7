import { join } from "@std/path";
import { DataError } from "../errors.ts";
import type { Collection, Dataset, KnownFile } from "./dataset.ts";

/**
 * The files of a data set that a folder holds: names relative to it, `/`-separated, sorted by code unit. Other
 * files of the folder are passed over; a folder that does not exist holds none.
 *
 * @param dataset The data set.
 * @param root The folder of the data set.
 * @throws {DataError} Where the folder cannot be read.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findDataset } from "./registry.ts";
 *
 * assertEquals(await listFiles(findDataset("mnist"), import.meta.dirname + "/no-such-folder"), []);
 * ```
 */
export async function listFiles(dataset: Dataset, root: string): Promise<string[]> {
  const { collection, files } = dataset;
  try {
    const names = collection === undefined
      ? await listKnown(files, root)
      : await listCollection(collection, root);
    return names.sort();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`Cannot list ${root}: ${reason}`, { cause: error });
  }
}

/** Whether a data set counts a file of this name, relative to its folder, as its own. */
export function isMember(dataset: Dataset, name: string): boolean {
  const { collection } = dataset;
  if (collection === undefined) return dataset.files.some((file) => file.name === name);
  const [folder, className, file, ...deeper] = name.split("/");
  return folder === collection.folder && className !== undefined && file !== undefined &&
    deeper.length === 0 && isImageOf(collection, className, file);
}

function isImageOf(collection: Collection, className: string, file: string): boolean {
  // A leading dot marks what file managers leave behind.
  return file.endsWith(collection.suffix) && !file.startsWith(".") &&
    !collection.excludedClasses.includes(className);
}

async function listKnown(files: readonly KnownFile[], root: string): Promise<string[]> {
  const present = await Promise.all(
    files.map(async ({ name }) => await isFile(join(root, name)) ? [name] : []),
  );
  return present.flat();
}

async function listCollection(collection: Collection, root: string): Promise<string[]> {
  const folder = join(root, collection.folder);
  const classes = (await entries(folder)).filter((entry) => !entry.isFile).map((entry) => entry.name);
  const names = await Promise.all(classes.map(async (className) => {
    const files = await entries(join(folder, className));
    return files
      .filter((entry) => !entry.isDirectory && isImageOf(collection, className, entry.name))
      .map((entry) => `${collection.folder}/${className}/${entry.name}`);
  }));
  return names.flat();
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
