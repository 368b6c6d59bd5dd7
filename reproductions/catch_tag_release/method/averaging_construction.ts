import type { ToyNetwork } from "./toy_network.ts";

/** Coordinates of the residual stream. */
const [value, one, flag, tag, output] = [0, 1, 2, 3, 4];
const width = 5;

/**
 * Weights with which two layers average the numbers after [SEP], written down instead of learnt, after Theorem 7.1 of Zhang, Khan
 * and Papyan (arXiv 2502.00919). The residual stream holds (value, 1, flag of [SEP], tag, output):
 *
 * - layer 1 catches: q = beta, k = flag, so that every token after [SEP] attends to it alone, and tags: v = flag, written
 *   to the tag;
 * - layer 2 releases: q = beta, k = tag - 2 flag, so that a token attends to the tagged tokens but not to [SEP], and v = value,
 *   written to the output, which is read out.
 *
 * The error falls like exp(-beta), since a weight that should be 0 is exp(-beta) of one that should not.
 *
 * @param beta How sharp the attention is; > 0.
 * @throws {RangeError} Where beta is not a positive number.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { toyForward } from "./toy_forward.ts";
 *
 * const sequence = { numbers: Float64Array.of(7, 0, 1, 2, 6), separator: 1 };
 * const { predictions } = toyForward(averagingConstruction(20), sequence);
 * assertAlmostEquals(predictions[4]!, 3, 1e-6);
 * ```
 */
export function averagingConstruction(beta: number): ToyNetwork {
  if (!(beta > 0 && beta < Infinity)) {
    throw new RangeError(`Cannot construct the network: beta must be > 0: current value is ${beta}`);
  }
  // Queries and keys are one number each; it stands in coordinate 0.
  const query = matrix([one, 0, beta]);
  return {
    width,
    slope: row([value, 1]),
    offset: row([one, 1]),
    separator: row([one, 1], [flag, 1]),
    layers: [
      { query, key: matrix([flag, 0, 1]), value: matrix([flag, tag, 1]) },
      { query, key: matrix([tag, 0, 1], [flag, 0, -2]), value: matrix([value, output, 1]) },
    ],
    readout: row([output, 1]),
    bias: 0,
  };
}

function row(...entries: readonly [number, number][]): Float64Array {
  const numbers = new Float64Array(width);
  for (const [at, number] of entries) numbers[at] = number;
  return numbers;
}

/** From a coordinate, to a coordinate, how much. */
function matrix(...entries: readonly [number, number, number][]): Float64Array {
  const numbers = new Float64Array(width * width);
  for (const [from, to, number] of entries) numbers[from * width + to] = number;
  return numbers;
}
