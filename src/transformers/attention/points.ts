/** Points of a vector space, such as the values or the outputs of a head, one for each token. */
export interface Points {
  /** `(n, dimension)`, row-major. */
  readonly values: Float32Array | Float64Array;
  /** The dimension of the space. */
  readonly dimension: number;
}

/**
 * Checks points and, where there are any, their labels.
 *
 * @param action What they are wanted for, as the error message has it.
 * @returns The number of points n.
 * @throws {RangeError} Where they are no whole number of points, none, not finite, or not as many as labels.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(checkPoints("cluster", { values: Float32Array.of(1, 2, 3, 4), dimension: 2 }), 2);
 * const wrong = { values: Float32Array.of(1, 2, 3), dimension: 2 };
 * assertThrows(() => checkPoints("cluster", wrong), RangeError, "3 values are no whole number of points");
 * ```
 */
export function checkPoints(
  action: string,
  { values, dimension }: Points,
  labels?: ArrayLike<number>,
): number {
  if (!Number.isSafeInteger(dimension) || dimension < 1) {
    throw new RangeError(
      `Cannot ${action}: the dimension must be an integer >= 1: current value is ${dimension}`,
    );
  }
  const count = values.length / dimension;
  if (!Number.isInteger(count) || count === 0) {
    throw new RangeError(
      `Cannot ${action}: ${values.length} values are no whole number of points of dimension ${dimension}`,
    );
  }
  let bad = 0;
  while (bad < values.length && Number.isFinite(values[bad])) bad++;
  if (bad < values.length) {
    throw new RangeError(
      `Cannot ${action}: coordinates must be finite: that of point ${Math.floor(bad / dimension)} is ${
        values[bad]
      }`,
    );
  }
  if (labels !== undefined && labels.length !== count) {
    throw new RangeError(
      `Cannot ${action}: there must be a label for each point: ${count} points have ${labels.length} labels`,
    );
  }
  return count;
}

/**
 * Points around their mean.
 *
 * @returns `(n, dimension)` in float64.
 * @throws {RangeError} Where they are no points.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(centred({ values: Float32Array.of(1, 2, 3, 6), dimension: 2 }), Float64Array.of(-1, -2, 1, 2));
 * ```
 */
export function centred(points: Points): Float64Array {
  const count = checkPoints("centre points", points);
  const { values, dimension } = points;
  const mean = new Float64Array(dimension);
  for (let row = 0; row < values.length; row += dimension) {
    for (let k = 0; k < dimension; k++) mean[k]! += values[row + k]! / count;
  }
  const around = Float64Array.from(values);
  for (let row = 0; row < values.length; row += dimension) {
    for (let k = 0; k < dimension; k++) around[row + k]! -= mean[k]!;
  }
  return around;
}
