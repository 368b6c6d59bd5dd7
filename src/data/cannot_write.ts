import { UsageError } from "../errors.ts";

/** The error that says that `path` cannot be written, and why. */
export function cannotWrite(path: string, error: unknown): UsageError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UsageError(`Cannot write ${path}: ${reason}`, { cause: error });
}
