/**
 * The contract between the suite and a reproduction: what every folder under `reproductions/` exports.
 *
 * A reproduction is a list of independent jobs. A job names the cells that need it and the data files it
 * reads, and everything else it depends on stands in its parameters; so one list serves resume, `--cell`,
 * parallel workers and `--shard`. A cell is measured once all of its jobs have finished, by a pure function of
 * their results.
 *
 * @module
 */
import type { Figure, FigureSource } from "./figure.ts";
import type { RandomStream } from "./random/random_stream.ts";

/** How much is computed: `smoke` (seconds, no result), `standard` (minutes), `full` (the paper's protocol). */
export type Profile = "smoke" | "standard" | "full";

/** The profiles, from the cheapest. */
export const profiles: readonly Profile[] = ["smoke", "standard", "full"];

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

/** One file of a data set. */
export interface InputFile {
  /** The id of the data set in the registry. */
  readonly dataset: string;
  /** The path of the file below the folder of the data set, with `/`. */
  readonly name: string;
}

/** One independent piece of work: it can run alone, in any order, on any machine. */
export interface Job<Parameters = unknown> {
  /** Unique within the module, for example `images/accordion`. */
  readonly id: string;
  /** The cells that cannot be measured without this job; none for a job that serves figures alone. */
  readonly cells: readonly string[];
  /** The only files that the job may read. */
  readonly inputs: readonly InputFile[];
  /** The ids of the data sets that it works on, or on stand-ins of them; all of the module where it is absent. */
  readonly datasets?: readonly string[];
  /** What else the result depends on: plain JSON data. */
  readonly parameters: Parameters;
  /**
   * Whether the job keeps every thread busy by itself. Such jobs run alone, one after the other; all others share the
   * threads, one thread each.
   */
  readonly wide?: boolean;
}

/** A data set as it was found on this machine, for planning. */
export interface DatasetListing {
  /** Where it comes from; a `stand-in` has no files. */
  readonly source: "folder" | "download" | "stand-in";
  /** The names of its files, sorted. */
  readonly files: readonly string[];
}

/** What a list of jobs may depend on. */
export interface Plan {
  /** The profile asked for. */
  readonly profile: Profile;
  /** How many seeds or draws to take. */
  readonly seeds: number;
  /** A data set that the reproduction declares. */
  dataset(id: string): DatasetListing;
}

/** What a job may use while it runs; there is nothing else. */
export interface RunContext {
  /** The verified content of a file that the job declares. */
  read(file: InputFile): Promise<Uint8Array>;
  /** The random stream of a label and seed: a draw added under one label shifts no other. */
  rng(label: string, seed: number): RandomStream;
  /**
   * An intermediate result that several jobs share. `parts` (plain JSON) and the inputs name everything that
   * made it; `make` runs once, and later calls, in this run or the next, read the stored bytes.
   */
  artifact(
    parts: unknown,
    inputs: readonly InputFile[],
    make: () => Promise<Uint8Array> | Uint8Array,
  ): Promise<Uint8Array>;
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

/** What a standard error counts. */
export type UnitOfError = "image" | "seed" | "draw" | "test item";

/** One cell as measured: one value per seed or draw, so a deterministic cell has one. */
export interface Measurement {
  /** The values; the cell's value is their mean. */
  readonly values: readonly number[];
  /** The standard error of the mean, where the values alone do not tell it. */
  readonly standardError?: number;
  /** What the standard error counts. */
  readonly unitOfError?: UnitOfError;
}

/** What every folder under `reproductions/` exports as `reproduction`. */
export interface Reproduction<Parameters = unknown, Result = unknown> {
  /** Equals the folder's name. */
  readonly id: string;
  /** Where the claims stand. */
  readonly paper: Paper;
  /** The ids of its data sets; the smoke profile runs on stand-ins of them. */
  readonly datasets: readonly string[];
  /** The number of seeds of each profile; `null` where nothing is drawn. */
  readonly seeds: Readonly<Record<Profile, number>> | null;
  /** How long each profile takes on two cores. */
  readonly expectedMinutes: Readonly<Record<Profile, number>>;
  /** The independent pieces of work. */
  jobs(plan: Plan): readonly Job<Parameters>[];
  /** Runs one job. The result is plain JSON data; its numbers may be non-finite. */
  run(job: Job<Parameters>, context: RunContext): Promise<Result>;
  /** Measures one cell from the results of all its jobs, in the order of the plan. */
  measure(cell: string, results: readonly Result[]): Measurement;
  /** The figures that can be drawn from the jobs that have finished. */
  figures?(source: FigureSource<Result>): readonly Figure[];
}
