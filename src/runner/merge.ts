import { join } from "@std/path";
import { UsageError } from "../errors.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { loadClaims } from "../golden/load_golden.ts";
import type { Reproduction } from "../reproduction.ts";
import { describeData } from "./data_access.ts";
import type { Machine } from "./environment.ts";
import { globToRegExp } from "./glob.ts";
import { planDigest, readShardFile, type ShardFile } from "./plan_file.ts";
import { finishModule, type Reproduced, resultsOf } from "./reproduce.ts";
import { Store } from "./store.ts";

/** What to merge, and with what. */
export interface MergeOptions {
  /** The output folders of the shards. */
  readonly folders: readonly string[];
  /** The root of the project. */
  readonly root: string;
  /** The machine that merges. */
  readonly machine: Machine;
  /** Loads a reproduction by its id. */
  readonly find: (id: string) => Promise<Reproduction>;
}

/**
 * Puts the shards of one run together and judges the whole, from their finished jobs alone.
 *
 * @throws {UsageError} Where a shard is missing, there twice, of another run, or has not finished.
 */
export async function merge(options: MergeOptions): Promise<Pick<Reproduced, "results" | "figures">> {
  const startedAt = new Date();
  const shards = options.folders.map((folder) => ({
    folder,
    file: readShardFile(join(folder, "cache", "plan.json")),
    results: new Store(join(folder, "cache", "jobs")),
  }));
  checkShards(shards);
  const { plan } = shards[0]!.file;
  const stored = (key: string) => {
    for (const { results } of shards) {
      const found = results.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const patterns = plan.cells.map(globToRegExp);
  const wanted = (cell: string) => patterns.length === 0 || patterns.some((pattern) => pattern.test(cell));
  const modules = [];
  for (const { id, jobs } of plan.modules) {
    const unfinished = jobs.find(({ key }) => stored(key) === undefined);
    if (unfinished !== undefined) {
      throw new UsageError(
        `Cannot merge: no shard has finished the job ${id}/${unfinished.id}: run its shard again, finished jobs are kept`,
      );
    }
    const reproduction = await options.find(id);
    const claims = claimsOfProfile(loadClaims(join(options.root, "golden"), id), plan.profile);
    modules.push(
      finishModule(
        { reproduction, claims, jobs },
        plan.data,
        { get: stored },
        wanted,
        { root: options.root, profile: plan.profile },
        { elapsedMs: 0, failed: [] },
      ),
    );
  }
  const elapsedMs = Date.now() - startedAt.getTime();
  const environment = { ...options.machine, startedAt: startedAt.toISOString(), elapsedMs };
  return resultsOf(plan.profile, environment, describeData(plan.data), modules);
}

function checkShards(shards: readonly { readonly folder: string; readonly file: ShardFile }[]): void {
  const [first, ...others] = shards;
  if (first === undefined) throw new UsageError("Cannot merge: name the output folders of the shards");
  const count = first.file.shard?.count ?? 1;
  const foreign = others.find(({ file }) =>
    (file.shard?.count ?? 1) !== count || planDigest(file.plan) !== planDigest(first.file.plan)
  );
  if (foreign !== undefined) {
    throw new UsageError(
      `Cannot merge ${foreign.folder} with ${first.folder}: they must be shards of the same run, with the same ` +
        "sources, data, profile, cells and number of shards",
    );
  }
  const byIndex = new Map<number, string>();
  for (const { folder, file } of shards) {
    const index = file.shard?.index ?? 1;
    const twin = byIndex.get(index);
    if (twin !== undefined) {
      throw new UsageError(`Cannot merge ${folder}: shard ${index}/${count} is already there as ${twin}`);
    }
    byIndex.set(index, folder);
  }
  for (let index = 1; index <= count; index++) {
    if (!byIndex.has(index)) throw new UsageError(`Cannot merge: shard ${index}/${count} is missing`);
  }
}
