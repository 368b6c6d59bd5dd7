import type fc from "fast-check";

/** A class of errors. */
export type ErrorClass = abstract new (...parameters: never[]) => Error;

/** A reader, the files that it is tried on, and what it promises about each of them. */
export interface FuzzTarget {
  /** As `deno task fuzz` calls it. */
  readonly name: string;
  /** Files: most of them valid but for a few changes, so that the reader gets deep into them. */
  readonly files: fc.Arbitrary<Uint8Array>;
  /** What the reader documents that it throws; any other error is a fault. */
  readonly errors: readonly ErrorClass[];
  /**
   * Reads a file, and checks with {@linkcode must} what the reader promises about the value that it gives.
   *
   * @param bytes The file.
   * @param folder An empty folder, for readers that take a path. Nothing beside it may change.
   */
  readonly read: (bytes: Uint8Array, folder: string) => void | Promise<void>;
  /** Memory that one file may take at most, in bytes; {@linkcode memoryLimit} by default. */
  readonly memory?: number;
}

/** Memory that reading one small file may take at most, in bytes; what the engine itself takes at times is within. */
export const memoryLimit = 2 ** 25;

/**
 * A promise that a reader broke.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new FuzzFault("Broken promise: a length is >= 0").name, "FuzzFault");
 * ```
 */
export class FuzzFault extends Error {
  /** Tells the class across threads. */
  override readonly name = "FuzzFault";
}

/**
 * Checks what a reader promises.
 *
 * @param holds Whether it does so.
 * @param promise What it promises, in words.
 * @throws {FuzzFault} Where it does not.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * must(true, "a length is >= 0");
 * assertThrows(() => must(false, "a length is >= 0"), FuzzFault, "Broken promise: a length is >= 0");
 * ```
 */
export function must(holds: boolean, promise: string): void {
  if (!holds) throw new FuzzFault(`Broken promise: ${promise}`);
}
