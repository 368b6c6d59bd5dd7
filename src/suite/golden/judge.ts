import { mean } from "../../numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../numeric/statistics/standard_error.ts";
import type { Measurement, UnitOfError } from "../reproduction.ts";
import { allowedDistance } from "./allowed_range.ts";
import { type Claim, halfUnit, noise, type Outcome } from "./claim.ts";

/** The outcome for one cell. */
export type Verdict = Outcome | "stand-in" | "not measured";

/** A measurement as it is reported: mean, standard error and the values themselves. */
export interface Measured {
  /** The mean of `values`; `null` where it is not finite. */
  readonly value: number | null;
  /** The standard error of the mean; `null` where it cannot be told. */
  readonly standardError: number | null;
  /** What the standard error counts. */
  readonly unitOfError: UnitOfError | null;
  /** One value per seed or draw. */
  readonly values: readonly number[];
  /** Why there is no value. */
  readonly error?: string;
}

/** A claim held against a measurement. */
export interface Judgement {
  /** Measured minus published; of a claim that prints no number, measured minus the nearest bound; `null` without a value. */
  readonly deviation: number | null;
  /** The outcome. */
  readonly verdict: Verdict;
}

/** What roundings add to a difference of float64 numbers, as a share of the largest of them: four digits more than 2^-53. */
const roundOff = 1e-12;

/**
 * Summarises a measurement: the mean of its values and the standard error of that mean.
 *
 * @param measurement What a reproduction returned.
 * @returns `value` is `null`, with `error`, where the mean is not a finite number.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { value, standardError } = summarise({ values: [1, 2, 3] });
 * assertEquals([value, standardError], [2, Math.sqrt(1 / 3)]);
 * ```
 */
export function summarise(measurement: Measurement): Measured {
  const { values } = measurement;
  const value = mean(values);
  const unitOfError = measurement.unitOfError ?? null;
  if (!Number.isFinite(value)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    const error = values.length === 0
      ? "no value was measured"
      : bad < 0
      ? "the mean of its values is not finite"
      : `value ${bad + 1} of ${values.length} is ${values[bad]}`;
    return { value: null, standardError: null, unitOfError, values, error };
  }
  const own = measurement.standardError ?? standardErrorOfMean(values);
  const standardError = own !== null && Number.isFinite(own) ? own : null;
  return { value, standardError, unitOfError, values };
}

/**
 * Holds a measurement against a claim. A printed number is judged on both sides, by the tolerance kinds of CONTRIBUTING.md. A claim
 * without a printed number holds or fails by its bound; where the measurement has a standard error and lies within two of
 * them of the bound, it is undecided. A value that is not finite never agrees, and never holds. Every edge is wider by 1e-12 of
 * the largest number involved, since a difference of decimal fractions is not one: 1.11 - 0.85 is more than 0.26.
 *
 * @param claim One row of a golden file.
 * @param measured The measurement; `null` where the cell was not measured.
 * @param standIn Whether a stand-in took the place of real data.
 * @returns The deviation and the verdict.
 */
export function judge(claim: Claim, measured: Measured | null, standIn = false): Judgement {
  if (measured === null) return { deviation: null, verdict: "not measured" };
  const { value } = measured;
  const deviation = deviationFrom(claim, measured);
  if (standIn) return { deviation, verdict: "stand-in" };
  const isClaim = claim.role === "claim";
  if (value === null) return { deviation, verdict: isClaim ? "fails" : "deviates" };
  const { excess, slack } = compare(claim, value, measured.standardError);
  // NaN where the tolerance is in standard errors and there is none: that never agrees.
  const within = excess <= slack;
  if (!isClaim) return { deviation, verdict: within ? "agrees" : "deviates" };
  const isOpen = measured.standardError !== null && measured.standardError > 0 &&
    Math.abs(excess) <= noise * measured.standardError + slack;
  return { deviation, verdict: isOpen ? "undecided" : within ? "holds" : "fails" };
}

/** How far a value lies from the printed number, or from the bound of a claim; one with a bound on either side has a nearest. */
function deviationFrom({ published, tolerance }: Claim, { value, standardError }: Measured): number | null {
  if (value === null) return null;
  if (published !== null) return value - published.value;
  const { kind, value: allowed } = tolerance;
  const side = value < 0 ? -1 : 1;
  if (kind === "absolute") return value - side * allowed;
  if (kind === "interval") return standardError === null ? null : value - side * allowed * standardError;
  return value - allowed;
}

/** How far a value lies beyond what is allowed, in its own unit (at most 0 where it is allowed), and what of that may be round-off. */
function compare(
  claim: Claim,
  value: number,
  standardError: number | null,
): { readonly excess: number; readonly slack: number } {
  const { kind } = claim.tolerance;
  const printed = claim.published?.value ?? 0;
  const allowed = allowedDistance(claim, standardError) ?? NaN;
  const excess = kind === "at-most"
    ? value - allowed
    : kind === "at-least"
    ? allowed - value
    : Math.abs(value - printed) - allowed;
  return { excess, slack: possibleRoundOff(value, printed, allowed) };
}

/** What a difference of numbers may be off by, since each of them was rounded. */
function possibleRoundOff(...numbers: readonly number[]): number {
  return roundOff * Math.max(...numbers.map(Math.abs));
}

/**
 * Whether a measured number differs from the printed one by no more than noise: twice its standard error and half a unit of the
 * last printed digit; the edge is wider by round-off, as that of {@linkcode judge}.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const printed = { text: "21.9", value: 21.9 };
 * assertEquals([22.1, 22.2].map((value) => isWithinNoise(printed, { value, standardError: 0.08 })), [true, false]);
 * ```
 */
export function isWithinNoise(
  published: Claim["published"],
  measured: Pick<Measured, "value" | "standardError"> | null,
): boolean {
  if (published === null || measured === null || measured.value === null) return false;
  const allowed = noise * (measured.standardError ?? 0) + halfUnit(published);
  const slack = possibleRoundOff(measured.value, published.value, allowed);
  return Math.abs(measured.value - published.value) <= allowed + slack;
}
