import { join } from "@std/path";
import { UsageError } from "../../errors.ts";
import { Store } from "./store.ts";
import { describeError } from "../../files/describe_error.ts";
import { removeAbandoned } from "../../files/temporary_file.ts";
import { writeWhole } from "../../files/write_whole.ts";

/** The parts of an output folder that outlive a run. */
export interface Cache {
  /** Finished jobs. */
  readonly results: Store;
  /** The folder of the artifacts. */
  readonly artifacts: string;
  /** The folder of what unfinished jobs go on from. */
  readonly checkpoints: string;
  /** The file of the plan. */
  readonly plan: string;
  /** The file that says how far a run has come. */
  readonly live: string;
}

/** The name of {@linkcode Cache.live} in the cache. */
export const liveFile = "live.json";

/**
 * Opens the cache of an output folder, and so finds out before any work that the folder cannot be written.
 *
 * @throws {UsageError} Where it cannot.
 */
export function openCache(out: string): Cache {
  const folder = join(out, "cache");
  try {
    const checkpoints = join(folder, "checkpoints");
    Deno.mkdirSync(checkpoints, { recursive: true });
    // Tells backup programs that everything here can be made again (bford.info/cachedir).
    writeWhole(join(folder, "CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n");
    // What runs that were killed left half written.
    for (
      const part of [
        join(out, "figures"),
        folder,
        join(folder, "jobs"),
        join(folder, "artifacts"),
        checkpoints,
      ]
    ) {
      removeAbandoned(part);
    }
    return {
      results: new Store(join(folder, "jobs")),
      artifacts: join(folder, "artifacts"),
      checkpoints,
      plan: join(folder, "plan.json"),
      live: join(folder, liveFile),
    };
  } catch (error) {
    throw new UsageError(
      `Cannot write the output folder ${out}: ${describeError(error)}: name another with --out DIR`,
      { cause: error },
    );
  }
}
