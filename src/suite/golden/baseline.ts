import { parse, stringify } from "@std/csv";
import { z } from "zod";
import { GoldenError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import type { Measured } from "./judge.ts";

/** Our last accepted value of one cell: written by `deno task accept` alone. */
export interface Baseline {
  /** The id of the cell. */
  readonly cell: string;
  /** The accepted value. */
  readonly value: number;
  /** Its standard error; `null` where there is none. */
  readonly standardError: number | null;
  /** How far a later measurement may lie: numerical, and tight. */
  readonly within: number;
  /** The SHA-256 over the data that the value was measured on. */
  readonly dataDigest: string;
  /** The commit that measured it. */
  readonly acceptedIn: string;
  /** The engine and platform that measured it. */
  readonly environment: string;
}

/** The outcome of comparing a measurement with its baseline. */
export interface BaselineJudgement {
  /** The accepted value. */
  readonly value: number;
  /** How far the measurement may lie. */
  readonly within: number;
  /** `none` where the baseline was accepted on other data, or nothing was measured. */
  readonly verdict: "unchanged" | "moved" | "none";
}

const columns = ["cell", "value", "standard_error", "within", "data_digest", "accepted_in", "environment"];

const finite = z.string().min(1, "must be a finite number").transform(Number).refine(
  Number.isFinite,
  "must be a finite number",
);

const fields = z.strictObject({
  cell: z.string().min(1, "must name the cell"),
  value: finite,
  standard_error: z.literal("").transform(() => null).or(finite),
  within: finite.refine((within) => within >= 0, "must be >= 0"),
  data_digest: z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256"),
  accepted_in: z.string(),
  environment: z.string(),
});

/**
 * Parses a baseline file.
 *
 * @param text The content of the file.
 * @param file Its name, for messages.
 * @returns The baselines by cell.
 * @throws {GoldenError} With file, line, column and rule.
 */
export function parseBaselines(text: string, file: string): Map<string, Baseline> {
  const [header, ...rows] = parseCsv(text, file);
  if (header?.join() !== columns.join()) {
    throw new GoldenError(
      `${file}:1: the header must be "${columns.join()}": it is "${oneLine(header?.join() ?? "")}"`,
    );
  }
  const baselines = new Map<string, Baseline>();
  for (const [index, row] of rows.entries()) {
    const line = index + 2;
    if (row.length !== columns.length) {
      throw new GoldenError(
        `${file}:${line}: the row must have ${columns.length} columns: it has ${row.length}`,
      );
    }
    const parsed = fields.safeParse(Object.fromEntries(columns.map((column, i) => [column, row[i]])));
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      throw new GoldenError(`${file}:${line}: column ${String(path[0])} ${message}`);
    }
    const { cell, value, standard_error, within, data_digest, accepted_in, environment } = parsed.data;
    if (baselines.has(cell)) {
      throw new GoldenError(`${file}:${line}: column cell must be unique: it is "${oneLine(cell)}"`);
    }
    baselines.set(cell, {
      cell,
      value,
      standardError: standard_error,
      within,
      dataDigest: data_digest,
      acceptedIn: accepted_in,
      environment,
    });
  }
  return baselines;
}

function parseCsv(text: string, file: string): string[][] {
  try {
    return parse(text);
  } catch (error) {
    throw new GoldenError(`${file}: it must be CSV: ${oneLine((error as Error).message)}`);
  }
}

/** The content of a baseline file: one row a cell, in the given order, numbers in full. */
export function formatBaselines(baselines: Iterable<Baseline>): string {
  const rows = [...baselines].map((baseline) => ({
    cell: baseline.cell,
    value: baseline.value,
    standard_error: baseline.standardError ?? "",
    within: baseline.within,
    data_digest: baseline.dataDigest,
    accepted_in: baseline.acceptedIn,
    environment: baseline.environment,
  }));
  return stringify(rows, { columns }).replaceAll("\r\n", "\n");
}

/**
 * Compares a measurement with our last accepted value. A baseline is judged only on the data that it was
 * accepted on.
 *
 * @param baseline The accepted value; `undefined` where none was accepted.
 * @param measured The measurement; `null` where the cell was not measured.
 * @param dataDigest The SHA-256 over the data of this run.
 */
export function judgeBaseline(
  baseline: Baseline | undefined,
  measured: Measured | null,
  dataDigest: string,
): BaselineJudgement | null {
  if (baseline === undefined) return null;
  const { value, within } = baseline;
  if (measured === null || baseline.dataDigest !== dataDigest) return { value, within, verdict: "none" };
  // A value that is not finite is null and never within.
  const unchanged = measured.value !== null && Math.abs(measured.value - value) <= within;
  return { value, within, verdict: unchanged ? "unchanged" : "moved" };
}

/** How far a new measurement of an accepted value may lie by default: 1e-9 of it, for bits that a platform moves. */
export function defaultWithin(value: number): number {
  return Math.max(1e-12, Math.abs(value) * 1e-9);
}
