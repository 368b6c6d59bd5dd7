/**
 * Test errors of classifiers and differences between them, as cells have them.
 *
 * @module
 */
import { countMistakes, type Mistakes, wrongItems } from "../classify/mistakes.ts";
import type { Measurement, UnitOfError } from "./reproduction.ts";

/**
 * Errors in per cent, one value a run; that of a single run has the standard error of a binomial share.
 *
 * @param runs One for each seed, or each sample of the training items.
 * @param unit What distinguishes runs.
 */
export function errorRate(runs: readonly Mistakes[], unit: UnitOfError): Measurement {
  const shares = runs.map((run) => countMistakes(run) / run.tested);
  const values = shares.map((share) => 100 * share);
  if (values.length !== 1) return { values, unitOfError: unit };
  const share = shares[0]!;
  const standardError = 100 * Math.sqrt(share * (1 - share) / runs[0]!.tested);
  return { values, standardError, unitOfError: "test item" };
}

/**
 * The errors of one classifier less those of another on the same items, in points, run by run. The standard error of a single run
 * is that of the paired difference: only items that one of the two gets wrong count (McNemar 1947).
 *
 * @param lower The classifier that is said to have fewer errors.
 * @param upper The other one.
 * @param unit What distinguishes runs.
 * @throws {RangeError} Where the two were not tested on as many items, or as often.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mistakesOf } from "../classify/mistakes.ts";
 *
 * const right = [0, 0, 0, 0];
 * const a = mistakesOf([1, 0, 0, 0], right);
 * const b = mistakesOf([1, 1, 1, 0], right);
 * const { values, standardError } = errorDifference([a], [b], "seed");
 * assertEquals([values, standardError], [[-50], 25]);
 * ```
 */
export function errorDifference(
  lower: readonly Mistakes[],
  upper: readonly Mistakes[],
  unit: UnitOfError,
): Measurement {
  if (lower.length !== upper.length) {
    throw new RangeError(
      `Cannot compare classifiers: both must have as many runs: ${lower.length} and ${upper.length}`,
    );
  }
  const standardErrors = lower.map((run, i) => pairedStandardError(run, upper[i]!));
  const values = difference(errorRate(lower, unit), errorRate(upper, unit), unit).values;
  if (values.length !== 1) return { values, unitOfError: unit };
  return { values, standardError: standardErrors[0]!, unitOfError: "test item" };
}

/** The standard error of a difference of two shares of the same items, in points. */
function pairedStandardError(lower: Mistakes, upper: Mistakes): number {
  const n = lower.tested;
  if (n !== upper.tested) {
    throw new RangeError(
      `Cannot compare classifiers: both must be tested on the same items: ${n} and ${upper.tested}`,
    );
  }
  const other = wrongItems(upper);
  let lowerAlone = 0;
  let upperAlone = 0;
  for (const [i, wrong] of wrongItems(lower).entries()) {
    if (wrong > other[i]!) lowerAlone++;
    if (wrong < other[i]!) upperAlone++;
  }
  const mean = (lowerAlone - upperAlone) / n;
  return 100 * Math.sqrt(((lowerAlone + upperAlone) / n - mean ** 2) / n);
}

/** One value a seed, whose scatter gives the standard error. */
export function perSeed(values: readonly number[]): Measurement {
  return { values, unitOfError: "seed" };
}

/** One quantity less another, run by run. */
export function difference(lower: Measurement, upper: Measurement, unit: UnitOfError): Measurement {
  return { values: lower.values.map((value, run) => value - upper.values[run]!), unitOfError: unit };
}
