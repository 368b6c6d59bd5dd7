import { UsageError } from "../../errors.ts";

/** A part of a run that is spread over machines: jobs I, I+N, I+2N, ... of all jobs sorted by id. */
export interface Shard {
  /** I, from 1. */
  readonly index: number;
  /** N. */
  readonly count: number;
}

/**
 * Parses `I/N`.
 *
 * @throws {UsageError} Unless 1 <= I <= N <= 999999 are whole numbers.
 */
export function parseShard(text: string): Shard {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (!(index >= 1 && index <= count)) {
    throw new UsageError(
      `Cannot take shard "${text}": --shard must be I/N with 1 <= I <= N <= 999999, for example 1/4`,
    );
  }
  return { index, count };
}

/** What shards are cut from: the jobs of reproductions. */
export type JobNames = readonly {
  readonly reproduction: { readonly id: string };
  readonly jobs: readonly { readonly id: string }[];
}[];

/** The place of every job, by reproduction and id, among all jobs of a run in the order of their names. */
export function jobPositions(reproductions: JobNames): Map<string, number> {
  const names = reproductions.flatMap(({ reproduction, jobs }) =>
    jobs.map(({ id }) => `${reproduction.id}/${id}`)
  );
  return new Map(names.sort().map((name, position) => [name, position]));
}

/**
 * Whether a job falls into a shard. Shards are cut from all jobs of the reproductions that are asked for: which of their cells are
 * makes no difference, but which reproductions are does.
 *
 * @param reproductions Every job of every reproduction of which something is asked for.
 * @param shard The shard; `null` for every job.
 */
export function inShard(
  reproductions: JobNames,
  shard: Shard | null,
): (reproduction: string, job: string) => boolean {
  if (shard === null) return () => true;
  const positions = jobPositions(reproductions);
  return (reproduction, job) => positions.get(`${reproduction}/${job}`)! % shard.count === shard.index - 1;
}
