import type { DatasetHandle, FileRecord } from "../../data/dataset_handle.ts";
import { sha256 } from "../../data/digests.ts";
import { verifyFiles } from "../../data/verify_files.ts";
import type { InputFile, Reading } from "../reproduction.ts";
import type { DatasetUsed } from "./results.ts";

/** The data sets of a run and the digests of the files that its jobs read: plain data, so it can go to a worker. */
export interface DataAccess {
  /** The data sets by id. */
  readonly handles: Readonly<Record<string, DatasetHandle>>;
  /** The verified files by data set and name. */
  readonly records: Readonly<Record<string, Readonly<Record<string, FileRecord>>>>;
}

/** The files that readings name. */
export function filesToRead(readings: Iterable<Reading>): InputFile[] {
  return [...readings].flatMap(({ dataset, files }) => files.map((name) => ({ dataset, name })));
}

/**
 * Verifies files, each once.
 *
 * @param files The files; one that is named twice is read once.
 * @param handles The data sets that they belong to.
 * @throws {DataError} Where a file is damaged.
 */
export async function verifyInputs(
  files: readonly InputFile[],
  handles: Readonly<Record<string, DatasetHandle>>,
): Promise<DataAccess> {
  const names = new Map<string, Set<string>>();
  for (const { dataset, name } of files) {
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
export function findRecord(data: DataAccess, { dataset, name }: InputFile): FileRecord {
  const record = data.records[dataset]?.[name];
  if (record === undefined) {
    throw new Error(`The file ${name} of ${dataset} is not among the inputs of any job`);
  }
  return record;
}

/** Whether the data sets of some readings were opened, and every file verified. */
export function isVerified(data: DataAccess, readings: Iterable<Reading>): boolean {
  return [...readings].every(({ dataset, files }) =>
    Object.hasOwn(data.handles, dataset) && files.every((name) => data.records[dataset]?.[name] !== undefined)
  );
}

/** The part of the data that one job may read, small enough to send with it. */
export function dataOfJob(data: DataAccess, inputs: readonly InputFile[]): DataAccess {
  const handles: Record<string, DatasetHandle> = {};
  const records: Record<string, Record<string, FileRecord>> = {};
  for (const input of inputs) {
    handles[input.dataset] = { ...data.handles[input.dataset]!, files: [], notes: [] };
    (records[input.dataset] ??= {})[input.name] = findRecord(data, input);
  }
  return { handles, records };
}

/**
 * The SHA-256 over what readings read. A stand-in has no files: the name of its data set takes their place, and the
 * source digest covers how it is made.
 */
export function dataDigest(data: DataAccess, readings: readonly Reading[]): string {
  const lines = new Set<string>();
  for (const input of filesToRead(readings)) {
    lines.add(`${input.dataset}/${input.name}\0${findRecord(data, input).sha256}\n`);
  }
  for (const { dataset, standIn } of readings) if (standIn) lines.add(standInLine(dataset));
  return sha256(...[...lines].sort());
}

function standInLine(dataset: string): string {
  return `stand-in/${dataset}\n`;
}

/** The digests of data that is nothing but stand-ins: of each of these data sets, and of any of them together. */
export function standInDigests(datasets: readonly string[]): Set<string> {
  const subsets = datasets.reduce<string[][]>(
    (found, dataset) => [...found, ...found.map((subset) => [...subset, dataset])],
    [[]],
  );
  return new Set(
    subsets.filter(({ length }) => length > 0).map((subset) => sha256(...subset.map(standInLine).sort())),
  );
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
      const names = records.map(({ name }) => name);
      const digest = dataDigest(data, [{ dataset: id, files: names, standIn: source === "stand-in" }]);
      const ofFiles = records.flatMap(({ name, note }) => note === undefined ? [] : [`${name}: ${note}`]);
      const files = records.map(({ name, sha256 }) => ({ name, sha256 }));
      return [id, { source, digest, notes: [...notes, ...ofFiles], files }];
    }),
  );
}
