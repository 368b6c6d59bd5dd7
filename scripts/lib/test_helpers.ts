/**
 * What the tests of the command line share.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";

/** The root of the project, with a slash behind it. */
export const root: string = fromFileUrl(new URL("../..", import.meta.url));

/** The tasks of deno.json. */
export const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`)) as {
  readonly tasks: Readonly<Record<string, { readonly description: string; readonly command: string }>>;
};

/** The names of those that run a script of this project. */
export const ownTasks: readonly string[] = Object.keys(tasks).filter((name) =>
  / (scripts|tools)\/\S+\.ts( \w+)?$/.test(tasks[name]!.command) && !name.includes(":")
);

/** Does something with each of a list, as many side by side as there are cores; gives what came of them in their order. */
export async function sideBySide<In, Out>(
  list: readonly In[],
  run: (one: In) => Promise<Out>,
): Promise<Out[]> {
  const left = [...list.entries()];
  const found = new Array<Out>(list.length);
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      found[next[0]] = await run(next[1]);
    }
  }));
  return found;
}

/** How a task ended, and what it wrote. */
export interface TaskOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a task as a user does who stands in the project's root, or where INIT_CWD says: a task that is run from
 * another one inherits that.
 */
export async function runTask(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TaskOutcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--cwd", root, name, ...args],
    env: { NO_COLOR: "1", REPRODUCE_DATA: "", INIT_CWD: root, ...env },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}
