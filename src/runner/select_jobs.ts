import { UsageError } from "../errors.ts";
import type { Job } from "../reproduction.ts";

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
 * @throws {UsageError} Unless 1 <= I <= N are whole numbers.
 */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (!(index >= 1 && index <= count)) {
    throw new UsageError(
      `Cannot take shard "${text}": --shard must be I/N with 1 <= I <= N, for example 1/4`,
    );
  }
  return { index, count };
}

/**
 * The jobs to run, in the order of their ids: those that a wanted cell needs and that fall into the shard.
 * The shard is cut from all jobs, so it does not depend on the selection of cells.
 *
 * @param jobs All jobs of a plan, of one or several modules; `id` must tell them apart.
 * @param wanted Whether a cell is wanted.
 * @param shard The shard; `null` for every job.
 */
export function selectJobs<T extends Pick<Job, "id" | "cells">>(
  jobs: readonly T[],
  wanted: (cell: string) => boolean,
  shard: Shard | null,
): T[] {
  return [...jobs]
    .sort((a, b) => a.id < b.id ? -1 : 1)
    .filter((_job, position) => shard === null || position % shard.count === shard.index - 1)
    .filter((job) => isNeeded(job, wanted));
}

/** Whether a wanted cell needs a job. One that serves figures alone is needed where every cell is wanted, even "". */
export function isNeeded({ cells }: Pick<Job, "cells">, wanted: (cell: string) => boolean): boolean {
  return cells.length === 0 ? wanted("") : cells.some(wanted);
}
