import type { Measurement, UnitOfError } from "../reproduction.ts";
import type { Claim } from "./claim.ts";

/** The outcome for one cell. */
export type Verdict = "agrees" | "deviates" | "stand-in" | "not measured";

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
  /** Measured minus published; for a bound, measured minus the bound; `null` without a value. */
  readonly deviation: number | null;
  /** The outcome. */
  readonly verdict: Verdict;
}

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
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const unitOfError = measurement.unitOfError ?? null;
  if (!Number.isFinite(mean)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    const error = values.length === 0
      ? "no value was measured"
      : `value ${bad + 1} of ${values.length} is ${values[bad]}`;
    return { value: null, standardError: null, unitOfError, values, error };
  }
  const standardError = measurement.standardError ?? standardErrorOf(values, mean);
  return { value: mean, standardError, unitOfError, values };
}

function standardErrorOf(values: readonly number[], mean: number): number | null {
  if (values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/**
 * Holds a measurement against a claim, by the tolerance kinds of CONTRIBUTING.md. A value that is not finite
 * never agrees.
 *
 * @param claim One row of a golden file.
 * @param measured The measurement; `null` where the cell was not measured.
 * @param standIn Whether a stand-in took the place of real data.
 * @returns The deviation and the verdict.
 */
export function judge(claim: Claim, measured: Measured | null, standIn = false): Judgement {
  if (measured === null) return { deviation: null, verdict: "not measured" };
  const deviation = deviationOf(claim, measured);
  if (standIn) return { deviation, verdict: "stand-in" };
  return { deviation, verdict: agrees(claim, measured, deviation) ? "agrees" : "deviates" };
}

function deviationOf(claim: Claim, measured: Measured): number | null {
  if (measured.value === null) return null;
  const { kind, value } = claim.tolerance;
  if (kind === "at-most" || kind === "at-least") return measured.value - value;
  return claim.published === null ? null : measured.value - claim.published.value;
}

function agrees(claim: Claim, measured: Measured, deviation: number | null): boolean {
  if (deviation === null) return false;
  const { kind, value } = claim.tolerance;
  switch (kind) {
    case "absolute":
    case "rounding":
      return Math.abs(deviation) <= value;
    case "relative":
      return Math.abs(deviation) <= value * Math.abs(claim.published!.value);
    case "at-most":
      return deviation <= 0;
    case "at-least":
      return deviation >= 0;
    case "interval":
      return measured.standardError !== null && Math.abs(deviation) <= value * measured.standardError;
  }
}
