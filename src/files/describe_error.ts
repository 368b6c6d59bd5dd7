import { UsageError } from "../errors.ts";

/**
 * What the system says about a path, in a few words.
 *
 * @param error What was caught.
 * @returns The reason.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeError(new Deno.errors.NotFound("open 'x'")), "there is no such file or folder");
 * ```
 */
export function describeError(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file or folder";
  if (error instanceof Deno.errors.NotADirectory) return "a folder of its path is none";
  if (guardedPath(error) !== null) {
    return "it lies in a folder of the system (/proc, /sys or /dev), which holds no files of users";
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * The path of the system that Deno keeps from every program that may not do everything, whatever paths it was allowed.
 *
 * @param error What was caught.
 * @returns `null` where it is another error.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const error = new Deno.errors.NotCapable('Requires all access to "/proc/foo", run again with the --allow-all flag');
 * assertEquals(guardedPath(error), "/proc/foo");
 * ```
 */
export function guardedPath(error: unknown): string | null {
  if (!(error instanceof Deno.errors.NotCapable)) return null;
  return /Requires \w+ access to "(\/(?:proc|sys|dev)(?:\/[^"]*)?)"/.exec(error.message)?.[1] ?? null;
}

/**
 * The error that says that a path cannot be used, and why.
 *
 * @param action What was tried, as the sentence begins: "Cannot read".
 * @param path The path.
 * @param error What was caught; one that already says it is given back.
 */
export function cannotUse(action: string, path: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  return new UsageError(`${action} ${path}: ${describeError(error)}`, { cause: error });
}
