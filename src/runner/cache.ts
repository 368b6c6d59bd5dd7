import { join } from "@std/path";
import { UsageError } from "../errors.ts";
import { Store } from "./store.ts";
import { writeWhole } from "./write_whole.ts";

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
    const results = new Store(join(folder, "jobs"));
    // Tells backup programs that everything here can be made again (bford.info/cachedir).
    writeWhole(join(folder, "CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n");
    const checkpoints = join(folder, "checkpoints");
    Deno.mkdirSync(checkpoints, { recursive: true });
    return {
      results,
      artifacts: join(folder, "artifacts"),
      checkpoints,
      plan: join(folder, "plan.json"),
      live: join(folder, liveFile),
    };
  } catch (error) {
    throw new UsageError(
      `Cannot write the output folder ${out}: ${(error as Error).message}: name another with --out DIR`,
    );
  }
}
