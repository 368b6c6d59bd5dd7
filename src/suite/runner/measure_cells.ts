import { GoldenError } from "../../errors.ts";
import type { Claim } from "../golden/claim.ts";
import { type Measured, summarise } from "../golden/judge.ts";
import type { Cell, Reading } from "../reproduction.ts";
import { type DataAccess, dataDigest, isVerified } from "./data_access.ts";
import type { JobResults } from "./job_results.ts";
import type { PlannedJob } from "./plan_run.ts";
import type { CellResult } from "./results.ts";

/** A cell as measured, and what it was measured on. */
export interface MeasuredCell {
  readonly measured: Measured;
  /** The SHA-256 over the data that its jobs read. */
  readonly dataDigest: string;
  /** Whether a stand-in took the place of real data. */
  readonly standIn: boolean;
}

/** What the cells of a reproduction are measured from. */
export interface CellSet {
  /** The id of the reproduction. */
  readonly id: string;
  /** The claims of the profile. */
  readonly claims: readonly Claim[];
  readonly cells: readonly Cell[];
  readonly jobs: readonly Pick<PlannedJob, "id" | "key" | "reads">[];
}

/** What the jobs of a cell read. */
export function readingsOfCell({ jobs }: Pick<CellSet, "jobs">, cell: Cell): Reading[] {
  const byId = new Map(jobs.map(({ id, reads }) => [id, Object.values(reads)]));
  return cell.jobs.flatMap(({ id }) => byId.get(id)!);
}

/** What a cell reads now: the digest of its data, or that none of its data sets is at hand. */
export type DataNow = string | "not at hand";

/** The data of every cell whose files were all verified. */
export function dataNow(set: CellSet, data: DataAccess): Map<string, DataNow> {
  return new Map(set.cells.flatMap((cell): [string, DataNow][] => {
    const readings = readingsOfCell(set, cell);
    if (!isVerified(data, readings)) return [];
    const isMissing = readings.length > 0 && readings.every(({ standIn }) => standIn);
    return [[cell.id, isMissing ? "not at hand" : dataDigest(data, readings)]];
  }));
}

/** The measured cells of results that were read back. */
export function measuredCells(cells: readonly CellResult[]): Map<string, MeasuredCell> {
  return new Map(
    cells.flatMap(({ id, measured, dataDigest, verdict }) =>
      measured === null || dataDigest === null
        ? []
        : [[id, { measured, dataDigest, standIn: verdict === "stand-in" }] as const]
    ),
  );
}

/**
 * Measures every cell that is asked for and whose jobs have all finished.
 *
 * @param set The cells and their jobs.
 * @param results What the jobs gave.
 * @param data The data sets of the run.
 * @param asked Whether a cell is asked for.
 * @param known Cells that were measured before from the same results, by id: they are not measured again, and those measured now are
 * added. A cell whose jobs have all finished has the value that it keeps.
 * @returns The measured cells by id.
 * @throws {GoldenError} Where a cell has no golden row.
 */
export function measureCells(
  set: CellSet,
  results: JobResults,
  data: DataAccess,
  asked: (cell: string) => boolean,
  known: Map<string, MeasuredCell> = new Map(),
): Map<string, MeasuredCell> {
  const claimed = new Set(set.claims.map((claim) => claim.cell));
  const stray = set.cells.find(({ id }) => !claimed.has(id));
  if (stray !== undefined) {
    throw new GoldenError(`golden/${set.id}.csv has no row for the cell ${stray.id}: add one with its claim`);
  }
  const keys = new Map(set.jobs.map(({ id, key }) => [id, key]));
  const measured = new Map<string, MeasuredCell>();
  for (const cell of set.cells.filter(({ id }) => asked(id))) {
    const before = known.get(cell.id);
    if (before !== undefined) {
      measured.set(cell.id, before);
      continue;
    }
    const finished = new Map(cell.jobs.map(({ id }) => [id, results.get(keys.get(id) ?? null)]));
    if (finished.size === 0 || finished.values().some((job) => job === undefined)) continue;
    const readings = readingsOfCell(set, cell);
    const found: MeasuredCell = {
      measured: summarise(cell.measure(({ id }) => finished.get(id)!.result)),
      dataDigest: dataDigest(data, readings),
      standIn: readings.some(({ standIn }) => standIn),
    };
    measured.set(cell.id, found);
    known.set(cell.id, found);
  }
  return measured;
}
