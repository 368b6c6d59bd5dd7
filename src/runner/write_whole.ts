/**
 * Writes a file whole or not at all: to a temporary name beside it, then moved into place.
 *
 * @param path The file; its folder must exist.
 * @param content Text or bytes.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  // The process id keeps two runs that share a folder apart; within a run a path has one writer.
  const temporary = `${path}.${Deno.pid}.part`;
  try {
    if (typeof content === "string") Deno.writeTextFileSync(temporary, content);
    else Deno.writeFileSync(temporary, content);
    Deno.renameSync(temporary, path);
  } catch (error) {
    try {
      Deno.removeSync(temporary);
    } catch {
      // It was never made.
    }
    throw error;
  }
}
