import { fromFileUrl, relative } from "@std/path";
import jsTokens from "js-tokens";
import { sha256 } from "../../data/digests.ts";

/** A token of a source file, with the white space before it: the end of a line may end a statement, all else is one blank. */
interface Token {
  readonly value: string;
  readonly gap: "" | " " | "\n";
  readonly isString: boolean;
}

/** What a source file refers to, and which of its tokens say so. */
interface Reference {
  readonly specifier: string;
  /** An import of types alone is gone when the code runs. */
  readonly typesAlone: boolean;
  readonly first: number;
  readonly last: number;
}

/** The tokens of a source file; comments are none. */
function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let gap: Token["gap"] = "";
  for (const { type, value } of jsTokens(source)) {
    if (type === "LineTerminatorSequence") gap = "\n";
    else if (type === "WhiteSpace" || type === "SingleLineComment" || type === "MultiLineComment") {
      gap ||= " ";
    } else {
      tokens.push({ value, gap: tokens.length === 0 ? "" : gap, isString: type === "StringLiteral" });
      gap = "";
    }
  }
  return tokens;
}

/** Modules by `import` or `export ... from`, files by `new URL(..., import.meta.url)`. */
function referencesIn(tokens: readonly Token[]): Reference[] {
  const before = (at: number, ...values: readonly string[]) =>
    values.every((value, i) => tokens[at - values.length + i]?.value === value);
  return tokens.flatMap(({ value, isString }, last) => {
    if (!isString) return [];
    const specifier = value.slice(1, -1);
    if (before(last, "from")) {
      const first = tokens.findLastIndex(({ value }, i) =>
        i < last && (value === "import" || value === "export")
      );
      return [{ specifier, typesAlone: isTypesAlone(tokens.slice(first + 1, last - 1)), first, last }];
    }
    const isLoaded = before(last, "import") || before(last, "import", "(") || before(last, "new", "URL", "(");
    return isLoaded ? [{ specifier, typesAlone: false, first: last, last }] : [];
  });
}

/** Whether what stands between `import` and `from` names types alone: `type A`, or `{ type A, type B }`. */
function isTypesAlone(clause: readonly Token[]): boolean {
  const values = clause.map(({ value }) => value);
  if (values[0] === "type" && values.length > 1 && values[1] !== ",") return true;
  if (values[0] !== "{" || values.at(-1) !== "}") return false;
  const starts = values.slice(1, -1).filter((_, i) => i === 0 || values[i] === ",");
  return starts.length > 0 && starts.every((start) => start === "type");
}

/**
 * What of a source file can change what it does: its code without comments and imports of types alone, white space made the same.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = '// Why.\nimport type { A } from "./a.ts";\nexport const url  = "//x"; // what\n';
 * assertEquals(effectiveCode(source), 'export const url = "//x";');
 * ```
 */
export function effectiveCode(source: string): string {
  const tokens = tokensOf(source);
  const dropped = new Set<number>();
  for (const { typesAlone, first, last } of referencesIn(tokens)) {
    if (!typesAlone) continue;
    const end = tokens[last + 1]?.value === ";" ? last + 1 : last;
    for (let i = first; i <= end; i++) dropped.add(i);
  }
  return tokens.map(({ gap, value }, i) => dropped.has(i) ? "" : gap + value).join("").trim();
}

/**
 * What a source file refers to: modules and files, of comments nothing.
 *
 * @param source Its text.
 * @param types Whether imports of types alone count.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(referencesOf('import { z } from "zod";\nexport * from "./a.ts"; // from "b"'), ["zod", "./a.ts"]);
 * ```
 */
export function referencesOf(source: string, types = true): string[] {
  return referencesIn(tokensOf(source))
    .filter(({ typesAlone }) => types || !typesAlone)
    .map(({ specifier }) => specifier);
}

/** The files and packages that a module is made of. */
export interface ImportClosure {
  /** The URLs of its files, sorted. */
  readonly files: readonly string[];
  /** Its bare specifiers, resolved by the import map where it names them; sorted. */
  readonly packages: readonly string[];
}

/**
 * Walks the imports of modules; those of types alone are left out.
 *
 * @param entries The `file:` URLs of the modules.
 * @param resolveBare Gives what a bare specifier stands for, as `import.meta.resolve` does.
 */
export function importClosure(
  entries: readonly string[],
  resolveBare: (specifier: string) => string,
): ImportClosure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (url: string): void => {
    if (files.has(url)) return;
    files.add(url);
    if (!isCode(url)) return;
    for (const specifier of referencesOf(Deno.readTextFileSync(new URL(url)), false)) {
      const target = /^\.{0,2}\//.test(specifier) ? new URL(specifier, url).href : resolveBare(specifier);
      if (target.startsWith("file:") && !target.includes("/node_modules/")) visit(target);
      else packages.add(target);
    }
  };
  entries.forEach(visit);
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** A job may take random numbers through its context, so without an import: `job_context.ts` takes them from here. */
const randomNumbers = import.meta.resolve("../../numeric/random/random_stream.ts");

/**
 * The SHA-256 over what the tasks of a reproduction are made of: the code of their import closure without comments and types'
 * imports, the compiled kernels that it loads, the pinned specifiers of its packages, the version of the runtime and
 * the kind of processor. A result that was stored under another digest is not reused.
 *
 * @param entry The `file:` URL of the module that exports the tasks.
 * @param root The folder that file names are taken relative to, so that every checkout gives the same digest.
 */
export function sourceDigest(entry: string, root: string): string {
  const { files, packages } = importClosure([entry, randomNumbers], pinned);
  // In the order of their names below the root: that of their URLs depends on where the root stands beside what lies outside of it.
  const pathByName = new Map(files.map(fromFileUrl).map((path) => [relative(root, path), path]));
  const parts = [...pathByName.keys()].sort().flatMap((name) => {
    const path = pathByName.get(name)!;
    const content = isCode(path) ? effectiveCode(Deno.readTextFileSync(path)) : Deno.readFileSync(path);
    return [`${name}\0`, sha256(content), "\n"];
  });
  return sha256(...parts, packages.join("\n"), `\ndeno ${Deno.version.deno} ${Deno.build.arch}`);
}

/** Whether a file is source code, which is read for its imports and digested without its comments. */
function isCode(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/** A specifier as the import map pins it; one that it does not name stands for itself. */
function pinned(specifier: string): string {
  const url = import.meta.resolve(specifier);
  return url.includes("/node_modules/") ? url.slice(url.lastIndexOf("/.deno/") + 1) : url;
}
