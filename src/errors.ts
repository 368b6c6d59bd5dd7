/**
 * The errors that a user can mend. Each carries one line: what was given, what is allowed, and the command
 * that mends it; `exitStatus` maps each class to the status that the contract promises. Anything else that
 * is thrown is a fault of our own.
 *
 * @module
 */

/** A command line, golden file, input or output path that cannot be used as given. */
export class UsageError extends Error {
  /** Tells the class across threads. */
  override readonly name = "UsageError";
}

/** A data file that is missing, damaged or unreadable. It is named and never replaced by a stand-in. */
export class DataError extends Error {
  /** Tells the class across threads. */
  override readonly name = "DataError";
}

/** A golden file that breaks its schema; the message names file, line, column and rule. */
export class GoldenError extends Error {
  /** Tells the class across threads. */
  override readonly name = "GoldenError";
}

/** The exit statuses of the contract. */
export const exitStatus: {
  readonly ok: 0;
  readonly unexpected: 1;
  readonly usage: 2;
  readonly data: 3;
  readonly fault: 70;
  readonly interrupted: 130;
} = { ok: 0, unexpected: 1, usage: 2, data: 3, fault: 70, interrupted: 130 };

/**
 * The exit status that an error thrown by any part of the suite stands for.
 *
 * @param error What was caught.
 * @returns 2, 3 or 70.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(exitStatusOf(new UsageError("Unknown flag")), 2);
 * assertEquals(exitStatusOf(new TypeError("x is undefined")), 70);
 * ```
 */
export function exitStatusOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof GoldenError) return exitStatus.usage;
  if (error instanceof DataError) return exitStatus.data;
  return exitStatus.fault;
}
