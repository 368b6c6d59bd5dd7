import { UsageError } from "../errors.ts";
import { describeError } from "./describe_error.ts";

/** The error that says that `path` cannot be written, why, and where a disk is full what to do; one that says so already is given back. */
export function cannotWrite(path: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const reason = describeError(error);
  const mend = isFull(error) ? ": make room and run the same command again, what is finished is kept" : "";
  return new UsageError(`Cannot write ${path}: ${reason}${mend}`, { cause: error });
}

/** Whether an error says that there is no room: EFBIG, ENOSPC and EDQUOT, by their numbers. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && /\(os error (27|28|69|122)\)/.test(error.message);
}
