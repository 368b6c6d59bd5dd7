import { openToRead } from "./open_to_read.ts";

/** Bytes that are read at a time. */
const pieceBytes = 65_536;

/**
 * Reads a text that somebody else names, whatever stands there: a device that never ends is read no further than the
 * limit.
 *
 * @param path The file.
 * @param maxBytes The most that it may hold; no more memory than that is taken.
 * @returns The text; what is no UTF-8 becomes U+FFFD.
 * @throws {RangeError} Where it holds more, or is a pipe.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "four");
 * assertEquals(readTextAtMost(path, 4), "four");
 * assertThrows(() => readTextAtMost(path, 3), RangeError, "it must be at most 3 bytes");
 * await Deno.remove(path);
 * ```
 */
export function readTextAtMost(path: string, maxBytes: number): string {
  using file = openToRead(path);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parts: string[] = [];
  const piece = new Uint8Array(pieceBytes);
  let total = 0;
  for (let read = file.readSync(piece); read !== null; read = file.readSync(piece)) {
    total += read;
    if (total > maxBytes) throw new RangeError(`it must be at most ${maxBytes} bytes: it holds more`);
    parts.push(decoder.decode(piece.subarray(0, read), { stream: true }));
  }
  return parts.join("") + decoder.decode();
}
