/**
 * What the largest of some coefficients hold.
 *
 * @module
 */

/**
 * The energy that is left without the n largest coefficients, summed from the smallest on, so that small rests keep their digits.
 *
 * @param squares Squared coefficients; they are sorted in place.
 * @param counts The numbers n, rising, none above the number of coefficients.
 */
export function tailEnergies(squares: Float64Array, counts: readonly number[]): number[] {
  squares.sort();
  const tails: number[] = [];
  let sum = 0;
  let next = 0;
  for (const n of counts.toReversed()) {
    for (const end = squares.length - n; next < end; next++) sum += squares[next]!;
    tails.push(sum);
  }
  return tails.reverse();
}

/**
 * How many of the largest coefficients hold a share of their energy.
 *
 * @param squares Squared coefficients; they are sorted in place.
 * @param share In (0, 1).
 */
export function countForShare(squares: Float64Array, share: number): number {
  squares.sort();
  const total = squares.reduce((sum, square) => sum + square, 0);
  let sum = 0;
  let count = 0;
  while (sum < share * total) {
    count++;
    sum += squares[squares.length - count]!;
  }
  return count;
}
