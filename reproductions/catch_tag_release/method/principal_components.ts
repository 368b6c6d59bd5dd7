import { symmetricEigen } from "../../../src/numeric/linalg/symmetric_eigen.ts";
import { centred, type Points } from "../../../src/transformers/attention/points.ts";

/** Points in the coordinates of their principal components. */
export interface Components {
  /** `(n, count)`. */
  readonly scores: Float64Array;
  /** `(count)`: the variance (divided by n) along each, falling. */
  readonly variances: Float64Array;
}

/**
 * The first principal components of points, from the eigenvectors of their covariance or, where there are fewer points
 * than dimensions, of their Gram matrix. The sign of each component is such that its score of largest
 * size is positive.
 *
 * @param points Activations of the tokens, `(n, dimension)`.
 * @param count How many components; those beyond min(n, dimension) are 0.
 * @throws {RangeError} Where they are no points.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const points = { values: Float64Array.of(3, 4, -3, -4), dimension: 2 };
 * const { scores, variances } = principalComponents(points, 1);
 * assertAlmostEquals(Math.abs(scores[0]!), 5, 1e-12);
 * assertAlmostEquals(variances[0]!, 25, 1e-12);
 * ```
 */
export function principalComponents(points: Points, count: number = 3): Components {
  const around = centred(points);
  const { dimension } = points;
  const n = around.length / dimension;
  const byRows = n < dimension;
  const side = byRows ? n : dimension;
  const at = byRows
    ? (i: number, k: number) => i * dimension + k
    : (i: number, k: number) => k * dimension + i;
  const products = new Float64Array(side * side);
  for (let i = 0; i < side; i++) {
    for (let j = i; j < side; j++) {
      let sum = 0;
      for (let k = 0; k < (byRows ? dimension : n); k++) sum += around[at(i, k)]! * around[at(j, k)]!;
      products[i * side + j] = products[j * side + i] = sum / n;
    }
  }
  const { values, vectors } = symmetricEigen(products, side);
  const scores = new Float64Array(n * count);
  for (let c = 0; c < Math.min(count, side); c++) {
    const vector = vectors.subarray(c * side, (c + 1) * side);
    // Of the Gram matrix the eigenvector is the score itself, but for its length.
    const length = Math.sqrt(n * Math.max(values[c]!, 0));
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const score = byRows ? vector[i]! * length : project(around.subarray(i * dimension), vector);
      scores[i * count + c] = score;
      if (Math.abs(score) > Math.abs(largest)) largest = score;
    }
    if (largest < 0) { for (let i = 0; i < n; i++) scores[i * count + c]! *= -1; }
  }
  const variances = Float64Array.from({ length: count }, (_, c) => Math.max(values[c] ?? 0, 0));
  return { scores, variances };
}

function project(point: Float64Array, direction: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < direction.length; k++) sum += point[k]! * direction[k]!;
  return sum;
}

/**
 * The first three principal components of points as red, green and blue, each brought to [0, 1] by its least and
 * largest value: the colouring of the figures of Zhang, Khan and Papyan (arXiv 2502.00919). A component that does not vary is 0.5.
 *
 * @param points Activations of the tokens, `(n, dimension)`.
 * @returns A colour for each point.
 * @throws {RangeError} Where they are no points.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const points = { values: Float64Array.of(0, 4, 1), dimension: 1 };
 * assertEquals(componentColours(points).map(([red]) => red), [0, 1, 0.25]);
 * ```
 */
export function componentColours(points: Points): [number, number, number][] {
  const { scores } = principalComponents(points, 3);
  const channels = [0, 1, 2].map((c) => {
    const channel = scores.filter((_, at) => at % 3 === c);
    const least = Math.min(...channel);
    const most = Math.max(...channel);
    return channel.map((score) => most > least ? (score - least) / (most - least) : 0.5);
  });
  return Array.from(channels[0]!, (red, i) => [red, channels[1]![i]!, channels[2]![i]!]);
}
