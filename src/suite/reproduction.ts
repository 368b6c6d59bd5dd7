/**
 * The contract between the suite and a reproduction: what every folder under `reproductions/` exports.
 *
 * A reproduction plans cells. A cell is a value: its id, the jobs that it needs, and how it is measured from their
 * results. A job is plain data: the name of a task, its parameters and the data that it reads; so one list of jobs
 * serves resume, `--cell`, parallel workers and `--shard`. The tasks stand in `run.ts`, and what they import is all
 * that the key of a stored result depends on; everything else about a reproduction may change without a job running again.
 *
 * @module
 */
import type { DatasetListing, InputFile, ReadContext, Reading, Source } from "../data/sources/source.ts";
import type { Figure } from "./figure.ts";

export type { DatasetListing, InputFile, Reading, Source };

/**
 * How much is computed: `smoke` (seconds, no result), `standard` (minutes), `full` (hours), `authors` (the settings of
 * the authors' own code, where they differ from full: hours or days).
 */
export type Profile = "smoke" | "standard" | "full" | "authors";

/** The profiles, from the cheapest. */
export const profiles: readonly Profile[] = ["smoke", "standard", "full", "authors"];

/** Where a claim was published. */
export interface Paper {
  /** The title as printed. */
  readonly title: string;
  /** The authors, in the printed order. */
  readonly authors: readonly string[];
  /** The year of the version that is cited. */
  readonly year: number;
  /** Journal or conference, with volume and pages. */
  readonly venue: string;
  /** The arXiv identifier, without version. */
  readonly arxiv?: string;
  /** The DOI, without resolver. */
  readonly doi?: string;
}

/** What a job may use while it runs; there is nothing else. */
export interface RunContext extends ReadContext {
  /** How many threads the job may use: every one for a wide job, else 1. No result may depend on it. */
  readonly threads: number;
  /**
   * The path of a file of this job alone, for what an interrupted run goes on from. It need not exist; a finished
   * job's is removed. A job that goes on from it gives the same bits as one that was never interrupted.
   */
  readonly checkpoint: string;
  /** Says how much of the job is done: a share in [0, 1]. */
  progress(share: number): void;
}

/** What a task is given: the parameters of a job and the data that it declared. */
export interface TaskInput<
  Parameters = unknown,
  Readings extends Record<string, Reading> = Record<string, Reading>,
> {
  /** What the result depends on beside data and code: plain JSON data. */
  readonly parameters: Parameters;
  /** The data of the job, by the names under which it was declared. */
  readonly reads: Readings;
}

/** Runs one kind of job. The result is plain JSON data; its numbers may be non-finite. */
// deno-lint-ignore no-explicit-any
export type Task<Input extends TaskInput<any, any> = TaskInput<any, any>, Result = any> = (
  input: Input,
  context: RunContext,
) => Promise<Result> | Result;

/** What `run.ts` exports: the tasks of a reproduction by name. */
export type Tasks = Readonly<Record<string, Task>>;

/** What a task gives. */
export type ResultOf<T extends Task> = Awaited<ReturnType<T>>;

/** One independent piece of work: it can run alone, in any order, on any machine. */
export interface Job<Result = unknown> {
  /** Unique within the reproduction, for example `class/accordion`. */
  readonly id: string;
  /** The name of the task that runs it. */
  readonly task: string;
  /** What the result depends on beside data and code: plain JSON data. */
  readonly parameters: unknown;
  /** The only data that the job may read. */
  readonly reads: Readonly<Record<string, Source>>;
  /**
   * Whether the job keeps every thread busy by itself. Such jobs run alone, one after the other; all others share the
   * threads, one thread each.
   */
  readonly wide: boolean;
  /** The type of what it gives: there at compile time alone, never a value. */
  readonly resultType?: Result;
}

/** The sources whose readings a task takes. */
export type SourcesOf<Readings> = {
  readonly [Name in keyof Readings]: Source<Extract<Readings[Name], Reading>>;
};

/** What tells one job of a task from another. */
export type JobDescription<T extends Task> =
  & {
    readonly id: string;
    readonly parameters: Parameters<T>[0]["parameters"];
    readonly wide?: boolean;
  }
  & (keyof Parameters<T>[0]["reads"] extends never ? { readonly reads?: Record<never, never> }
    : { readonly reads: SourcesOf<Parameters<T>[0]["reads"]> });

/** Makes jobs of the tasks of one reproduction. */
export type JobMaker<T extends Tasks> = <Name extends keyof T & string>(
  task: Name,
  description: JobDescription<T[Name]>,
) => Job<ResultOf<T[Name]>>;

/**
 * Gives the function that makes the jobs of a reproduction, typed by its tasks. Their types alone are imported, so that planning
 * loads no code that computes.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const job = jobMaker<{ square: (input: { parameters: number; reads: {} }) => number }>();
 * assertEquals(job("square", { id: "square/3", parameters: 3 }).wide, false);
 * ```
 */
export function jobMaker<T extends Tasks>(): JobMaker<T> {
  return (task, { id, parameters, reads = {}, wide = false }) => ({ id, task, parameters, reads, wide });
}

/** What a standard error counts. */
export type UnitOfError = "image" | "class" | "seed" | "draw" | "test item";

/** One cell as measured: one value per seed or draw, so a deterministic cell has one. */
export interface Measurement {
  /** The values; the cell's value is their mean. */
  readonly values: readonly number[];
  /** The standard error of the mean, where the values alone do not tell it. */
  readonly standardError?: number;
  /** What the standard error counts. */
  readonly unitOfError?: UnitOfError;
}

/** One number of a reproduction. */
export interface Cell {
  /** Its id, unique within the reproduction: the name of its row in the golden file. */
  readonly id: string;
  /** The jobs that it cannot be measured without. */
  readonly jobs: readonly Job[];
  /** Measures it, from the results of its jobs. */
  measure(resultOf: (job: Job) => unknown): Measurement;
}

/** Groups of jobs by name. */
export type JobGroups = Readonly<Record<string, readonly Job[]>>;

/** The result of a job. */
// deno-lint-ignore no-explicit-any
export type JobResult<J> = J extends Job<infer Result> ? Result : any;

/** The results of groups of jobs, each in the order of its group. */
export type ResultsOfGroups<G extends JobGroups> = {
  readonly [Name in keyof G]: readonly JobResult<G[Name][number]>[];
};

/**
 * A cell that is measured from the results of jobs, in the order in which they are named.
 *
 * @param id Its id.
 * @param jobs The jobs that it needs.
 * @param measure A pure function of their results.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const job = jobMaker<{ square: (input: { parameters: number; reads: {} }) => number }>();
 * const squares = [2, 3].map((parameters) => job("square", { id: `square/${parameters}`, parameters }));
 * const squaresOf = cell("squares", squares, (values) => ({ values }));
 * assertEquals(squaresOf.measure((job) => (job.parameters as number) ** 2), { values: [4, 9] });
 * ```
 */
export function cell<J extends Job>(
  id: string,
  jobs: readonly J[],
  measure: (results: readonly JobResult<J>[]) => Measurement,
): Cell;
/**
 * A cell that is measured from the results of groups of jobs.
 *
 * @param id Its id.
 * @param groups The jobs that it needs, by the name of their group.
 * @param measure A pure function of their results.
 */
export function cell<G extends JobGroups>(
  id: string,
  groups: G,
  measure: (results: ResultsOfGroups<G>) => Measurement,
): Cell;
export function cell(
  id: string,
  needed: readonly Job[] | JobGroups,
  measure: (results: never) => Measurement,
): Cell {
  const isList = (jobs: typeof needed): jobs is readonly Job[] => Array.isArray(jobs);
  return {
    id,
    jobs: isList(needed) ? needed : [...new Set(Object.values(needed).flat())],
    measure: (resultOf) =>
      measure(
        (isList(needed) ? needed.map(resultOf) : Object.fromEntries(
          Object.entries(needed).map(([name, jobs]) => [name, jobs.map(resultOf)]),
        )) as never,
      ),
  };
}

/** What every profile of a reproduction says. */
export interface ProfileHead {
  /** How many seeds or draws it takes; `null` where nothing is random. */
  readonly seeds: number | null;
  /** How long it takes on two cores. */
  readonly minutes: number;
}

/** Every knob of every profile: what `profiles.ts` exports. `authors` is there where the authors' own settings are known. */
export type Profiles<Settings = unknown> =
  & Readonly<Record<Exclude<Profile, "authors">, ProfileHead & Settings>>
  & { readonly authors?: ProfileHead & Settings };

/** What a reproduction is asked to plan. */
export interface PlanRequest<Settings = unknown> {
  /** The knobs of the profile. */
  readonly settings: ProfileHead & Settings;
  /** How many seeds or draws to take. */
  readonly seeds: number;
  /** A data set that the reproduction declares, as it was found. */
  dataset(id: string): DatasetListing;
  /** What the paper prints for a cell: for a measurement that chooses between readings of the paper by its other numbers. */
  published(cell: string): number;
}

/** What a reproduction sets out to measure. */
export interface Plan {
  /** The cells that the profile measures. */
  readonly cells: readonly Cell[];
  /** Jobs that serve figures alone. */
  readonly figureJobs?: readonly Job[];
}

/** A cell as a figure needs it. */
export interface FigureCell {
  /** As printed; `null` where nothing is. */
  readonly published: number | null;
  /** `null` where it was not measured. */
  readonly measured: number | null;
  /** `null` where there is none. */
  readonly standardError: number | null;
  /** What a measurement may be, in the unit of the cell; `null` where that takes a standard error and there is none. */
  readonly allowed: AllowedRange | null;
}

/** A range with its ends; a bound has one end alone. */
export interface AllowedRange {
  /** The least value; `null` where there is none. */
  readonly lower: number | null;
  /** The largest value; `null` where there is none. */
  readonly upper: number | null;
}

/** What the figures of a run are made from: finished jobs alone. */
export interface FigureSource<T extends Tasks = Tasks> {
  /** The finished jobs of a task, in the order of the plan. */
  finished<Name extends keyof T & string>(
    task: Name,
  ): readonly { readonly job: string; readonly result: ResultOf<T[Name]> }[];
  /** A cell of the reproduction; `undefined` where the golden file has none of this id. */
  cell(id: string): FigureCell | undefined;
}

/** What every folder under `reproductions/` exports as `reproduction`. */
export interface Reproduction<T extends Tasks = Tasks, Settings = unknown> {
  /** Equals the folder's name. */
  readonly id: string;
  /** Where the claims stand. */
  readonly paper: Paper;
  /** What the paper states that is measured here, in one sentence: a reader of a report sees it first. */
  readonly statement?: string;
  /** The ids of its data sets; the smoke profile runs on stand-ins of them. */
  readonly datasets: readonly string[];
  /** Every knob of every profile. */
  readonly profiles: Profiles<Settings>;
  /** Plans the cells of a profile and their jobs. */
  plan(request: PlanRequest<Settings>): Plan;
  /** The figures that can be made from the jobs that have finished. */
  figures?(source: FigureSource<T>): readonly Figure[];
}

/** The jobs of a plan, each once, in the order in which they are first named. */
export function jobsOf({ cells, figureJobs = [] }: Plan): Job[] {
  return [...new Set([...cells.flatMap(({ jobs }) => jobs), ...figureJobs])];
}
