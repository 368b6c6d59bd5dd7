/** How many of some trials succeeded. */
export interface Successes {
  /** Trials that succeeded, 0 ... trials. */
  readonly count: number;
  /** All trials. */
  readonly trials: number;
}

/** Tables whose probabilities differ by less than this share count as equally likely: logarithms of factorials are rounded. */
const tie = 1e-7;

/**
 * The two-sided exact test of Fisher (1935) of whether two counts come from the same rate: given all successes together, the
 * probability of a table that is no likelier than the one at hand.
 *
 * @returns p in (0, 1].
 * @throws {RangeError} Where a count is not a whole number between 0 and its trials.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // The lady tasting tea: 3 of 4 and 1 of 4.
 * assertAlmostEquals(fisherExactTest({ count: 3, trials: 4 }, { count: 1, trials: 4 }), 34 / 70, 1e-12);
 * ```
 */
export function fisherExactTest(one: Successes, other: Successes): number {
  for (const { count, trials } of [one, other]) {
    if (!Number.isInteger(count) || !Number.isInteger(trials) || count < 0 || count > trials) {
      throw new RangeError(
        `Cannot compare counts: each must be a whole number between 0 and its trials: ${count} of ${trials}`,
      );
    }
  }
  const successes = one.count + other.count;
  const logFactorials = logFactorialsUpTo(one.trials + other.trials);
  const logChoose = (n: number, k: number) => logFactorials[n]! - logFactorials[k]! - logFactorials[n - k]!;
  const probability = (count: number) =>
    Math.exp(
      logChoose(one.trials, count) + logChoose(other.trials, successes - count) -
        logChoose(one.trials + other.trials, successes),
    );
  const least = Math.max(0, successes - other.trials);
  const most = Math.min(one.trials, successes);
  const observed = probability(one.count);
  let p = 0;
  for (let count = least; count <= most; count++) {
    const own = probability(count);
    if (own <= observed * (1 + tie)) p += own;
  }
  return Math.min(1, p);
}

/** ln 0!, ln 1!, ..., ln n!. */
function logFactorialsUpTo(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) logs[k] = logs[k - 1]! + Math.log(k);
  return logs;
}
