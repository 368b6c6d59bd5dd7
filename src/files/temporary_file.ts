/**
 * Files that are being written: each under a temporary name beside the file that it becomes. Whoever writes one holds a lock of the
 * system on it, which ends with the process however that ends; so what a process that was killed has left is told from what another
 * one is writing, and is taken away by the next that writes there.
 *
 * @module
 */
import { join } from "@std/path";
import { UsageError } from "../errors.ts";
import { followLinks } from "./follow_links.ts";
import { kindOf } from "./folder_if_there.ts";
import { ifThere } from "./if_there.ts";
import { removeIfThere } from "./remove_if_there.ts";

/** How the names of files end that are being written; a run that was killed may leave some. */
export const temporaryEnding = ".part";

/** The names that this module gives; earlier versions had the number of the process there. */
const temporaryName = /\.\d+\.part$/;

/** Where a file goes, and what it takes over from the one that it replaces. */
interface Target {
  readonly path: string;
  /** `null` where there is none yet. */
  readonly old: Pick<Deno.FileInfo, "mode" | "uid" | "gid"> | null;
}

/** A file under its temporary name, held by this process. */
export class TemporaryFile implements Disposable {
  /** To write to. */
  readonly file: Deno.FsFile;
  readonly #path: string;
  readonly #target: Target;
  #isOpen = true;

  private constructor(path: string, file: Deno.FsFile, target: Target) {
    this.#path = path;
    this.file = file;
    this.#target = target;
  }

  /**
   * Creates the temporary file of a file that is to be written. A symbolic link is written through.
   *
   * @param path The file that it becomes.
   * @throws {UsageError} Where the path is that of a folder, a pipe or a device, or of a file that may not be written.
   * @throws {Error} Where the system refuses.
   */
  static create(path: string): TemporaryFile {
    const target = openTarget(path);
    const mode = target.old?.mode ?? null;
    for (let number = 0;;) {
      const temporary = `${target.path}.${number}${temporaryEnding}`;
      const file = createNew(temporary, mode);
      if (file === null) {
        if (!removeIfAbandoned(temporary)) number++;
      } else if (hold(file, temporary)) {
        for (let next = number + 1; removeIfAbandoned(`${target.path}.${next}${temporaryEnding}`); next++);
        return new TemporaryFile(temporary, file, target);
      } else {
        file.close();
      }
    }
  }

  /** Moves the file into place, with the mode and, where this may be set, the owner of the file that it replaces. */
  commit(): void {
    const { path, old } = this.#target;
    if (old !== null) takeOver(this.#path, this.file.statSync(), old);
    Deno.renameSync(this.#path, path);
    this.#isOpen = false;
    this.file.close();
  }

  /** Removes what was not committed. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // Before the lock ends, so that no other process finds it without one.
    removeIfThere(this.#path);
    this.file.close();
  }
}

function openTarget(path: string): Target {
  const reached = followLinks(path);
  const old = ifThere(() => Deno.statSync(reached), null);
  if (old === null) return { path: reached, old };
  if (!old.isFile) {
    throw new UsageError(`Cannot write ${path}: it is ${kindOf(old)}; give the name of a file`);
  }
  // A file that may not be written is not replaced either, though its folder would allow that.
  Deno.openSync(reached, { write: true }).close();
  return { path: reached, old };
}

/** `null` where there is one. */
function createNew(path: string, mode: number | null): Deno.FsFile | null {
  try {
    // No more than the old file does it let others read, from its first byte on.
    return Deno.openSync(path, {
      write: true,
      createNew: true,
      ...mode === null ? {} : { mode: mode & 0o777 },
    });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return null;
    throw error;
  }
}

/** Takes the lock of a file, and tells whether it is still the one of this name: another process may have moved or removed it. */
function hold(file: Deno.FsFile, path: string): boolean {
  if (!tryLock(file, true)) return false;
  const { dev, ino } = file.statSync();
  const found = ifThere(() => Deno.lstatSync(path), null);
  return found !== null && found.dev === dev && found.ino === ino;
}

/**
 * Takes the lock of a file, which ends with the process or as the file is closed.
 *
 * @param file An open file.
 * @param otherwise What is told where the file system has no locks.
 * @param exclusive Whether no other may hold it, the default, or only none that is exclusive.
 * @returns Whether nobody else holds it.
 */
export function tryLock(file: Deno.FsFile, otherwise: boolean, exclusive = true): boolean {
  try {
    return file.tryLockSync(exclusive);
  } catch {
    return otherwise;
  }
}

function takeOver(path: string, own: Deno.FileInfo, { mode, uid, gid }: NonNullable<Target["old"]>): void {
  if (uid !== own.uid || gid !== own.gid) {
    try {
      Deno.chownSync(path, uid, gid);
    } catch {
      // Who may not give a file away replaces it by one of their own.
    }
  }
  if (mode !== null && mode !== own.mode) Deno.chmodSync(path, mode & 0o7777);
}

/**
 * Removes a temporary file that nobody holds.
 *
 * @returns Whether it is gone; not where there was none.
 */
function removeIfAbandoned(path: string): boolean {
  try {
    if (!Deno.lstatSync(path).isFile) return false;
    using file = Deno.openSync(path, { write: true });
    if (!tryLock(file, false) || !hold(file, path)) return false;
    Deno.removeSync(path);
    return true;
  } catch {
    // It is not there any more, or belongs to somebody else.
    return false;
  }
}

/**
 * Removes the temporary files that processes which were killed have left in a folder.
 *
 * @param folder The folder; there may be none.
 */
export function removeAbandoned(folder: string): void {
  for (const { name } of ifThere(() => [...Deno.readDirSync(folder)], [])) {
    if (temporaryName.test(name)) removeIfAbandoned(join(folder, name));
  }
}
