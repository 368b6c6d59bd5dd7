/**
 * What a job reads, as a value: a part of a data set, or a stand-in where the data set is not at hand.
 *
 * @module
 */
import type { RandomStream } from "../../numeric/random/random_stream.ts";

/** A data set as it was found on this machine. */
export interface DatasetListing {
  /** Where it comes from; a `stand-in` has no files. */
  readonly source: "folder" | "download" | "stand-in";
  /** The names of its files, sorted. */
  readonly files: readonly string[];
}

/** One file of a data set. */
export interface InputFile {
  /** The id of the data set in the registry. */
  readonly dataset: string;
  /** The path of the file below the folder of the data set, with `/`. */
  readonly name: string;
}

/** A source as it was resolved on this machine: plain JSON data that goes to a worker and into the key of the job. */
export interface Reading {
  /** The id of the data set in the registry. */
  readonly dataset: string;
  /** The names of the files to read; none where a stand-in takes their place. */
  readonly files: readonly string[];
  /** Whether a stand-in takes the place of the data set. */
  readonly standIn: boolean;
}

/** Data that a job declares. Which files that means, or that it means a stand-in, follows from what is at hand. */
export interface Source<R extends Reading = Reading> {
  /** The id of the data set in the registry. */
  readonly dataset: string;
  /** What is read of a data set as it was found. */
  resolve(found: DatasetListing): R;
}

/** What a source is read with: the part of a job's context that concerns data. */
export interface ReadContext {
  /** The verified content of a file that the job declares. */
  read(file: InputFile): Promise<Uint8Array>;
  /** The random stream of a label and a seed. */
  rng(label: string, seed: number): RandomStream;
  /** Bytes that several jobs share: made once, then read from the cache. */
  artifact(
    parts: unknown,
    readings: readonly Reading[],
    make: () => Promise<Uint8Array> | Uint8Array,
  ): Promise<Uint8Array>;
}
