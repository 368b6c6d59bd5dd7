import { join } from "@std/path";
import { DataError } from "../errors.ts";
import { cannotUse, describeError, guardedPath } from "../files/describe_error.ts";
import { ifThere } from "../files/if_there.ts";
import { isFile } from "../files/is_file.ts";
import type { Collection, Dataset, KnownFile } from "./dataset.ts";
import { locateFile, placesOf } from "./locate_file.ts";

/**
 * The files of a data set that a folder holds, by their names in the registry, `/`-separated, sorted by code unit: {@linkcode locateFile}
 * says where each lies. Other files of the folder are passed over; a folder that does not exist holds none.
 *
 * @param dataset The data set.
 * @param root The folder of the data set.
 * @throws {DataError} Where the folder cannot be read.
 * @throws {UsageError} Where it is one of the system.
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
    // No data is at fault, but where it is looked for.
    if (guardedPath(error) !== null) throw cannotUse("Cannot use", root, error);
    throw new DataError(`Cannot list ${root}: ${describeError(error)}`, { cause: error });
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
  return files.map(({ name }) => name).filter((name) => isFile(locateFile(root, name)));
}

/** The classes stand in the folder of the collection, or in the first of the others that has any. */
function listCollection(collection: Collection, root: string): string[] {
  for (const place of placesOf(root, `${collection.folder}/`)) {
    const names = listClasses(collection, join(root, place));
    if (names.length > 0) return names;
  }
  return [];
}

function listClasses(collection: Collection, folder: string): string[] {
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
