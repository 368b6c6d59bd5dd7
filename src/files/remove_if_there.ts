/**
 * Removes a file; that there is none is no error.
 *
 * @param path The file.
 */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    // ENOTDIR: what should be its folder is a file.
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
  }
}
