import { join } from "@std/path";
import { DataError } from "../errors.ts";
import { ifThere } from "../files/if_there.ts";
import { isFile } from "../files/is_file.ts";
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
 * assertEquals(listFiles(findDataset("mnist"), import.meta.dirname + "/no-such-folder"), []);
 * ```
 */
export function listFiles(dataset: Dataset, root: string): string[] {
  const { collection, files } = dataset;
  try {
    const names = collection === undefined ? listKnown(files, root) : listCollection(collection, root);
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

function listKnown(files: readonly KnownFile[], root: string): string[] {
  return files.map(({ name }) => name).filter((name) => isFile(join(root, name)));
}

function listCollection(collection: Collection, root: string): string[] {
  const folder = join(root, collection.folder);
  const classes = entries(folder).filter((entry) => !entry.isFile).map((entry) => entry.name);
  return classes.flatMap((className) =>
    entries(join(folder, className))
      .filter((entry) => !entry.isDirectory && isImageOf(collection, className, entry.name))
      .map((entry) => `${collection.folder}/${className}/${entry.name}`)
  );
}

function entries(folder: string): Deno.DirEntry[] {
  return ifThere(() => [...Deno.readDirSync(folder)], []);
}
