/**
 * Spearman's rank correlation: the correlation of ranks, equal values sharing the mean of theirs.
 *
 * @param x At least two values.
 * @param y As many.
 * @returns A number in [-1, 1]; NaN where the values of one side are all equal.
 * @throws {RangeError} Where the numbers of values differ or are below two.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(rankCorrelation([1, 2, 3, 4], [9, 7, 8, 1]), -0.8);
 * ```
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length || x.length < 2) {
    throw new RangeError(
      `Cannot correlate ${x.length} with ${y.length} values: there must be as many of both, at least two`,
    );
  }
  const a = centred(ranks(x));
  const b = centred(ranks(y));
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Twice the rank of each value, so that shared ranks are whole. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const upTo = values.filter((other) => other <= value).length;
    return below + upTo + 1;
  });
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
