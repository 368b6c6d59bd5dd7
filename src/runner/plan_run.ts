import { join } from "@std/path";
import type { DatasetHandle } from "../data/dataset_handle.ts";
import { UsageError } from "../errors.ts";
import type { Claim } from "../golden/claim.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { loadClaims } from "../golden/load_golden.ts";
import type { InputFile, Job, Plan, Profile, Reproduction } from "../reproduction.ts";
import { type DataAccess, recordOf, verifyInputs } from "./data_access.ts";
import { stringifyExact } from "./exact_json.ts";
import { globToRegExp } from "./glob.ts";
import { sha256 } from "../data/digests.ts";
import { isNeeded } from "./select_jobs.ts";
import { sourceDigest } from "./source_digest.ts";

/** A reproduction and the file that it is loaded from. */
export interface LoadedReproduction {
  readonly reproduction: Reproduction;
  /** The `file:` URL of its module. */
  readonly url: string;
}

/** What to plan. */
export interface PlanOptions {
  readonly modules: readonly LoadedReproduction[];
  readonly profile: Profile;
  /** Patterns of cells; empty for every cell. */
  readonly cells: readonly string[];
  /** The number of seeds; `null` for the profile's. */
  readonly seeds: number | null;
  /** The root of the project. */
  readonly root: string;
  /** Opens a data set, or its stand-in. */
  readonly open: (id: string) => Promise<DatasetHandle>;
}

/** A job and the key that its result is stored under. */
export interface PlannedJob extends Job {
  readonly key: string;
}

/** One reproduction with all that its jobs depend on. */
export interface PlannedModule {
  readonly reproduction: Reproduction;
  /** The claims of the profile. */
  readonly claims: readonly Claim[];
  /** Every job that a wanted cell needs, in the order of the reproduction. */
  readonly jobs: readonly PlannedJob[];
  /** Every job of the module: what shards are cut from. */
  readonly allJobs: readonly Job[];
  /** The source digest. */
  readonly sources: string;
}

/** All that a run sets out to do. */
export interface PlannedRun {
  readonly modules: readonly PlannedModule[];
  /** The data that the jobs read. */
  readonly data: DataAccess;
  /** Whether a cell is wanted. */
  readonly wanted: (cell: string) => boolean;
}

/**
 * Lists the jobs of a run and verifies the data that they read.
 *
 * @throws {UsageError} Where a pattern matches no cell.
 * @throws {GoldenError} Where a golden file breaks its schema.
 * @throws {DataError} Where a data file is damaged.
 */
export async function planRun(options: PlanOptions): Promise<PlannedRun> {
  const { profile, root } = options;
  const claimed = options.modules.map(({ reproduction, url }) => ({
    reproduction,
    url,
    claims: claimsOfProfile(loadClaims(join(root, "golden"), reproduction.id), profile),
  }));
  const cells = claimed.flatMap(({ claims }) => claims.map(({ cell }) => cell));
  const wanted = cellFilter(options.cells, cells, profile);
  const taken = claimed.filter(({ claims }) => claims.some(({ cell }) => wanted(cell)));

  const ids = new Set(taken.flatMap(({ reproduction }) => reproduction.datasets));
  const opened = await Promise.all([...ids].map(options.open));
  const handles = Object.fromEntries(opened.map((handle) => [handle.id, handle]));

  const listed = taken.map((module) => {
    const allJobs = listJobs(module.reproduction, profile, options.seeds, handles);
    return { ...module, allJobs, needed: allJobs.filter((job) => isNeeded(job, wanted)) };
  });
  const data = await verifyInputs(listed.flatMap(({ needed }) => needed), handles);
  const modules = listed.map(({ reproduction, url, claims, allJobs, needed }) => {
    const sources = sourceDigest(url, root);
    const jobs = needed.map((job) => ({ ...job, key: jobKey(reproduction.id, sources, job, data) }));
    return { reproduction, claims, jobs, allJobs, sources };
  });
  return { modules, data, wanted };
}

/** Whether a cell is wanted. A pattern that matches no cell is an error, so a typing slip cannot pass for success. */
function cellFilter(
  patterns: readonly string[],
  cells: readonly string[],
  profile: Profile,
): (cell: string) => boolean {
  if (patterns.length === 0) return () => true;
  const expressions = patterns.map((pattern) => {
    const expression = globToRegExp(pattern);
    if (!cells.some((cell) => expression.test(cell))) {
      throw new UsageError(
        `No cell of the profile ${profile} matches "${pattern}": the first is ${cells[0]}; ` +
          "deno task reproduce --list names those of all profiles",
      );
    }
    return expression;
  });
  return (cell) => expressions.some((expression) => expression.test(cell));
}

function listJobs(
  reproduction: Reproduction,
  profile: Profile,
  seeds: number | null,
  handles: Readonly<Record<string, DatasetHandle>>,
): readonly Job[] {
  const plan: Plan = {
    profile,
    seeds: seeds ?? reproduction.seeds?.[profile] ?? 1,
    dataset(id) {
      if (reproduction.datasets.includes(id)) return handles[id]!;
      throw new Error(`${reproduction.id} does not declare the data set ${id}`);
    },
  };
  const jobs = reproduction.jobs(plan);
  const ids = new Set(jobs.map((job) => job.id));
  if (ids.size < jobs.length) throw new Error(`Two jobs of ${reproduction.id} have the same id`);
  return jobs;
}

/**
 * What a stored result is found by: the sources of the module, the job and the digests of its inputs. The number
 * of threads is not part of it.
 */
function jobKey(module: string, sources: string, job: Job, data: DataAccess): string {
  const inputs = job.inputs.map((
    input: InputFile,
  ) => [input.dataset, input.name, recordOf(data, input).sha256]);
  return sha256(stringifyExact({ module, sources, job: job.id, parameters: job.parameters, inputs }));
}
