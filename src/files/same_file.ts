import { UsageError } from "../errors.ts";
import { cannotUse } from "./describe_error.ts";
import { fileIdentity } from "./follow_links.ts";

/** A path of a command line, and what it is called there. */
export interface NamedPath {
  /** As the help calls it: `IN.npy`, `--meta`. */
  readonly name: string;
  /** The path; `undefined` where none is given. */
  readonly path: string | undefined;
}

/**
 * Refuses paths of which two name the same file or folder, be it by another spelling, a symbolic link or a hard link: where one of
 * them is written, the other is lost. To be asked before anything is computed.
 *
 * @param paths What is read and written.
 * @throws {UsageError} Where two of them are the same, with their names.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { UsageError } from "../errors.ts";
 *
 * const paths = [{ name: "IN", path: "a" }, { name: "OUT", path: "./a" }, { name: "--meta", path: undefined }];
 * assertThrows(() => refuseSameFile(paths), UsageError, "Cannot take ./a for OUT: it must be another one than IN");
 * ```
 */
export function refuseSameFile(paths: readonly NamedPath[]): void {
  const seen = new Map<string, { readonly name: string; readonly path: string }>();
  for (const { name, path } of paths) {
    if (path === undefined) continue;
    const identity = identityOf(path);
    const other = seen.get(identity);
    if (other !== undefined) {
      throw new UsageError(
        `Cannot take ${path} for ${name}: it must be another one than ${other.name}, which is the same ` +
          `(${other.path}), and one of them would be lost: give another name`,
      );
    }
    seen.set(identity, { name, path });
  }
}

function identityOf(path: string): string {
  try {
    return fileIdentity(path);
  } catch (error) {
    throw cannotUse("Cannot use", path, error);
  }
}
