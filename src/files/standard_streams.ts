/**
 * What a program says and prints, to streams whose other end may be gone.
 *
 * @module
 */
import { cannotWrite } from "./cannot_write.ts";
import { writeAllSync } from "./write_all.ts";

/** A stream that can be written to, as `Deno.stdout`. */
type Stream = Pick<typeof Deno.stdout, "writeSync">;

/**
 * Writes text to standard output, all of it. Where nobody reads it any more, as in `| head -1`, the rest is dropped: whoever read has
 * what they wanted, and what the program does beside stays to be done.
 *
 * @param text The text.
 * @param stream Where it goes.
 * @throws {UsageError} Where it cannot be written, as to a file on a full disk.
 */
export function writeToStandardOutput(text: string, stream: Stream = Deno.stdout): void {
  try {
    writeAllSync(stream, new TextEncoder().encode(text));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw cannotWrite("to standard output", error);
  }
}

/**
 * Writes text to standard error. Where it cannot be, nobody could be told, so nothing is: what is said there is no result.
 *
 * @param text The text.
 * @param stream Where it goes.
 */
export function writeToStandardError(text: string, stream: Stream = Deno.stderr): void {
  try {
    writeAllSync(stream, new TextEncoder().encode(text));
  } catch {
    // See above.
  }
}
