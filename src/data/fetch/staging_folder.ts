import { join } from "@std/path";
import { cannotWrite } from "../../files/cannot_write.ts";
import { ifThere } from "../../files/if_there.ts";
import { temporaryEnding, tryLock } from "../../files/temporary_file.ts";

/** The file in a staging folder on which the process that downloads holds a lock, however it ends. */
const lockName = ".lock";

/** How long an empty folder without that file may be one that is being made. */
const makingMs = 60_000;

/**
 * A new folder beside those of the data sets, in which a download is put together and verified. It has a name of its own, since two
 * processes may download at once, and is removed as it is disposed of. Those of processes that were killed go when the next is made.
 */
export class StagingFolder implements AsyncDisposable {
  /** Its path. */
  readonly path: string;
  readonly #lock: Deno.FsFile;

  private constructor(path: string, lock: Deno.FsFile) {
    this.path = path;
    this.#lock = lock;
  }

  /**
   * Makes one.
   *
   * @param folder The data folder; it is made where it is not there.
   * @param id The data set.
   * @throws {UsageError} Where the folder cannot be written.
   */
  static async create(folder: string, id: string): Promise<StagingFolder> {
    try {
      await Deno.mkdir(folder, { recursive: true });
      for (const path of abandonedFolders(folder, id)) await Deno.remove(path, { recursive: true });
      const path = await Deno.makeTempDir({ dir: folder, prefix: `${id}.`, suffix: temporaryEnding });
      // Nobody sees it by its name before it is locked.
      const making = join(path, `${lockName}.new`);
      const lock = await Deno.open(making, { write: true, createNew: true });
      tryLock(lock, true);
      await Deno.rename(making, join(path, lockName));
      return new StagingFolder(path, lock);
    } catch (error) {
      throw cannotWrite(folder, error);
    }
  }

  /** Removes it with all that is in it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
    this.#lock.close();
  }
}

/**
 * The staging folders that no process holds: those of downloads that were killed.
 *
 * @param folder The data folder; there may be none.
 * @param id The data set.
 * @returns Their paths.
 */
export function abandonedFolders(folder: string, id: string): string[] {
  const entries = ifThere(() => [...Deno.readDirSync(folder)], []);
  return entries
    .filter(({ name, isDirectory }) =>
      isDirectory && name.startsWith(`${id}.`) && name.endsWith(temporaryEnding)
    )
    .map(({ name }) => join(folder, name))
    .filter(isAbandoned);
}

function isAbandoned(path: string): boolean {
  const lock = ifThere(() => Deno.openSync(join(path, lockName), { write: true }), null);
  if (lock === null) {
    const changed = ifThere(() => Deno.statSync(path).mtime, null);
    return changed !== null && changed.getTime() < Date.now() - makingMs;
  }
  try {
    return tryLock(lock, false);
  } finally {
    lock.close();
  }
}
