import { join } from "@std/path";
import type { DatasetHandle } from "../../data/dataset_handle.ts";
import { sha256 } from "../../data/digests.ts";
import { DataError, UsageError } from "../../errors.ts";
import type { Claim } from "../golden/claim.ts";
import { claimsOfProfile } from "../golden/claims_of_profile.ts";
import { loadClaims } from "../golden/load_golden.ts";
import {
  type Cell,
  type DatasetListing,
  type InputFile,
  type Job,
  jobsOf,
  type Plan,
  type Profile,
  type ProfileHead,
  type Reading,
  type Reproduction,
} from "../reproduction.ts";
import { type DataAccess, filesToRead, findRecord, isVerified, verifyInputs } from "./data_access.ts";
import { stringifyExact } from "./exact_json.ts";
import { cellMatcher } from "./glob.ts";
import type { Results } from "./results.ts";
import { sourceDigest } from "./source_digest.ts";

/** A reproduction and the files that its tasks and its plan are loaded from. */
export interface LoadedReproduction {
  readonly reproduction: Reproduction;
  /** The `file:` URL of its `run.ts`. */
  readonly tasksUrl: string;
  /** The `file:` URL of its `mod.ts`. */
  readonly planUrl: string;
}

/** What to plan. */
export interface PlanOptions {
  /** What is asked for. */
  readonly reproductions: readonly LoadedReproduction[];
  /** Others, of which cells of the earlier run are kept. */
  readonly kept: readonly LoadedReproduction[];
  /** The ids of all reproductions, in the order in which they are run and reported. */
  readonly order: readonly string[];
  /**
   * What an earlier run into the same folder measured: where its cells may be kept, the data of jobs that nothing asked for
   * needs is verified as well; `null` where there is none.
   */
  readonly earlier: Pick<Results, "modules"> | null;
  readonly profile: Profile;
  /** Patterns of cells; empty for every cell. */
  readonly cells: readonly string[];
  /** The number of seeds; `null` for the profile's. */
  readonly seeds: number | null;
  /** The root of the project. */
  readonly root: string;
  /** Opens a data set, or its stand-in; `asked` says whether a cell that is asked for needs it. */
  readonly open: (id: string, asked: boolean) => Promise<DatasetHandle>;
}

/** A job as it is run: plain data that goes to a worker. */
export interface PlannedJob {
  readonly id: string;
  readonly task: string;
  readonly parameters: unknown;
  /** What it reads, by the names under which its task knows it. */
  readonly reads: Readonly<Record<string, Reading>>;
  readonly wide: boolean;
  /** What its result is stored under; `null` where its data is damaged or was not opened, and nothing that is asked for needs it. */
  readonly key: string | null;
  /** Whether a cell that is asked for needs it. */
  readonly needed: boolean;
}

/** One reproduction with all that its jobs depend on. */
export interface PlannedReproduction {
  readonly reproduction: Reproduction;
  /** Whether anything of it is asked for; else its cells are those of an earlier run. */
  readonly asked: boolean;
  /** The claims of the profile. */
  readonly claims: readonly Claim[];
  /** The cells that the profile measures. */
  readonly cells: readonly Cell[];
  /** All of its jobs, in the order of the plan: what shards are cut from. */
  readonly jobs: readonly PlannedJob[];
  /** The source digest of its tasks. */
  readonly sources: string;
  /** The source digest of its plan. */
  readonly planSources: string;
  /** How many seeds it takes; `null` where nothing is random. */
  readonly seeds: number | null;
}

/** All that a run sets out to do. */
export interface PlannedRun {
  readonly reproductions: readonly PlannedReproduction[];
  /** The data that the jobs read. */
  readonly data: DataAccess;
  /** Whether a cell is asked for. */
  readonly asked: (reproduction: string, cell: string) => boolean;
}

/**
 * Lists the jobs of a run and verifies the data that they read.
 *
 * @throws {UsageError} Where a pattern matches no cell, or a reproduction does not have the profile.
 * @throws {GoldenError} Where a golden file breaks its schema.
 * @throws {DataError} Where a data file is damaged.
 * @throws {Error} Where a reproduction reads other data sets where they are at hand, or breaks a rule of {@linkcode planOne}.
 */
export async function planRun(options: PlanOptions): Promise<PlannedRun> {
  const { profile, root, earlier } = options;
  const withClaims = (entry: LoadedReproduction) => ({
    ...entry,
    claims: claimsOfProfile(loadClaims(join(root, "golden"), entry.reproduction.id), profile),
  });
  const named = options.reproductions.map(withClaims);
  refuseStrayPatterns(options.cells, named.flatMap(({ claims }) => claims.map(({ cell }) => cell)), profile);
  const matches = cellMatcher(options.cells);
  // A reproduction without a cell that is asked for is as one that was not named.
  const loaded = [
    ...named.map((entry) => ({ ...entry, asked: entry.claims.some(({ cell }) => matches(cell)) })),
    ...options.kept.map((entry) => ({ ...withClaims(entry), asked: false })),
  ];
  const seedsBefore = new Map(earlier?.modules.map(({ id, seeds }) => [id, seeds]));
  const taken = loaded
    .filter(({ asked, reproduction: { id } }) => asked || seedsBefore.has(id))
    .sort((a, b) => options.order.indexOf(a.reproduction.id) - options.order.indexOf(b.reproduction.id));
  const askedIds = new Set(taken.filter(({ asked }) => asked).map(({ reproduction: { id } }) => id));
  const asked = (id: string, cell: string) => askedIds.has(id) && matches(cell);

  const list = (handles: Handles) =>
    taken.map((entry) => {
      const { reproduction } = entry;
      const wanted = entry.asked ? options.seeds : seedsBefore.get(reproduction.id)!;
      const { plan, seeds } = planOne(entry, profile, wanted, handles);
      const needed = neededJobs(plan, (cell) => asked(reproduction.id, cell));
      const jobs = jobsOf(plan).map((job) => ({
        ...job,
        reads: readingsOf(job, handles),
        needed: needed.has(job.id),
      }));
      return { ...entry, cells: plan.cells, seeds, jobs };
    });
  const mayBeKept = ({ reproduction: { id } }: typeof taken[number]) => seedsBefore.has(id);
  // Which data sets a job reads does not depend on what is at hand, so a first plan, on nothing, tells which to open.
  const handles = await openAll(
    list({}).flatMap((entry) => entry.jobs.filter(({ needed }) => needed || mayBeKept(entry))),
    options.open,
  );
  const listed = list(handles);
  for (const { reproduction: { id }, jobs } of listed) {
    for (const dataset of datasetsRead(jobs.filter(({ needed }) => needed))) {
      if (handles[dataset] === undefined) throw new Error(`${id} reads ${dataset} only where it is at hand`);
    }
  }
  const inputs = (needed: boolean) =>
    listed.flatMap(({ jobs }) => jobs.filter((job) => job.needed === needed).flatMap(inputsOf));
  const needed = await verifyInputs(inputs(true), handles);
  const data = earlier === null ? needed : await verifyOthers(needed, inputs(false));
  const reproductions = listed.map(({ jobs, ...entry }): PlannedReproduction => {
    const sources = sourceDigest(entry.tasksUrl, root);
    const keyOf = (job: Omit<PlannedJob, "key">) =>
      isVerified(data, Object.values(job.reads)) ? jobKey(entry.reproduction.id, sources, job, data) : null;
    const planSources = sourceDigest(entry.planUrl, root);
    return { ...entry, sources, planSources, jobs: jobs.map((job) => ({ ...job, key: keyOf(job) })) };
  });
  return { reproductions, data, asked };
}

/** The files that a job reads. */
export function inputsOf({ reads }: Pick<PlannedJob, "reads">): InputFile[] {
  return filesToRead(Object.values(reads));
}

/** The data sets that jobs read. */
export function datasetsRead(jobs: readonly Pick<PlannedJob, "reads">[]): Set<string> {
  return new Set(jobs.flatMap(({ reads }) => Object.values(reads)).map(({ dataset }) => dataset));
}

/** Opens the data sets that jobs read, each once. */
async function openAll(
  jobs: readonly Pick<PlannedJob, "reads" | "needed">[],
  open: PlanOptions["open"],
): Promise<Record<string, DatasetHandle>> {
  const asked = datasetsRead(jobs.filter(({ needed }) => needed));
  const opened = await Promise.all([...datasetsRead(jobs)].map((id) => open(id, asked.has(id))));
  return Object.fromEntries(opened.map((handle) => [handle.id, handle]));
}

/** Data sets by id; one that is not there was not opened, and is planned on as its stand-in. */
type Handles = Readonly<Record<string, DatasetListing>>;

const notOpened: DatasetListing = { source: "stand-in", files: [] };

function findListing(handles: Handles, dataset: string): DatasetListing {
  return Object.hasOwn(handles, dataset) ? handles[dataset]! : notOpened;
}

/**
 * Plans one reproduction on data sets as they were found.
 *
 * @param claims The claims of the profile.
 * @param seeds The number of seeds; `null` for the profile's.
 * @throws {UsageError} Where the reproduction does not have the profile.
 * @throws {Error} Where two jobs or cells have the same id, or a job reads a data set that is not declared: faults of the reproduction.
 */
export function planOne(
  { reproduction, claims }: { readonly reproduction: Reproduction; readonly claims: readonly Claim[] },
  profile: Profile,
  seeds: number | null,
  handles: Handles,
): { readonly plan: Plan; readonly seeds: number | null } {
  const { id, datasets, plan } = reproduction;
  const settings = findSettings(reproduction, profile);
  const taken = settings.seeds === null ? null : seeds ?? settings.seeds;
  const planned = plan({
    settings,
    seeds: taken ?? 1,
    dataset(dataset) {
      if (datasets.includes(dataset)) return findListing(handles, dataset);
      throw new Error(`${id} does not declare the data set ${dataset}`);
    },
    published(cell) {
      const printed = claims.find((claim) => claim.cell === cell)?.published?.value;
      if (printed === undefined) throw new Error(`golden/${id}.csv has no published number of ${cell}`);
      return printed;
    },
  });
  const jobs = jobsOf(planned);
  if (new Set(jobs.map((job) => job.id)).size < jobs.length) {
    throw new Error(`Two jobs of ${id} have the same id`);
  }
  if (new Set(planned.cells.map((cell) => cell.id)).size < planned.cells.length) {
    throw new Error(`Two cells of ${id} have the same id`);
  }
  const undeclared = jobs.flatMap(({ reads }) => Object.values(reads)).find((source) =>
    !datasets.includes(source.dataset)
  );
  if (undeclared !== undefined) throw new Error(`${id} does not declare the data set ${undeclared.dataset}`);
  return { plan: planned, seeds: taken };
}

/**
 * The knobs of a profile.
 *
 * @throws {UsageError} Where the reproduction does not have the profile.
 */
export function findSettings({ id, profiles }: Reproduction, profile: Profile): ProfileHead {
  const settings = profiles[profile];
  if (settings !== undefined) return settings;
  throw new UsageError(
    `Cannot run ${id} in the profile ${profile}: it has ${Object.keys(profiles).join(", ")}`,
  );
}

/** What a job reads of the data sets as they were found. */
export function readingsOf(
  { reads }: Pick<Job, "reads">,
  handles: Handles,
): Record<string, Reading> {
  return Object.fromEntries(
    Object.entries(reads).map((
      [name, source],
    ) => [name, source.resolve(findListing(handles, source.dataset))]),
  );
}

/** The ids of the jobs that the cells asked for need; those that serve figures alone where all of them are asked for. */
export function neededJobs({ cells, figureJobs = [] }: Plan, asked: (cell: string) => boolean): Set<string> {
  const wanted = cells.filter(({ id }) => asked(id));
  const jobs = [
    ...wanted.flatMap((cell) => cell.jobs),
    ...(wanted.length === cells.length ? figureJobs : []),
  ];
  return new Set(jobs.map(({ id }) => id));
}

/** Verifies files that nothing asked for needs, data set by data set: one that is damaged leaves its jobs without a key. */
async function verifyOthers(needed: DataAccess, others: readonly InputFile[]): Promise<DataAccess> {
  const records = { ...needed.records };
  for (const dataset of new Set(others.map((file) => file.dataset))) {
    const left = others.filter((file) =>
      file.dataset === dataset && records[dataset]?.[file.name] === undefined
    );
    try {
      const verified = await verifyInputs(left, needed.handles);
      records[dataset] = { ...records[dataset], ...verified.records[dataset] };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return { ...needed, records };
}

/** A pattern that matches no cell is an error, so a typing slip cannot pass for success. */
function refuseStrayPatterns(patterns: readonly string[], cells: readonly string[], profile: Profile): void {
  const stray = patterns.find((pattern) => !cells.some(cellMatcher([pattern])));
  if (stray === undefined) return;
  throw new UsageError(
    `No cell of the profile ${profile} matches "${stray}": the first is ${cells[0]}; ` +
      "deno task reproduce --list names those of all profiles",
  );
}

/** The version of `exact_json.ts` and of what a store keeps: results of another one are not found. */
const storedFormat = 1;

/**
 * What a stored result is found by: the form of what is stored, the sources of the tasks, the job and the digests of its
 * inputs. The number of threads is not part of it, nor is the profile.
 */
export function jobKey(
  reproduction: string,
  sources: string,
  { id, task, parameters, reads }: Pick<PlannedJob, "id" | "task" | "parameters" | "reads">,
  data: DataAccess,
): string {
  const inputs = inputsOf({ reads }).map((
    input,
  ) => [input.dataset, input.name, findRecord(data, input).sha256]);
  const format = storedFormat;
  return sha256(stringifyExact({ format, reproduction, sources, job: id, task, parameters, reads, inputs }));
}
