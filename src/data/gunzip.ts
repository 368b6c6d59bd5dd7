import { gunzipSync } from "node:zlib";
import { DataError } from "../errors.ts";

/**
 * Unpacks a gzip file that fits into memory.
 *
 * @param bytes The whole file.
 * @param maxBytes The most that it may unpack to; no more memory than that is taken.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is truncated, damaged, followed by other bytes, or unpacks to more.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { DataError } from "../errors.ts";
 *
 * assertThrows(() => gunzip(Uint8Array.of(1, 2, 3), 10, "x.gz"), DataError, "Cannot unpack x.gz");
 * ```
 */
export function gunzip(bytes: Uint8Array, maxBytes: number, name: string): Uint8Array {
  try {
    const { buffer, byteOffset, byteLength } = gunzipSync(bytes, { maxOutputLength: maxBytes });
    // Not the Buffer itself, whose slice() would share memory.
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    const reason = error instanceof RangeError
      ? `it holds more than ${maxBytes} bytes`
      : error instanceof Error
      ? error.message
      : String(error);
    throw new DataError(`Cannot unpack ${name}: ${reason}`, { cause: error });
  }
}
