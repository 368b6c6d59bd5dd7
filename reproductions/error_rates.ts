/**
 * Test errors of classifiers and differences between them, as cells have them.
 *
 * @module
 */
import type { Measurement, UnitOfError } from "../src/reproduction.ts";

/** How many of the tested items a classifier got wrong. */
export interface ErrorCount {
  readonly errors: number;
  readonly tested: number;
}

/**
 * Errors in per cent, one value a run; that of a single run has the standard error of a binomial share.
 *
 * @param unit What distinguishes runs: a seed, or a draw of the training items.
 */
export function errorRate(counts: readonly ErrorCount[], unit: UnitOfError): Measurement {
  const shares = counts.map(({ errors, tested }) => errors / tested);
  const values = shares.map((share) => 100 * share);
  if (values.length > 1) return { values, unitOfError: unit };
  const standardError = 100 * Math.sqrt(shares[0]! * (1 - shares[0]!) / counts[0]!.tested);
  return { values, standardError, unitOfError: "test item" };
}

/**
 * One quantity less another, run by run. The standard error of a single run is that of independent tests: too large where both are
 * tested on the same items, whose errors go together.
 *
 * @param unit What distinguishes runs.
 */
export function difference(lower: Measurement, upper: Measurement, unit: UnitOfError): Measurement {
  const values = lower.values.map((value, run) => value - upper.values[run]!);
  const [a, b] = [lower.standardError, upper.standardError];
  if (a === undefined || b === undefined) return { values, unitOfError: unit };
  return { values, standardError: Math.sqrt(a ** 2 + b ** 2), unitOfError: "test item" };
}
