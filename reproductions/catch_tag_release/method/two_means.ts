import { checkPoints, type Points } from "../../../src/transformers/attention/points.ts";
import { principalComponents } from "./principal_components.ts";

/**
 * Two clusters of points: Lloyd's iteration for k-means with k = 2, from the split by the sign of the first principal
 * component (Ding and He, K-means clustering via principal component analysis, ICML 2004), until no point changes its cluster. Nothing in it is random.
 *
 * @param points `(n, dimension)`.
 * @returns `(n)`: 0 or 1; the first point has 0. All are 0 where the points are equal.
 * @throws {RangeError} Where they are no points.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const points = { values: Float64Array.of(0, 10, 1, 9, 11), dimension: 1 };
 * assertEquals(Array.from(twoMeans(points)), [0, 1, 0, 1, 1]);
 * ```
 */
export function twoMeans(points: Points): Uint8Array {
  const count = checkPoints("cluster points", points);
  let clusters = Uint8Array.from(principalComponents(points, 1).scores, (score) => score > 0 ? 1 : 0);
  // The inertia falls with every change, so the iteration ends.
  for (;;) {
    const centres = [0, 1].map((cluster) => meanOf(points, clusters, cluster));
    const next = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const [first, second] = centres.map((centre) => squaredDistance(points, i, centre)) as [number, number];
      next[i] = second < first || (second === first && clusters[i] === 1) ? 1 : 0;
    }
    if (next.every((cluster, i) => cluster === clusters[i])) break;
    clusters = next;
  }
  return clusters[0] === 0 ? clusters : clusters.map((cluster) => 1 - cluster);
}

/** The mean of a cluster; of an empty one a point that is nearest to nothing. */
function meanOf({ values, dimension }: Points, clusters: Uint8Array, cluster: number): Float64Array {
  const mean = new Float64Array(dimension);
  let count = 0;
  for (const [i, own] of clusters.entries()) {
    if (own !== cluster) continue;
    count++;
    for (let k = 0; k < dimension; k++) mean[k]! += values[i * dimension + k]!;
  }
  return count === 0 ? mean.fill(Infinity) : mean.map((sum) => sum / count);
}

function squaredDistance({ values, dimension }: Points, i: number, centre: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += (values[i * dimension + k]! - centre[k]!) ** 2;
  return sum;
}
