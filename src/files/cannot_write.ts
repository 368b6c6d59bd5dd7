import { UsageError } from "../errors.ts";

/** The error that says that `path` cannot be written, why, and where a disk is full what to do. */
export function cannotWrite(path: string, error: unknown): UsageError {
  const reason = error instanceof Error ? error.message : String(error);
  const mend = full.test(reason)
    ? ": make room and run the same command again, what is finished is kept"
    : "";
  return new UsageError(`Cannot write ${path}: ${reason}${mend}`, { cause: error });
}

/** EFBIG, ENOSPC and EDQUOT: a limit of the file size, a full disk, a used up quota, by their numbers. */
const full = /\(os error (27|28|69|122)\)/;
