import { basename, dirname, join } from "@std/path";
import { ifThere } from "../files/if_there.ts";
import type { Dataset } from "./dataset.ts";
import { listFiles } from "./list_files.ts";
import { datasetIds } from "./registry.ts";

/** How many names a note gives. */
const mostNames = 5;

/**
 * What a user has, who has not what is read: one line each on what lies in the folder of a data set that has none of its files, and on
 * what lies beside it under a like name, packed still perhaps.
 *
 * @param dataset The data set.
 * @param root Its folder, in which none of its files were found.
 */
export function whatLiesThere(dataset: Dataset, root: string): string[] {
  const own = namesIn(root);
  const folder = dirname(root);
  const wanted = dataset.collection === undefined
    ? some(dataset.files.map(({ name }) => name))
    : `${dataset.collection.folder}/<class>/*${dataset.collection.suffix}`;
  const inside = own.length === 0 ? [] : [`${root} holds ${some(own)}, and lacks ${wanted}`];
  if (basename(folder) !== "" && listFiles(dataset, folder).length > 0) {
    return [...inside, `files of it lie in ${folder} itself: they must be in ${root}`];
  }
  const alike = namesIn(folder).filter((name) => name !== basename(root) && isAlike(name, dataset));
  if (alike.length === 0) return inside;
  return [
    ...inside,
    `${folder} holds ${some(alike)}: what is read is ${join(root, wanted.split(",")[0]!)} and so on`,
  ];
}

/** Names that a data set goes by elsewhere, those of its archives and of what these unpack to; never that of another one of ours. */
function isAlike(name: string, { id, collection, files }: Dataset): boolean {
  if (datasetIds.includes(name)) return false;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  const folders = [
    collection?.folder,
    ...files.map((file) => file.name.includes("/") ? file.name.split("/")[0] : undefined),
  ];
  return plain(name) === plain(id) || folders.includes(name) ||
    new RegExp(`^${id}[._-]`, "i").test(name) ||
    (plain(id).length > 3 && /\.(zip|tar|tgz|gz)$/i.test(name) && plain(name).startsWith(plain(id)));
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

/** What lies in a folder, in the order of the names, but what file managers leave behind and what is being downloaded. */
function namesIn(folder: string): string[] {
  return ifThere(() => [...Deno.readDirSync(folder)], [])
    .map(({ name }) => name).filter((name) => !name.startsWith(".") && !name.endsWith(".part")).sort();
}
