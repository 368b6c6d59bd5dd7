/**
 * What the tests of the command line share.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";

/** The root of the project, with a slash behind it. */
export const root: string = fromFileUrl(new URL("../..", import.meta.url));

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
