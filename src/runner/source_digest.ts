import { fromFileUrl, relative } from "@std/path";
import { sha256 } from "../data/digests.ts";

/** What a source file refers to: modules by `import` or `export ... from`, files by `new URL(..., import.meta.url)`. */
const reference = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)"([^"\n]+)"/g;

/**
 * The references of a source file, comments left out.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(referencesOf('import { z } from "zod";\nexport * from "./a.ts"; // from "b"'), ["zod", "./a.ts"]);
 * ```
 */
export function referencesOf(source: string): string[] {
  // Only a comment that starts its line: "/*" may stand inside a string.
  const code = source.replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/(^|\s)\/\/.*$/gm, "$1");
  return [...code.matchAll(reference)].map((match) => match[1]!);
}

/** The files and packages that a module is made of. */
export interface ImportClosure {
  /** The URLs of its files, sorted. */
  readonly files: readonly string[];
  /** Its bare specifiers, resolved by the import map where it names them; sorted. */
  readonly packages: readonly string[];
}

/**
 * Walks the imports of a module.
 *
 * @param entry The `file:` URL of the module.
 * @param resolveBare Gives what a bare specifier stands for, as `import.meta.resolve` does.
 */
export function importClosure(entry: string, resolveBare: (specifier: string) => string): ImportClosure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (url: string): void => {
    if (files.has(url)) return;
    files.add(url);
    if (!/\.[jt]s$/.test(url)) return;
    for (const specifier of referencesOf(Deno.readTextFileSync(new URL(url)))) {
      const target = /^\.{0,2}\//.test(specifier) ? new URL(specifier, url).href : resolveBare(specifier);
      if (target.startsWith("file:") && !target.includes("/node_modules/")) visit(target);
      else packages.add(target);
    }
  };
  visit(entry);
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/**
 * The SHA-256 over the import closure of a module: the content of its files, the pinned specifiers of its
 * packages, the version of the runtime and the kind of processor. A result that was stored under another digest is not reused.
 *
 * @param entry The `file:` URL of the module.
 * @param root The folder that file names are taken relative to, so that every checkout gives the same digest.
 */
export function sourceDigest(entry: string, root: string): string {
  const { files, packages } = importClosure(entry, pinned);
  const parts = files.flatMap((url) => {
    const path = fromFileUrl(url);
    return [`${relative(root, path)}\0`, sha256(Deno.readFileSync(path)), "\n"];
  });
  return sha256(...parts, packages.join("\n"), `\ndeno ${Deno.version.deno} ${Deno.build.arch}`);
}

/** A specifier as the import map pins it; one that it does not name stands for itself. */
function pinned(specifier: string): string {
  const url = import.meta.resolve(specifier);
  return url.includes("/node_modules/") ? url.slice(url.lastIndexOf("/.deno/") + 1) : url;
}
