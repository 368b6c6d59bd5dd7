import { checkPoints, type Points } from "../../../src/transformers/attention/points.ts";

/**
 * The mean silhouette of labelled points (Rousseeuw, Journal of Computational and Applied Mathematics 20, 1987):
 *
 *     s(i) = (b(i) - a(i)) / max(a(i), b(i))
 *
 * with a(i) the mean Euclidean distance to the other points of the same label and b(i) the least mean distance to the points of
 * another label; s(i) = 0 for a point that is alone with its label, and where all distances are 0.
 *
 * @param points `(n, dimension)`.
 * @param labels `(n)`, a whole number for each point, two different ones at least.
 * @returns In [-1, 1].
 * @throws {RangeError} Where they are no points, or there are not two labels.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const points = { values: Float64Array.of(0, 1, 9, 10), dimension: 1 };
 * assertAlmostEquals(silhouette(points, [0, 0, 1, 1]), (2 * (1 - 1 / 9.5) + 2 * (1 - 1 / 8.5)) / 4, 1e-12);
 * ```
 */
export function silhouette(points: Points, labels: ArrayLike<number>): number {
  checkPoints("measure the silhouette", points, labels);
  return silhouetteByDistances(pairwiseDistances(points), labels);
}

/**
 * The same, where the distances are known: several labellings of the same points then take them once.
 *
 * @param distances `(n, n)`.
 * @param labels `(n)`.
 * @throws {RangeError} Where there are not two labels.
 */
export function silhouetteByDistances(distances: Float64Array, labels: ArrayLike<number>): number {
  const count = labels.length;
  const groups = [...new Set(Array.from(labels))];
  if (groups.length < 2) {
    throw new RangeError(
      `Cannot measure the silhouette: there must be two labels: current number is ${groups.length}`,
    );
  }
  const group = Array.from(labels, (label) => groups.indexOf(label));
  const sizes = groups.map((_, g) => group.filter((own) => own === g).length);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const own = group[i]!;
    if (sizes[own] === 1) continue;
    const sums = new Float64Array(groups.length);
    for (let j = 0; j < count; j++) sums[group[j]!]! += distances[i * count + j]!;
    const within = sums[own]! / (sizes[own]! - 1);
    const between = Math.min(
      ...sums.map((total, g) => g === own ? Infinity : total / sizes[g]!),
    );
    const larger = Math.max(within, between);
    if (larger > 0) sum += (between - within) / larger;
  }
  return sum / count;
}

/**
 * Euclidean distances.
 *
 * @param points `(n, dimension)`.
 * @returns `(n, n)`.
 */
export function pairwiseDistances(points: Points): Float64Array {
  const count = points.values.length / points.dimension;
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      distances[i * count + j] = distances[j * count + i] = distance(points, i, j);
    }
  }
  return distances;
}

function distance({ values, dimension }: Points, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += (values[i * dimension + k]! - values[j * dimension + k]!) ** 2;
  return Math.sqrt(sum);
}
