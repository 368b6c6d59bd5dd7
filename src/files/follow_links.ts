import { dirname, join, resolve } from "@std/path";
import { ifThere } from "./if_there.ts";

/** More links in a row than any system follows. */
const mostLinks = 40;

/**
 * The path that a write reaches: that of the file itself where `path` is a symbolic link, also where the file is not there yet.
 *
 * @param path Any path.
 * @throws {Error} Where links lead round in a circle, or may not be read.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.symlink("file", `${folder}/link`);
 * assertEquals(followLinks(`${folder}/link`), `${folder}/file`);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function followLinks(path: string): string {
  let reached = resolve(path);
  for (let links = 0; links <= mostLinks; links++) {
    const here = reached;
    if (ifThere(() => Deno.lstatSync(here).isSymlink, false) === false) return here;
    // A relative link counts from the folder that holds it, not from one that leads there by a link.
    reached = resolve(Deno.realPathSync(dirname(here)), Deno.readLinkSync(here));
  }
  throw new Error(`more than ${mostLinks} symbolic links lead on from it`);
}

/**
 * Tells files apart whatever they are called: two paths name one file, or one folder, where this is the same. What is not there yet is
 * told by the folder that will hold it.
 *
 * @param path Any path.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fileIdentity("no-such-folder/../a"), fileIdentity("a"));
 * ```
 */
export function fileIdentity(path: string): string {
  const reached = followLinks(path);
  const found = ifThere(() => Deno.statSync(reached), null);
  if (found !== null && found.ino !== null) return `${found.dev}:${found.ino}`;
  const folder = dirname(reached);
  return found !== null || folder === reached
    ? reached
    : join(ifThere(() => Deno.realPathSync(folder), folder), reached.slice(folder.length));
}
