import { sha256 } from "../../data/digests.ts";
import { type Baseline, judgeBaseline } from "../golden/baseline.ts";
import type { Claim } from "../golden/claim.ts";
import { isWithinNoise, judge, type Verdict } from "../golden/judge.ts";
import type { Paper } from "../reproduction.ts";
import type { MeasuredCell } from "./measure_cells.ts";
import type { CellResult, JobFailure, ReproductionResult, Summary } from "./results.ts";

/** What a reproduction is judged by. */
export interface GoldenSet {
  /** The claims of the profile, in the order of the golden file. */
  readonly claims: readonly Claim[];
  /** Our accepted values by cell. */
  readonly baselines: ReadonlyMap<string, Baseline>;
  /** The accepted digest, over the cells that have a baseline; `null` where none was accepted. */
  readonly acceptedDigest: string | null;
  /** How many seeds the profile takes, and so the baselines and the digest; `null` where nothing is random. */
  readonly seeds: number | null;
}

/** What a run found out about a reproduction. */
export interface ReproductionMeasurement {
  readonly id: string;
  readonly paper: Paper;
  readonly statement?: string;
  readonly elapsedMs: number;
  readonly computeMs: number;
  readonly sources: string;
  readonly planSources: string;
  readonly seeds: number | null;
  readonly failures: readonly JobFailure[];
  readonly cells: ReadonlyMap<string, MeasuredCell>;
}

/** Holds every cell of a reproduction against its claim and its baseline. */
export function judgeCells(found: ReproductionMeasurement, golden: GoldenSet): ReproductionResult {
  const judged = golden.claims.map((claim) =>
    judgeCell(claim, found.cells.get(claim.cell), golden.baselines.get(claim.cell))
  );
  // With other seeds than the profile's it is another measurement, which no baseline is of.
  const cells = found.seeds === golden.seeds ? judged : judged.map(withoutBaselineVerdict);
  const digest = cellsDigest(cells);
  // The digests are over the same cells and data: those measured here are those that have a baseline.
  const comparable = golden.acceptedDigest !== null &&
    cells.every(({ measured, baseline }) =>
      measured === null ? baseline === null : baseline !== null && baseline.verdict !== "none"
    );
  const { id, paper, statement, elapsedMs, computeMs, sources, planSources, seeds } = found;
  return {
    id,
    paper,
    ...(statement === undefined ? {} : { statement }),
    elapsedMs,
    computeMs,
    sources,
    planSources,
    seeds,
    digest,
    digestVerdict: !comparable ? "none" : digest === golden.acceptedDigest ? "unchanged" : "moved",
    failures: found.failures.map(({ job, message, error }) => ({ job, message, error })),
    summary: summarise(cells),
    cells,
  };
}

function withoutBaselineVerdict(cell: CellResult): CellResult {
  return cell.baseline === null ? cell : { ...cell, baseline: { ...cell.baseline, verdict: "none" } };
}

/** Holds what was measured of a cell, if anything, against its claim and its baseline. */
export function judgeCell(
  claim: Claim,
  found: MeasuredCell | undefined,
  baseline: Baseline | undefined,
): CellResult {
  const { measured = null, dataDigest = null, standIn = false } = found ?? {};
  return {
    id: claim.cell,
    quantity: claim.quantity,
    unit: claim.unit,
    published: claim.published,
    source: claim.source,
    role: claim.role,
    measured,
    ...judge(claim, measured, standIn),
    tolerance: claim.tolerance,
    expect: claim.expect,
    baseline: judgeBaseline(baseline, measured, dataDigest ?? ""),
    dataDigest,
  };
}

/**
 * The SHA-256 over the measured cells, sorted by id: the id in UTF-8, a zero byte, the number of values as u32le,
 * then the values as float64 LE with -0 as 0. What is not finite is one NaN, as results.json writes one null for all of it.
 */
export function cellsDigest(cells: readonly Pick<CellResult, "id" | "measured">[]): string {
  const parts: (string | Uint8Array)[] = [];
  for (const { id, measured } of [...cells].sort((a, b) => a.id < b.id ? -1 : 1)) {
    if (measured === null) continue;
    const values = new DataView(new ArrayBuffer(4 + 8 * measured.values.length));
    values.setUint32(0, measured.values.length, true);
    // Adding 0 turns -0 into 0; setFloat64 may write any NaN, so its bits are given.
    measured.values.forEach((value, i) => {
      if (Number.isFinite(value)) values.setFloat64(4 + 8 * i, value + 0, true);
      else values.setBigUint64(4 + 8 * i, 0x7ff8000000000000n, true);
    });
    parts.push(`${id}\0`, new Uint8Array(values.buffer));
  }
  return sha256(...parts);
}

/**
 * Counts verdicts by role. An agreeing number is counted as within noise where no more than noise parts it from the printed one,
 * else as agreeing; what ran on a stand-in is in no role's counts.
 */
export function summarise(
  cells: readonly Pick<CellResult, "role" | "verdict" | "expect" | "baseline" | "published" | "measured">[],
): Summary {
  const count = (is: (cell: typeof cells[number]) => boolean) => cells.filter(is).length;
  const counter = (role: CellResult["role"]) => (verdict: Verdict) =>
    count((cell) => cell.role === role && cell.verdict === verdict);
  const numbers = counter("number");
  const claims = counter("claim");
  const variants = counter("variant");
  const withinNoise = count(({ role, verdict, published, measured }) =>
    role === "number" && verdict === "agrees" && isWithinNoise(published, measured)
  );
  return {
    cells: cells.length,
    numbers: {
      withinNoise,
      agrees: numbers("agrees") - withinNoise,
      deviates: numbers("deviates"),
      notMeasured: numbers("not measured"),
    },
    claims: {
      holds: claims("holds"),
      undecided: claims("undecided"),
      fails: claims("fails"),
      notMeasured: claims("not measured"),
    },
    variants: {
      agrees: variants("agrees"),
      deviates: variants("deviates"),
      notMeasured: variants("not measured"),
    },
    unexpected: count(isUnexpected),
    moved: count(({ baseline }) => baseline?.verdict === "moved"),
    standIn: count(({ verdict }) => verdict === "stand-in"),
    notMeasured: count(({ verdict }) => verdict === "not measured"),
  };
}

/** Whether a cell was judged and came out otherwise than its golden row expects. */
export function isUnexpected({ verdict, expect }: Pick<CellResult, "verdict" | "expect">): boolean {
  return verdict !== "stand-in" && verdict !== "not measured" && verdict !== expect;
}
