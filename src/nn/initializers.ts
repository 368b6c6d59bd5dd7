/**
 * Starting values of parameters, from named random streams.
 *
 * @module
 */
import type { RandomStream } from "../numeric/random/random_stream.ts";

/**
 * Fills a parameter.
 *
 * @param stream The random numbers.
 * @param shape The parameter: inputs before the last side, outputs along it.
 */
export type Initializer = (stream: RandomStream, shape: readonly number[]) => Float32Array;

/**
 * Normal values of standard deviation gain / sqrt(inputs): gain sqrt(2) is He's for rectifiers (He et al. 2015,
 * equation 10), 1 is LeCun's.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const values = scaledNormal(2)(randomStream("w", 1), [100, 100]);
 * const square = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
 * assertAlmostEquals(square, 0.04, 0.002); // four standard errors of 10,000 squares
 * ```
 */
export function scaledNormal(gain: number): Initializer {
  return (stream, shape) => {
    const deviation = gain / Math.sqrt(product(shape.slice(0, -1)));
    return Float32Array.from({ length: product(shape) }, () => deviation * stream.normal());
  };
}

/**
 * Uniform values in +-sqrt(6 / (inputs + outputs)), Glorot and Bengio (2010), equation 16. A filter's inputs and
 * outputs are counted with its taps.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * assert(glorotUniform(randomStream("w", 1), [2, 4]).every((value) => Math.abs(value) <= 1));
 * ```
 */
export const glorotUniform: Initializer = (stream, shape): Float32Array => {
  const taps = product(shape.slice(0, -2));
  const limit = Math.sqrt(6 / (taps * (shape.at(-2)! + shape.at(-1)!)));
  return Float32Array.from({ length: product(shape) }, () => limit * (2 * stream.uniform() - 1));
};

/** The same value everywhere. */
export function constant(value: number): Initializer {
  return (_, shape) => new Float32Array(product(shape)).fill(value);
}

/**
 * Orthonormal rows or columns, whichever are fewer, by Gram-Schmidt on normal values, in float64.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const [a, b, c, d] = orthogonal(randomStream("w", 1), [2, 2]) as unknown as number[];
 * assertAlmostEquals(a! * b! + c! * d!, 0, 1e-6);
 * ```
 */
export const orthogonal: Initializer = (stream, shape): Float32Array => {
  const columns = shape.at(-1)!;
  const rows = product(shape) / columns;
  const wide = columns > rows;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => stream.normal()));
  for (const [i, vector] of vectors.entries()) {
    // Twice is enough (Kahan and Parlett): the second round removes what rounding left of the first.
    for (let round = 0; round < 2; round++) {
      for (const other of vectors.slice(0, i)) subtractProjection(vector, other);
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k]! /= norm;
  }
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    return wide ? vectors[row]![column]! : vectors[column]![row]!;
  });
};

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const overlap = dot(vector, unit);
  for (let k = 0; k < vector.length; k++) vector[k]! -= overlap * unit[k]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function product(shape: readonly number[]): number {
  return shape.reduce((result, side) => result * side, 1);
}
