import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** A sequence of numbers with one separator in it, and the means that a network has to tell. */
export interface AveragingSequence {
  /** `(T)`; 0 at the separator. */
  readonly numbers: Float64Array;
  /** The position of the separator [SEP]. */
  readonly separator: number;
  /** `(T)`: at each position after [SEP] the mean of the numbers from there on, elsewhere 0. */
  readonly targets: Float64Array;
}

/** Tokens after [SEP] at least. */
const fewestAfter = 2;

/**
 * Samples a sequence of the averaging task of Zhang, Khan and Papyan (arXiv 2502.00919, section 7): numbers from N(0, 1)
 * with one [SEP] among them, uniform in 1..T-3 (positions from 0); the mean of the numbers after it is asked for. The
 * range of [SEP] is ours: one number before it at least and two after it.
 *
 * @param length The number of tokens T, at least 4.
 * @param stream Where the position, then the numbers are sampled from.
 * @throws {RangeError} Where the sequence is too short.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../../src/numeric/random/random_stream.ts";
 *
 * const { numbers, separator, targets } = sampleAveragingSequence(8, randomStream("task", 0));
 * assertEquals(numbers[separator], 0);
 * assertEquals(targets[separator + 1], numbers[separator + 1]);
 * ```
 */
export function sampleAveragingSequence(length: number, stream: RandomStream): AveragingSequence {
  if (!Number.isSafeInteger(length) || length < fewestAfter + 2) {
    throw new RangeError(
      `Cannot sample a sequence: its length must be an integer >= ${
        fewestAfter + 2
      }: current value is ${length}`,
    );
  }
  const separator = 1 + stream.integer(length - 1 - fewestAfter);
  const numbers = Float64Array.from({ length }, (_, i) => i === separator ? 0 : stream.normal());
  const targets = new Float64Array(length);
  let sum = 0;
  for (let i = separator + 1; i < length; i++) {
    sum += numbers[i]!;
    targets[i] = sum / (i - separator);
  }
  return { numbers, separator, targets };
}
