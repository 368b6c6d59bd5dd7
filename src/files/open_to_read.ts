/**
 * Opens a file that somebody else names. A pipe is refused: to open it would wait for a writer, and nothing could end that but force.
 *
 * @param path The file.
 * @throws {RangeError} Where it is a pipe.
 * @throws {Error} Where the system refuses.
 */
export function openToRead(path: string): Deno.FsFile {
  if (Deno.statSync(path).isFifo) throw new RangeError("it is a pipe; give the name of a file");
  return Deno.openSync(path);
}
