import type { DatasetHandle, FileRecord } from "../data/dataset_handle.ts";
import { verifyFiles } from "../data/verify_files.ts";
import type { InputFile, Job } from "../reproduction.ts";
import type { DatasetUsed } from "./results.ts";
import { sha256 } from "../data/digests.ts";

/** The data sets of a run and the digests of the files that its jobs read: plain data, so it can go to a worker. */
export interface DataAccess {
  /** The data sets by id. */
  readonly handles: Readonly<Record<string, DatasetHandle>>;
  /** The verified files by data set and name. */
  readonly records: Readonly<Record<string, Readonly<Record<string, FileRecord>>>>;
}

/**
 * Verifies the files that a list of jobs reads, each once.
 *
 * @throws {DataError} Where a file is damaged.
 */
export async function verifyInputs(
  jobs: readonly Job[],
  handles: Readonly<Record<string, DatasetHandle>>,
): Promise<DataAccess> {
  const names = new Map<string, Set<string>>();
  for (const { dataset, name } of jobs.flatMap((job) => job.inputs)) {
    names.set(dataset, (names.get(dataset) ?? new Set()).add(name));
  }
  const records: Record<string, Record<string, FileRecord>> = {};
  for (const [dataset, files] of names) {
    const verified = await verifyFiles(handles[dataset]!, [...files].sort());
    records[dataset] = Object.fromEntries(verified.map((record) => [record.name, record]));
  }
  return { handles, records };
}

/** The record of a file; one that no job declares is a fault of the reproduction. */
export function recordOf(data: DataAccess, { dataset, name }: InputFile): FileRecord {
  const record = data.records[dataset]?.[name];
  if (record === undefined) {
    throw new Error(`The file ${name} of ${dataset} is not among the inputs of any job`);
  }
  return record;
}

/** The part of the data that one job may read, small enough to send with it. */
export function dataOfJob(data: DataAccess, inputs: readonly InputFile[]): DataAccess {
  const handles: Record<string, DatasetHandle> = {};
  const records: Record<string, Record<string, FileRecord>> = {};
  for (const input of inputs) {
    handles[input.dataset] = { ...data.handles[input.dataset]!, files: [], notes: [] };
    (records[input.dataset] ??= {})[input.name] = recordOf(data, input);
  }
  return { handles, records };
}

/**
 * The SHA-256 over the files that a list of jobs reads. A stand-in has no files: its name takes their place, and
 * the source digest covers how it is made.
 *
 * @param data The data sets of the run.
 * @param datasets The ids of the data sets that the jobs may use.
 * @param inputs The files that they read.
 */
export function dataDigest(
  data: DataAccess,
  datasets: readonly string[],
  inputs: Iterable<InputFile>,
): string {
  const lines = new Set<string>();
  for (const input of inputs) {
    lines.add(`${input.dataset}/${input.name}\0${recordOf(data, input).sha256}\n`);
  }
  for (const id of datasets) if (isStandIn(data, id)) lines.add(`stand-in/${id}\n`);
  return sha256(...[...lines].sort());
}

/** Whether a stand-in takes the place of a data set. */
export function isStandIn(data: DataAccess, id: string): boolean {
  return data.handles[id]?.source === "stand-in";
}

/** What the results say of every data set. */
export function describeData(data: DataAccess): Record<string, DatasetUsed> {
  return Object.fromEntries(
    Object.values(data.handles).map(({ id, source, notes }) => {
      const records = Object.values(data.records[id] ?? {});
      const digest = dataDigest(data, [id], records.map(({ name }) => ({ dataset: id, name })));
      const ofFiles = records.flatMap(({ name, note }) => note === undefined ? [] : [`${name}: ${note}`]);
      const files = records.map(({ name, sha256 }) => ({ name, sha256 }));
      return [id, { source, digest, notes: [...notes, ...ofFiles], files }];
    }),
  );
}
