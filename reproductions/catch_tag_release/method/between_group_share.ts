import { centred, checkPoints, type Points } from "../../../src/transformers/attention/points.ts";

/**
 * The share of the variance of labelled points that lies between their groups, Tr(S_B) / Tr(S_T):
 *
 *     sum over groups g of n_g ||mean_g - mean||^2 / sum over i of ||x_i - mean||^2
 *
 * the coefficient of determination of a one-way analysis of variance, over all coordinates.
 *
 * @param points `(n, dimension)`.
 * @param labels `(n)`, a whole number for each point.
 * @returns In [0, 1]; NaN where the points do not vary.
 * @throws {RangeError} Where they are no points, or not as many as labels.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const points = { values: Float64Array.of(-3, -1, 1, 3), dimension: 1 };
 * assertAlmostEquals(betweenGroupShare(points, [0, 0, 1, 1]), 16 / 20, 1e-15);
 * ```
 */
export function betweenGroupShare(points: Points, labels: ArrayLike<number>): number {
  checkPoints("compare groups", points, labels);
  const { dimension } = points;
  const around = centred(points);
  const sums = new Map<number, { count: number; sum: Float64Array }>();
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const group = sums.get(labels[i]!) ?? { count: 0, sum: new Float64Array(dimension) };
    sums.set(labels[i]!, group);
    group.count++;
    for (let k = 0; k < dimension; k++) {
      const value = around[i * dimension + k]!;
      group.sum[k]! += value;
      total += value * value;
    }
  }
  let between = 0;
  for (const { count, sum } of sums.values()) {
    between += sum.reduce((squares, value) => squares + value * value, 0) / count;
  }
  return between / total;
}
