import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { cannotUse, describeError } from "../../files/describe_error.ts";
import { FileLock } from "../../files/file_lock.ts";
import { isFile } from "../../files/is_file.ts";
import { removeAbandoned } from "../../files/temporary_file.ts";
import { checkWritable, writeWhole } from "../../files/write_whole.ts";
import { Store } from "./store.ts";

/** The parts of an output folder that outlive a run. As long as it is not disposed of, nobody removes them. */
export interface Cache extends Disposable {
  /** Finished jobs. */
  readonly results: Store;
  /** The folder of the artifacts. */
  readonly artifacts: string;
  /** The folder of what unfinished jobs go on from. */
  readonly checkpoints: string;
  /** How long unfinished jobs computed to what they go on from. */
  readonly times: Store;
  /** The file of the plan. */
  readonly plan: string;
  /** The file that says how far a run has come. */
  readonly live: string;
}

/** The name of {@linkcode Cache.live} in the cache. */
export const liveFile = "live.json";

/** The name of the file in the cache that says what made it. */
const tagName = "CACHEDIR.TAG";

/** The name of the file in the cache on which everybody who uses it holds a lock. */
const lockName = "lock";

/**
 * Opens the cache of an output folder, and so finds out before any work that the folder cannot be written.
 *
 * @throws {UsageError} Where it cannot, or its cache is just being removed.
 */
export function openCache(out: string): Cache {
  const folder = join(out, "cache");
  const part = (name: string) => join(folder, name);
  const folders = ["jobs", "artifacts", "checkpoints", "times"].map(part);
  const lock = attempt(out, () => {
    for (const path of folders) Deno.mkdirSync(path, { recursive: true });
    return FileLock.share(part(lockName));
  });
  if (lock === null) {
    throw new UsageError(`Cannot use ${folder}: deno task clean is removing it: run again in a moment`);
  }
  attempt(out, () => {
    // Tells backup programs that everything here can be made again (bford.info/cachedir).
    writeWhole(part(tagName), "Signature: 8a477f597d28d172789f06886806bc55\n");
    // What runs that were killed left half written.
    for (const path of [join(out, "figures"), folder, ...folders]) removeAbandoned(path);
    for (const path of folders) checkWritable(join(path, "entry"));
  });
  return {
    results: new Store(part("jobs")),
    artifacts: part("artifacts"),
    checkpoints: part("checkpoints"),
    times: new Store(part("times")),
    plan: part("plan.json"),
    live: part(liveFile),
    [Symbol.dispose]: () => lock[Symbol.dispose](),
  };
}

function attempt<T>(out: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UsageError(
      `Cannot write the output folder ${out}: ${describeError(error)}: name another with --out DIR`,
      { cause: error },
    );
  }
}

/** What went with a cache. */
export interface RemovedCache {
  /** How many files. */
  readonly files: number;
  /** What they held. */
  readonly bytes: number;
}

/**
 * Removes the cache of an output folder, and nothing that this project did not make: its caches carry a tag.
 *
 * @param out The output folder; there may be none.
 * @returns What went; `null` where there was no cache.
 * @throws {UsageError} Where a run uses it, or it cannot be removed.
 */
export function removeCache(out: string): RemovedCache | null {
  const folder = join(out, "cache");
  try {
    if (!isFile(join(folder, tagName))) return null;
    using lock = FileLock.alone(join(folder, lockName));
    if (lock === null) {
      throw new UsageError(
        `Cannot remove ${folder}: a run goes on that keeps its finished jobs there: end it first, or wait for it`,
      );
    }
    return removeFolder(folder);
  } catch (error) {
    throw cannotUse("Cannot remove", folder, error);
  }
}

/**
 * Removes a file, or a folder with all that is in it.
 *
 * @param path The path.
 * @returns What went.
 */
export function removeFolder(path: string): RemovedCache {
  const size = sizeBelow(path);
  Deno.removeSync(path, { recursive: true });
  return size;
}

function sizeBelow(path: string): RemovedCache {
  const { isDirectory, size } = Deno.lstatSync(path);
  if (!isDirectory) return { files: 1, bytes: size };
  return [...Deno.readDirSync(path)].map(({ name }) => sizeBelow(join(path, name)))
    .reduce((sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }), {
      files: 0,
      bytes: 0,
    });
}
