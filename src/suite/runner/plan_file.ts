import { z } from "zod";
import { sha256 } from "../../data/digests.ts";
import { UsageError } from "../../errors.ts";
import { parseJson } from "../../files/parse_json.ts";
import { readUtf8 } from "../../files/read_utf8.ts";
import { oneLine } from "../../one_line.ts";
import { type Profile, profiles } from "../reproduction.ts";
import type { DataAccess } from "./data_access.ts";
import type { Machine } from "./environment.ts";
import { datasetsRead, inputsOf, type PlannedRun } from "./plan_run.ts";
import { jobPositions, type Shard } from "./select_jobs.ts";

/**
 * What a run set out to do, kept beside its finished jobs, so that `merge` can put shards together without the
 * data.
 */
export interface PlanFile {
  /** The version of this format. */
  readonly schema: "reproduce-plan/3";
  readonly profile: Profile;
  /** The selection of cells, as given. */
  readonly cells: readonly string[];
  readonly modules: readonly PlannedModuleEntry[];
  /** The data that the jobs read. */
  readonly data: DataAccess;
  /** What the bits depend on beside sources and data, and the commit that was checked out. */
  readonly machine: Pick<Machine, "deno" | "arch" | "commit">;
  /** When the run started: ISO 8601, UTC. */
  readonly startedAt: string;
}

/** One reproduction of a plan. */
export interface PlannedModuleEntry {
  readonly id: string;
  readonly sources: string;
  /** How many seeds it takes; `null` where nothing is random. */
  readonly seeds: number | null;
  /** The jobs that a cell that is asked for needs. */
  readonly jobs: readonly PlannedJobEntry[];
}

/** One job of a plan. */
export interface PlannedJobEntry {
  readonly id: string;
  readonly key: string;
  /** Where it stands, from 0, among all jobs that shards are cut from: it falls into shard position % N + 1 of N. */
  readonly position: number;
}

/** A plan and the part of it that one run did. */
export interface ShardFile {
  readonly plan: PlanFile;
  readonly shard: Shard | null;
}

/** The plan of a run, as it is kept. */
export function planFile(
  { reproductions, data }: PlannedRun,
  { profile, cells, machine: { deno, arch, commit } }: Pick<PlanFile, "profile" | "cells" | "machine">,
): PlanFile {
  const asked = reproductions.filter((planned) => planned.asked);
  const positions = jobPositions(asked);
  return {
    schema: "reproduce-plan/3",
    profile,
    cells,
    modules: asked.map(({ reproduction: { id }, sources, seeds, jobs }) => ({
      id,
      sources,
      seeds,
      jobs: jobs.flatMap((job) =>
        job.needed && job.key !== null
          ? [{ id: job.id, key: job.key, position: positions.get(`${id}/${job.id}`)! }]
          : []
      ),
    })),
    data: dataOfPlan(asked, data),
    machine: { deno, arch, commit },
    startedAt: new Date().toISOString(),
  };
}

/**
 * The data sets and files that the jobs of asked cells read. What else was opened is there for cells of an earlier run, which the
 * shards of one run need not have in common.
 */
function dataOfPlan(asked: PlannedRun["reproductions"], { handles, records }: DataAccess): DataAccess {
  const needed = asked.flatMap(({ jobs }) => jobs.filter((job) => job.needed));
  const datasets = datasetsRead(needed);
  const names = new Set(needed.flatMap(inputsOf).map(({ dataset, name }) => `${dataset}/${name}`));
  const of = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([dataset]) => datasets.has(dataset)));
  return {
    handles: of(handles),
    records: Object.fromEntries(
      Object.entries(of(records)).map(([dataset, files]) => [
        dataset,
        Object.fromEntries(Object.entries(files).filter(([name]) => names.has(`${dataset}/${name}`))),
      ]),
    ),
  };
}

/**
 * The SHA-256 over what a plan computes: profile, selection, and the source digest, seeds and keyed jobs of every reproduction.
 * The keys hold the digests of what is read, so where it was found and on which machine makes no difference.
 */
export function planDigest({ profile, cells, modules }: PlanFile): string {
  return sha256(JSON.stringify({ profile, cells, modules }));
}

/** A plan has some hundred bytes for each job and file. */
const maxBytes = 2 ** 28;

const text = z.string();
const digest = text.regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hexadecimal digits");

const shardFileSchema: z.ZodType<ShardFile> = z.strictObject({
  plan: z.strictObject({
    schema: z.literal("reproduce-plan/3"),
    profile: z.enum(profiles),
    cells: z.array(text),
    modules: z.array(z.strictObject({
      id: text,
      sources: digest,
      seeds: z.int().positive().nullable(),
      jobs: z.array(z.strictObject({ id: text, key: digest, position: z.int().nonnegative() })),
    })),
    data: z.strictObject({
      handles: z.record(
        text,
        z.strictObject({
          id: text,
          source: z.enum(["folder", "download", "stand-in"]),
          root: text.nullable(),
          files: z.array(text),
          notes: z.array(text),
        }),
      ),
      records: z.record(
        text,
        z.record(
          text,
          z.strictObject({ name: text, bytes: z.int().nonnegative(), sha256: digest, note: text.optional() }),
        ),
      ),
    }),
    machine: z.strictObject({ deno: text, arch: text, commit: text.nullable() }),
    startedAt: z.iso.datetime(),
  }),
  shard: z.strictObject({ index: z.int().positive(), count: z.int().positive() })
    .refine(({ index, count }) => index <= count, "must be I of N with I <= N").nullable(),
}) as unknown as z.ZodType<ShardFile>;

/** How a shard that cannot be read is mended. */
export const runAgain = "run that shard again into the same folder, finished jobs are kept";

/**
 * Reads the plan that a run left in its output folder.
 *
 * @throws {UsageError} Where there is none, or it is not one: with the path of the first fault.
 */
export function readShardFile(path: string): ShardFile {
  const refuse = (reason: string, mend = runAgain): UsageError =>
    new UsageError(`Cannot read the plan ${path}: ${oneLine(reason)}: ${mend}`);
  let content: string;
  try {
    content = readUtf8(path, maxBytes);
  } catch (error) {
    throw refuse((error as Error).message, "name an output folder of deno task reproduce");
  }
  let json: unknown;
  try {
    json = parseJson(content);
  } catch (error) {
    throw refuse(`it must be JSON: ${(error as Error).message}`);
  }
  const parsed = shardFileSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw refuse(`${path.join(".") || "the document"}: ${message}`);
  }
  const fault = brokenReference(parsed.data.plan);
  if (fault !== undefined) throw refuse(fault);
  return parsed.data;
}

/** What a plan says of a file or data set under the name of another, or not at all. */
function brokenReference({ data: { handles, records } }: PlanFile): string | undefined {
  const handle = Object.entries(handles).find(([name, { id }]) => id !== name);
  if (handle !== undefined) return `the data set ${handle[0]} has another id`;
  for (const [dataset, files] of Object.entries(records)) {
    const file = Object.entries(files).find(([key, { name }]) => key !== name);
    if (file !== undefined) return `the file ${dataset}/${file[0]} has another name`;
  }
  const unknown = Object.keys(records).find((dataset) => !Object.hasOwn(handles, dataset));
  return unknown === undefined ? undefined : `the data set ${unknown} has files and is not described`;
}
