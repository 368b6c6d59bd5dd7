/**
 * What tests that write files share.
 *
 * @module
 */

/** Runs a test with a temporary folder. */
export function inFolder(
  run: (folder: string, t: Deno.TestContext) => void | Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  return async (t) => {
    const folder = await Deno.makeTempDir();
    try {
      await run(folder, t);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}
