/**
 * Probabilistic max-pooling: blocks of hidden units of which one at most is on.
 *
 * @module
 */
import { exponential } from "../../numeric/elementary.ts";
import type { RandomStream } from "../../numeric/random/random_stream.ts";

/** What drives hidden units. */
export interface Drive {
  /** `(rows, columns, filters)`. */
  readonly values: Float32Array;
  /** A multiple of the side of a block. */
  readonly rows: number;
  /** A multiple of the side of a block. */
  readonly columns: number;
  /** How many units stand at each place. */
  readonly filters: number;
}

/**
 * The probabilities of hidden units, exp(drive) / (1 + sum of exp(drive) over the block), and a sample of them.
 *
 * @param drive What drives them.
 * @param pool Rows and columns of a block.
 * @param stream Samples: one number for each block; without it nothing is sampled and every state is 0.
 * @returns Both in the shape of the drive.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const drive = { values: Float32Array.of(0, 0, 0, 0), rows: 2, columns: 2, filters: 1 };
 * assertAlmostEquals(sampleBlocks(drive, 2).probabilities[3]!, 1 / 5, 1e-7);
 * ```
 */
export function sampleBlocks(
  drive: Drive,
  pool: number,
  stream?: RandomStream,
): { readonly probabilities: Float32Array; readonly states: Float32Array } {
  const { values, filters } = drive;
  const probabilities = new Float32Array(values.length);
  const states = new Float32Array(stream === undefined ? 0 : values.length);
  const offsets = unitOffsets(drive, pool);
  const weights = new Float64Array(offsets.length);
  for (const corner of corners(drive, pool)) {
    for (let first = corner; first < corner + filters; first++) {
      const sum = blockWeights(values, first, offsets, weights);
      let left = stream === undefined ? -1 : stream.uniform();
      for (let k = 0; k < offsets.length; k++) {
        const probability = weights[k]! / sum;
        probabilities[first + offsets[k]!] = probability;
        if (left < 0) continue;
        left -= probability;
        if (left < 0) states[first + offsets[k]!] = 1;
      }
    }
  }
  return { probabilities, states };
}

/**
 * The probability of each block to have a unit that is on.
 *
 * @returns `(rows / pool, columns / pool, filters)`.
 */
export function poolingProbabilities(drive: Drive, pool: number): Float32Array {
  const { values, filters } = drive;
  const offsets = unitOffsets(drive, pool);
  const weights = new Float64Array(offsets.length);
  const pooled = new Float32Array(values.length / offsets.length);
  let block = 0;
  for (const corner of corners(drive, pool)) {
    for (let first = corner; first < corner + filters; first++) {
      const sum = blockWeights(values, first, offsets, weights);
      let on = 0;
      for (let k = 0; k < offsets.length; k++) on += weights[k]!;
      pooled[block++] = on / sum;
    }
  }
  return pooled;
}

/** Fills in exp(drive) of a block and gives 1 + their sum, all of them divided so that none is infinite. */
function blockWeights(
  values: Float32Array,
  first: number,
  offsets: Int32Array,
  weights: Float64Array,
): number {
  let most = 0;
  for (let k = 0; k < offsets.length; k++) {
    const value = values[first + offsets[k]!]!;
    if (value > most) most = value;
  }
  let sum = exponential(-most);
  for (let k = 0; k < offsets.length; k++) {
    const weight = exponential(values[first + offsets[k]!]! - most);
    weights[k] = weight;
    sum += weight;
  }
  return sum;
}

/** How far the units of a block stand behind its first one. */
function unitOffsets({ columns, filters }: Drive, pool: number): Int32Array {
  return Int32Array.from(
    { length: pool * pool },
    (_, k) => (Math.floor(k / pool) * columns + k % pool) * filters,
  );
}

/** Where the first unit of each block stands, of the first filter. */
function corners({ rows, columns, filters }: Drive, pool: number): Int32Array {
  const across = columns / pool;
  return Int32Array.from({ length: rows / pool * across }, (_, block) => {
    const row = pool * Math.floor(block / across);
    return (row * columns + pool * (block % across)) * filters;
  });
}
