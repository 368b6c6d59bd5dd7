/**
 * The content of results.json: types and the schema that a file is checked with before it is judged.
 *
 * @module
 */
import { z } from "zod";
import { UsageError } from "../../errors.ts";
import type { BaselineJudgement } from "../golden/baseline.ts";
import {
  type Outcome,
  outcomeWords,
  type Published,
  type Role,
  roles,
  type Tolerance,
  toleranceKinds,
} from "../golden/claim.ts";
import type { Measured, Verdict } from "../golden/judge.ts";
import { parseJson } from "../../files/parse_json.ts";
import { oneLine } from "../../one_line.ts";
import { type Paper, type Profile, profiles } from "../reproduction.ts";

/** One file that a run read. */
export interface FileUsed {
  /** The path below the folder of its data set. */
  readonly name: string;
  /** The SHA-256 of its content (of what a .gz file unpacks to). */
  readonly sha256: string;
}

/** One data set as a run used it. */
export interface DatasetUsed {
  /** Where it came from. */
  readonly source: "folder" | "download" | "stand-in";
  /** The SHA-256 over the names and digests of its files. */
  readonly digest: string;
  /** What a reader should know: parts that are missing, copies that are not exact. */
  readonly notes: readonly string[];
  /** The files that were read. */
  readonly files: readonly FileUsed[];
}

/**
 * Where and when a run took place. It may differ between equal runs, as may `elapsedMs` and `computeMs` of reproductions; nothing
 * else does.
 */
export interface Environment {
  /** The version of Deno. */
  readonly deno: string;
  /** The version of its engine. */
  readonly v8: string;
  /** What `DENO_V8_FLAGS` told it; absent where nothing was. */
  readonly v8Flags?: readonly string[];
  /** The version of tfjs that training runs on; `null` where the project pins none. */
  readonly tfjs: string | null;
  /** What the kernels run on. */
  readonly backend: string;
  /** Whether they use SIMD. */
  readonly simd: boolean;
  /** The number of workers or threads. */
  readonly threads: number;
  /** The model of the processor. */
  readonly cpu: string;
  /** Its cores. */
  readonly cores: number;
  /** The operating system with its release. */
  readonly os: string;
  /** The instruction set. */
  readonly arch: string;
  /** The commit that was checked out; `null` outside a checkout. */
  readonly commit: string | null;
  /** Whether code differed from that commit, comments aside; `null` where it is not known. */
  readonly dirty: boolean | null;
  /** When the run started: ISO 8601, UTC. */
  readonly startedAt: string;
  /** How long it took. */
  readonly elapsedMs: number;
  /** The data sets by id. */
  readonly data: Readonly<Record<string, DatasetUsed>>;
}

/** One cell: what was published, what was measured, and the verdict. */
export interface CellResult {
  /** The id of the cell. */
  readonly id: string;
  /** What the number is. */
  readonly quantity: string;
  /** Its unit; empty for a pure number. */
  readonly unit: string;
  /** As printed; `null` for a claim that prints no number. */
  readonly published: Published | null;
  /** The document and the place in it where the number or the claim stands. */
  readonly source: string;
  /** What the row is: a printed number, a claim, or a printed number under another protocol. */
  readonly role: Role;
  /** `null` where it was not measured. */
  readonly measured: Measured | null;
  /** Measured minus published; of a claim that prints no number, measured minus its bound. */
  readonly deviation: number | null;
  /** How far a measurement may lie, and why. */
  readonly tolerance: Tolerance;
  /** What the golden file expects. */
  readonly expect: Outcome;
  /** The outcome. */
  readonly verdict: Verdict;
  /** Held against our last accepted value; `null` where there is none. */
  readonly baseline: BaselineJudgement | null;
  /** The SHA-256 over the data that its jobs read; `null` where it was not measured. */
  readonly dataDigest: string | null;
}

/** One reproduction. */
export interface ReproductionResult {
  /** The id of the reproduction. */
  readonly id: string;
  /** Where its claims stand. */
  readonly paper: Paper;
  /** What the paper states that is measured, in one sentence; absent where the reproduction has none. */
  readonly statement?: string;
  /** How long this run was busy with it, from the start of its first job to the end of its last. */
  readonly elapsedMs: number;
  /**
   * How long its finished jobs computed, those included whose results came from the cache; of a job that went on from a
   * checkpoint, all of its parts.
   */
  readonly computeMs: number;
  /** The SHA-256 over the code of its tasks: what its measured values depend on beside data and options. */
  readonly sources: string;
  /** The SHA-256 over the code of its plan and all that presents it: which jobs a cell needs, and how it is measured from them. */
  readonly planSources: string;
  /** How many seeds or draws were taken; `null` where nothing is random. */
  readonly seeds: number | null;
  /** The SHA-256 over the measured cells. */
  readonly digest: string;
  /** The digest held against the accepted one; `none` where the measured cells are not those that have a baseline on this data. */
  readonly digestVerdict: BaselineJudgement["verdict"];
  /** The jobs that failed, with the error of each. */
  readonly failures: readonly JobFailure[];
  /** The counts over its cells. */
  readonly summary: Summary;
  /** Its cells, in the order of the golden file. */
  readonly cells: readonly CellResult[];
}

/** A job that ended with an error. */
export interface JobFailure {
  /** The id of the job. */
  readonly job: string;
  /** The message of the error. */
  readonly message: string;
  /** The name of the error: `DataError` where a file could not be read. */
  readonly error: string;
}

/** The counts over cells, by role. */
export interface Summary {
  /** All cells. */
  readonly cells: number;
  /** Printed numbers. */
  readonly numbers: {
    /** Those that agree and differ by no more than twice their standard error and half a unit of the last printed digit. */
    readonly withinNoise: number;
    /** Those that agree, but differ by more than that. */
    readonly agrees: number;
    /** Those that deviate, expected or not. */
    readonly deviates: number;
    /** Those outside the profile, the selection or the shard, or whose jobs failed. */
    readonly notMeasured: number;
  };
  /** Claims that print no number. */
  readonly claims: {
    /** Those that hold. */
    readonly holds: number;
    /** Those that lie within two standard errors of their bound. */
    readonly undecided: number;
    /** Those that fail, expected or not. */
    readonly fails: number;
    /** As of numbers. */
    readonly notMeasured: number;
  };
  /** Printed numbers under another protocol. */
  readonly variants: {
    /** Those that agree. */
    readonly agrees: number;
    /** Those that deviate, expected or not. */
    readonly deviates: number;
    /** As of numbers. */
    readonly notMeasured: number;
  };
  /** Cells whose verdict differs from what the golden file expects. */
  readonly unexpected: number;
  /** Baselines that moved. */
  readonly moved: number;
  /** Cells that ran on a stand-in, and so were not judged. */
  readonly standIn: number;
  /** Cells outside the profile, the selection or the shard, or whose jobs failed. */
  readonly notMeasured: number;
}

/** The content of results.json. */
export interface Results {
  /** The version of this format. */
  readonly schema: typeof resultsFormat;
  /** The profile that was run. */
  readonly profile: Profile;
  /** Where and when. */
  readonly environment: Environment;
  /** The reproductions, in the order in which the project lists them. */
  readonly modules: readonly ReproductionResult[];
  /** The counts over all cells. */
  readonly summary: Summary;
}

/** The version of the format of results.json. */
export const resultsFormat = "reproduce-results/2" as const;

const number = z.number().nullable();

/** What is printed goes to a terminal and to pages, where a control character would act. */
const text = z.string().regex(/^\P{Cc}*$/u, "must have no control character");

const duration = z.number().nonnegative();

const count = z.int().nonnegative();

const summary = z.strictObject({
  cells: count,
  numbers: z.strictObject({ withinNoise: count, agrees: count, deviates: count, notMeasured: count }),
  claims: z.strictObject({ holds: count, undecided: count, fails: count, notMeasured: count }),
  variants: z.strictObject({ agrees: count, deviates: count, notMeasured: count }),
  unexpected: count,
  moved: count,
  standIn: count,
  notMeasured: count,
});

const outcome = z.enum(outcomeWords);

/** The schema of results.json; docs/results.schema.json is made from it. */
export const resultsSchema: z.ZodType<Results> = z.strictObject({
  schema: z.literal(resultsFormat),
  profile: z.enum(profiles),
  environment: z.strictObject({
    deno: text,
    v8: text,
    v8Flags: z.array(text).optional(),
    tfjs: text.nullable(),
    backend: text,
    simd: z.boolean(),
    threads: z.int().positive(),
    cpu: text,
    cores: z.int().positive(),
    os: text,
    arch: text,
    commit: text.nullable(),
    dirty: z.boolean().nullable(),
    startedAt: text,
    elapsedMs: duration,
    data: z.record(
      text,
      z.strictObject({
        source: z.enum(["folder", "download", "stand-in"]),
        digest: text,
        notes: z.array(text),
        files: z.array(z.strictObject({ name: text, sha256: text })),
      }),
    ),
  }),
  modules: z.array(z.strictObject({
    // It names files.
    id: z.string().regex(/^[\w-]{1,100}$/, "must be a plain name"),
    paper: z.strictObject({
      title: text,
      authors: z.array(text),
      year: z.int(),
      venue: text,
      arxiv: text.optional(),
      doi: text.optional(),
    }),
    statement: text.optional(),
    elapsedMs: duration,
    computeMs: duration,
    sources: text,
    planSources: text,
    seeds: z.int().positive().nullable(),
    digest: text,
    digestVerdict: z.enum(["unchanged", "moved", "none"]),
    failures: z.array(z.strictObject({ job: text, message: z.string(), error: text })),
    summary,
    cells: z.array(z.strictObject({
      id: text,
      quantity: text,
      unit: text,
      published: z.strictObject({ text: text, value: z.number() }).nullable(),
      source: text,
      role: z.enum(roles),
      measured: z.strictObject({
        value: number,
        standardError: z.number().nonnegative().nullable(),
        unitOfError: z.enum(["image", "class", "seed", "draw", "test item"]).nullable(),
        // JSON has no NaN or Infinity: what is not finite is written as null and never agrees.
        values: z.array(number.transform((value) => value ?? NaN)),
        error: text.optional(),
      }).nullable(),
      deviation: number,
      tolerance: z.strictObject({ kind: z.enum(toleranceKinds), value: z.number(), rationale: text }),
      expect: outcome,
      verdict: z.union([outcome, z.enum(["stand-in", "not measured"])]),
      baseline: z.strictObject({
        value: z.number(),
        within: z.number(),
        verdict: z.enum(["unchanged", "moved", "none"]),
      }).nullable(),
      dataDigest: text.nullable(),
    })),
  })),
  summary,
}) as unknown as z.ZodType<Results>;

/**
 * Parses and checks a results.json.
 *
 * @param text The content of the file.
 * @param file Its name, for messages.
 * @throws {UsageError} Where it is not JSON or breaks the schema: with the path of the first fault.
 */
export function parseResults(text: string, file: string): Results {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: it must be JSON: ${oneLine((error as Error).message)}`);
  }
  const format = (json as { readonly schema?: unknown } | null)?.schema;
  if (typeof format === "string" && format !== resultsFormat && format.startsWith("reproduce-results/")) {
    throw new UsageError(
      `Cannot read ${file}: it must have the format ${resultsFormat}: it has ${oneLine(format)}: ` +
        "run deno task reproduce again with this version, or read it with the version that wrote it",
    );
  }
  const parsed = resultsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new UsageError(`Cannot read ${file}: ${oneLine(`${path.join(".") || "the document"}: ${message}`)}`);
}

/** The JSON Schema of results.json, as docs/results.schema.json holds it. */
export function resultsJsonSchema(): string {
  const schema = z.toJSONSchema(resultsSchema, { io: "input", target: "draft-2020-12" });
  return `${JSON.stringify({ title: "results.json of deno task reproduce", ...schema }, null, 1)}\n`;
}
