/**
 * What tests that write files share.
 *
 * @module
 */

/** Runs `body` with a temporary folder, and removes it. */
export async function withFolder<T>(body: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A test with a temporary folder. */
export function inFolder(
  run: (folder: string, t: Deno.TestContext) => void | Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  return (t) => withFolder((folder) => run(folder, t));
}
