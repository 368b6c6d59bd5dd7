import { toFileUrl } from "@std/path";
import { importClosure } from "../../src/suite/runner/source_digest.ts";
import { developerTasks } from "../../scripts/lib/developer_tasks.ts";

/** What is used of deno.json. */
export interface ProjectConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
  readonly tasks: Readonly<Record<string, { readonly command: string }>>;
}

/** Builds files that are committed, so that nobody needs it to run anything. */
const buildTasks = ["wasm"];

/**
 * The import names of deno.json that the public modules and the tasks for users load; the others serve tests,
 * benchmarks and builds.
 *
 * @param config The content of deno.json.
 * @param root The root of the project.
 * @returns The names, in the order of deno.json.
 */
export function runtimeImports({ exports, imports, tasks }: ProjectConfig, root: string): string[] {
  const base = toFileUrl(`${root}/`);
  const scripts = Object.entries(tasks)
    .filter(([name]) => !developerTasks.includes(name) && !buildTasks.includes(name))
    .map(([, { command }]) => command.split(" ").at(-1)!);
  const resolve = (specifier: string) => {
    const target = imports[specifier] ?? specifier;
    return target.startsWith("./") ? new URL(target, base).href : target;
  };
  const entries = [...Object.values(exports), ...scripts, "scripts/job_worker.ts"];
  const { files } = importClosure(entries.map((entry) => new URL(entry, base).href), resolve);
  const sources = files.filter((url) => url.endsWith(".ts"))
    .map((url) => Deno.readTextFileSync(new URL(url)));
  // A name in quotes, since a font is not imported but looked up.
  return Object.keys(imports).filter((name) =>
    !imports[name]!.startsWith("./") &&
    sources.some((source) =>
      new RegExp(`["'\`]${RegExp.escape(name)}${name.endsWith("/") ? "" : "[\"'`/]"}`).test(source)
    )
  );
}
