import { openToRead } from "./open_to_read.ts";

/** Bytes that are read at a time. */
const pieceBytes = 65_536;

/**
 * Reads a text that somebody else names, and takes no other encoding for UTF-8: a byte that is none would become U+FFFD without a word.
 * A device that never ends is read no further than the limit.
 *
 * @param path The file.
 * @param maxBytes The most that it may hold.
 * @returns The text, without the byte order mark that it may begin with.
 * @throws {RangeError} Where it holds more, is a pipe, or is not UTF-8, with the way to mend it.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "\ufeffé");
 * assertEquals(readUtf8(path, 100), "é");
 * await Deno.writeFile(path, Uint8Array.of(0xe9)); // é in Latin-1
 * assertThrows(() => readUtf8(path, 100), RangeError, "it must be UTF-8: byte 0 is none");
 * await Deno.remove(path);
 * ```
 */
export function readUtf8(path: string, maxBytes: number): string {
  using file = openToRead(path);
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const piece = new Uint8Array(pieceBytes);
    const read = file.readSync(piece);
    if (read === null) break;
    total += read;
    if (total > maxBytes) throw new RangeError(`it must be at most ${maxBytes} bytes: it holds more`);
    parts.push(piece.subarray(0, read));
  }
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return decodeUtf8(bytes);
}

/**
 * Decodes UTF-8 and drops the byte order mark that it may begin with.
 *
 * @param bytes The whole text.
 * @throws {RangeError} Where it is not UTF-8, with the way to mend it.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => decodeUtf8(Uint8Array.of(0xff, 0xfe, 0x61, 0)), RangeError, "iconv -f UTF-16");
 * ```
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const encoding = isUtf16 ? "UTF-16" : "LATIN1";
    const finding = isUtf16 ? "it begins with the mark of UTF-16" : `byte ${firstWrong(bytes)} is none`;
    throw new RangeError(
      `it must be UTF-8: ${finding}: convert it, for example with iconv -f ${encoding} -t UTF-8`,
    );
  }
}

/** Where the first byte stands that becomes U+FFFD without being a part of one. */
function firstWrong(bytes: Uint8Array): number {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  let at = 0;
  for (const between of text.split("\ufffd")) {
    at += new TextEncoder().encode(between).length;
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) break;
    at += 3;
  }
  return at;
}
