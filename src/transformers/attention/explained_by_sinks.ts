import { checkPositions } from "./attention_map.ts";
import { centred, checkPoints, type Points } from "./points.ts";

/** What one head made of one sequence. */
export interface HeadOutputs {
  /** Value vectors V, `(T, dimension)`. */
  readonly values: Float32Array | Float64Array;
  /** Outputs Z = A V, `(T, dimension)`. */
  readonly outputs: Float32Array | Float64Array;
  /** The dimension of both. */
  readonly dimension: number;
}

/** A share of variance beside what chance gives. */
export interface ExplainedShare {
  /** In [0, 1]; NaN where the outputs do not vary. */
  readonly share: number;
  /** What a uniformly random subspace of the same rank explains on average: rank / dimension. */
  readonly random: number;
  /** The dimension of the span. */
  readonly rank: number;
}

/** A vector whose part outside the span so far is this small a part of it adds nothing to the span. */
const dependent = 1e-6;

/**
 * The share of the variance of a head's outputs that lies in the span of the value vectors of its sinks, the tags:
 *
 *     R^2 = ||P Z_c||_F^2 / ||Z_c||_F^2
 *
 * with Z_c the outputs around their mean and P the orthogonal projection on span{v_s : s a sink} (Zhang, Khan and
 * Papyan, arXiv 2502.00919, section 3.2: 20 to 40 %, up to 70 %, in language models).
 *
 * @param head Values and outputs.
 * @param sinks Positions of the sinks.
 * @throws {RangeError} Where values and outputs differ in size, or a sink is no position.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const head = {
 *   values: Float64Array.of(2, 0, 0, 1, 1, 1),
 *   outputs: Float64Array.of(3, 0, -3, 0, 0, 0),
 *   dimension: 2,
 * };
 * assertEquals(explainedBySinks(head, [0]), { share: 1, random: 0.5, rank: 1 });
 * assertEquals(explainedBySinks(head, [1]).share, 0);
 * ```
 */
export function explainedBySinks(head: HeadOutputs, sinks: readonly number[]): ExplainedShare {
  const { values, outputs, dimension } = head;
  const length = checkPoints("explain outputs", { values: outputs, dimension });
  if (checkPoints("explain outputs", { values, dimension }) !== length) {
    throw new RangeError(
      `Cannot explain outputs: there must be a value vector for each: ${length} outputs have ${
        values.length / dimension
      }`,
    );
  }
  checkPositions("explain outputs", sinks, length);
  const tags = sinks.map((sink) => values.subarray(sink * dimension, (sink + 1) * dimension));
  return explainedBySpan({ values: outputs, dimension }, tags);
}

/**
 * The share of the variance of points that lies in the span of vectors.
 *
 * @param points The points.
 * @param vectors Vectors of their dimension.
 * @throws {RangeError} Where they are no points.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const points = { values: Float64Array.of(3, 0, -3, 0, 0, 1, 0, -1), dimension: 2 };
 * assertEquals(explainedBySpan(points, [Float64Array.of(5, 0)]), { share: 0.9, random: 0.5, rank: 1 });
 * ```
 */
export function explainedBySpan(
  points: Points,
  vectors: readonly (Float32Array | Float64Array)[],
): ExplainedShare {
  const { dimension } = points;
  const basis = orthonormalBasis(vectors.map((vector) => Float64Array.from(vector)));
  const around = centred(points);
  let [explained, total] = [0, 0];
  for (let at = 0; at < around.length; at += dimension) {
    const output = around.subarray(at, at + dimension);
    total += dot(output, output);
    for (const direction of basis) explained += dot(output, direction) ** 2;
  }
  return { share: explained / total, random: basis.length / dimension, rank: basis.length };
}

/** Gram and Schmidt, each vector twice, so that rounding leaves no part of the earlier directions. */
function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    for (const direction of [...basis, ...basis]) {
      const part = dot(vector, direction);
      for (let k = 0; k < vector.length; k++) vector[k]! -= part * direction[k]!;
    }
    const after = Math.sqrt(dot(vector, vector));
    if (after > dependent * before) basis.push(vector.map((value) => value / after));
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
