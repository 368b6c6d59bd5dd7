import { basename, join } from "@std/path";
import { isFile } from "../files/is_file.ts";

/** Folders below that of a data set in which others put its files: torchvision has these two. */
const usualFolders = ["raw", "MNIST/raw"];

/**
 * The path of a file of a data set, however its archive was unpacked: with or without a folder of its own, in a folder of the data
 * set's name, with `.gz` taken off or put on, or with the dot that some programs put before `idx`. What it holds is verified later.
 *
 * @param root The folder of the data set.
 * @param name The name of the file in the registry, `/`-separated.
 * @returns The first of these that is there; else the path of the file under its own name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const root = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${root}/t10k-labels-idx1-ubyte`, "unpacked");
 * assertEquals(locateFile(root, "t10k-labels-idx1-ubyte.gz"), `${root}/t10k-labels-idx1-ubyte`);
 * await Deno.remove(root, { recursive: true });
 * ```
 */
export function locateFile(root: string, name: string): string {
  for (const place of placesOf(root, name)) {
    for (const form of formsOf(place)) {
      const path = join(root, form);
      if (isFile(path)) return path;
    }
  }
  return join(root, name);
}

/**
 * The paths, relative to the folder of a data set, under which a name of the registry may stand.
 *
 * @param root The folder of the data set.
 * @param name A file or folder, `/`-separated.
 */
export function placesOf(root: string, name: string): string[] {
  const [, ...inner] = name.split("/");
  return [
    name,
    `${basename(root)}/${name}`,
    ...inner.length === 0 ? [] : [inner.join("/")],
    ...usualFolders.map((folder) => `${folder}/${name}`),
  ];
}

/** Packed and unpacked. */
function formsOf(name: string): string[] {
  const bare = name.replace(/\.gz$/, "");
  const own = [name, name === bare ? `${bare}.gz` : bare];
  const dotted = own.map((form) => form.replace(/-(idx\d-ubyte)/, ".$1")).filter((form) =>
    !own.includes(form)
  );
  return [...own, ...dotted];
}
