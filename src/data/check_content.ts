import { DataError } from "../errors.ts";
import type { KnownFile } from "./dataset.ts";
import { digestMismatch } from "./digests.ts";

/**
 * Compares a content with what the registry knows of it.
 *
 * @param content The content; of a `.gz` file, what it unpacks to.
 * @param known What it should be.
 * @param path Where it was found, for the error message.
 * @returns The note of an accepted variant, undefined for the published content.
 * @throws {DataError} Where it is neither.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { DataError } from "../errors.ts";
 *
 * const known = { name: "a", bytes: 1, digests: { md5: "0cc175b9c0f1b6a831c399e269772661" } };
 * checkContent(new TextEncoder().encode("a"), known, "data/a");
 * assertThrows(() => checkContent(new TextEncoder().encode("b"), known, "data/a"), DataError, "md5 is 92eb");
 * ```
 */
export function checkContent(content: Uint8Array, known: KnownFile, path: string): string | undefined {
  if (content.length !== known.bytes) {
    throw new DataError(`Cannot use ${path}: it has ${content.length} bytes instead of ${known.bytes}`);
  }
  const mismatch = digestMismatch(content, known.digests);
  if (mismatch === null) return undefined;
  if (known.variant !== undefined && digestMismatch(content, known.variant.digests) === null) {
    return known.variant.note;
  }
  throw new DataError(`Cannot use ${path}: its ${mismatch}`);
}
