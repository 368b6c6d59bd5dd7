/**
 * What the tests of reproductions share: a plan without a runner, and a context without data.
 *
 * @module
 */
import { randomStream } from "../numeric/random/random_stream.ts";
import {
  type DatasetListing,
  type Job,
  jobsOf,
  type Measurement,
  type Plan,
  type Profile,
  type Reading,
  type Reproduction,
  type ResultOf,
  type RunContext,
  type Tasks,
} from "./reproduction.ts";

/** A data set that is not there. */
export const standIn: DatasetListing = { source: "stand-in", files: [] };

/** What a test asks to be planned. */
export interface TestPlan {
  /** The profile. */
  readonly profile: Profile;
  /** Each data set as it is found; a stand-in by default. */
  readonly dataset?: DatasetListing;
  /** The number of seeds; the profile's by default. */
  readonly seeds?: number;
  /** What the paper prints for a cell; nothing by default. */
  readonly published?: (cell: string) => number;
}

function nothingPublished(cell: string): never {
  throw new RangeError(`Cannot say what is published of ${cell}: the test gives no published numbers`);
}

/**
 * The plan of a reproduction.
 *
 * @throws {RangeError} Where the reproduction does not have the profile.
 */
export function planFor<Settings>(
  { id, profiles, plan }: Pick<Reproduction<Tasks, Settings>, "id" | "profiles" | "plan">,
  { profile, dataset = standIn, seeds, published = nothingPublished }: TestPlan,
): Plan {
  const settings = profiles[profile];
  if (settings === undefined) throw new RangeError(`Cannot plan ${id}: it has no profile ${profile}`);
  return plan({ settings, seeds: seeds ?? settings.seeds ?? 1, dataset: () => dataset, published });
}

/** The job of an id. */
export function jobOf(plan: Plan, id: string): Job {
  const job = jobsOf(plan).find((job) => job.id === id);
  if (job === undefined) throw new RangeError(`Cannot find the job ${id}: the plan does not have it`);
  return job;
}

/** The ids of the jobs that a cell needs; none where the plan does not have it. */
export function jobsOfCell({ cells }: Plan, id: string): string[] {
  return cells.find((cell) => cell.id === id)?.jobs.map(({ id }) => id) ?? [];
}

/**
 * Measures a cell from results that the test makes up.
 *
 * @param resultOf Gives the result of each job that the cell needs.
 */
export function measureCell({ cells }: Plan, id: string, resultOf: (job: Job) => unknown): Measurement {
  const cell = cells.find((cell) => cell.id === id);
  if (cell === undefined) throw new RangeError(`Cannot measure ${id}: the plan does not have it`);
  return cell.measure(resultOf);
}

/** The readings of a job on data as it is found. */
export function readingsOf(
  { reads }: Pick<Job, "reads">,
  found: DatasetListing = standIn,
): Record<string, Reading> {
  return Object.fromEntries(Object.entries(reads).map(([name, source]) => [name, source.resolve(found)]));
}

/** A context without data, whose artifacts are made again each time. */
export function testContext(change: Partial<RunContext> = {}): RunContext {
  return {
    read: () => Promise.reject(new Error("no file is read")),
    rng: randomStream,
    artifact: (_parts, _readings, make) => Promise.resolve(make()),
    threads: 1,
    checkpoint: "",
    progress: () => {},
    ...change,
  };
}

/** Runs a job of a plan. */
export async function runJob<T extends Tasks>(
  tasks: T,
  job: Job,
  context: RunContext = testContext(),
  found: DatasetListing = standIn,
): Promise<ResultOf<T[keyof T]>> {
  return await tasks[job.task]!({ parameters: job.parameters, reads: readingsOf(job, found) }, context);
}
