import { UsageError } from "../errors.ts";
import type { InputFile, Profile } from "../reproduction.ts";
import type { DataAccess } from "./data_access.ts";
import type { PlannedRun } from "./plan_run.ts";
import { sha256 } from "../data/digests.ts";
import type { Shard } from "./select_jobs.ts";

/**
 * What a run set out to do, kept beside its finished jobs, so that `merge` can put shards together without the
 * data: two runs with the same digest did parts of the same whole.
 */
export interface PlanFile {
  readonly schema: "reproduce-plan/1";
  readonly profile: Profile;
  /** The selection of cells, as given. */
  readonly cells: readonly string[];
  readonly modules: readonly PlannedModuleEntry[];
  /** The data that the jobs read. */
  readonly data: DataAccess;
}

/** One module of a plan. */
export interface PlannedModuleEntry {
  readonly id: string;
  readonly sources: string;
  readonly jobs: readonly PlannedJobEntry[];
}

/** One job of a plan. */
export interface PlannedJobEntry {
  readonly id: string;
  readonly key: string;
  readonly cells: readonly string[];
  readonly inputs: readonly InputFile[];
  readonly datasets?: readonly string[];
}

/** A plan and the part of it that one run did. */
export interface ShardFile {
  readonly plan: PlanFile;
  readonly shard: Shard | null;
}

/** The plan of a run, as it is kept. */
export function planFile(
  { modules, data }: PlannedRun,
  { profile, cells }: { readonly profile: Profile; readonly cells: readonly string[] },
): PlanFile {
  return {
    schema: "reproduce-plan/1",
    profile,
    cells,
    modules: modules.map(({ reproduction: { id }, sources, jobs }) => ({
      id,
      sources,
      jobs: jobs.map(({ id, key, cells, inputs, datasets }) => ({
        id,
        key,
        cells,
        inputs,
        ...(datasets === undefined ? {} : { datasets }),
      })),
    })),
    data,
  };
}

/** The SHA-256 over what a plan computes: wherever its data was found. */
export function planDigest({ profile, cells, modules }: PlanFile): string {
  return sha256(JSON.stringify({ profile, cells, modules }));
}

/**
 * Reads the plan that a run left in its output folder.
 *
 * @throws {UsageError} Where there is none, or it is not one.
 */
export function readShardFile(path: string): ShardFile {
  let shard: ShardFile;
  try {
    shard = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    throw new UsageError(
      `Cannot read the plan ${path}: it must be an output folder of deno task reproduce: ${
        (error as Error).message
      }`,
    );
  }
  if (shard?.plan?.schema !== "reproduce-plan/1") {
    throw new UsageError(`Cannot read the plan ${path}: its schema must be reproduce-plan/1`);
  }
  return shard;
}
