import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { averagingConstruction } from "./averaging_construction.ts";
import { sampleAveragingSequence } from "./averaging_task.ts";
import { toyForward } from "./toy_forward.ts";

/**
 * How far the means that the explicit weights of Theorem 7.1 compute are from the true ones.
 *
 * @param beta How sharp the attention is.
 * @param sequences How many random sequences are tried.
 * @param length Tokens of a sequence.
 * @param stream Where they are sampled from.
 * @returns The largest absolute error over all sequences and all tokens after [SEP].
 */
export function constructionError(
  beta: number,
  sequences: number,
  length: number,
  stream: RandomStream,
): number {
  const network = averagingConstruction(beta);
  let largest = 0;
  for (let n = 0; n < sequences; n++) {
    const { targets, ...sequence } = sampleAveragingSequence(length, stream);
    const { predictions } = toyForward(network, sequence);
    for (let i = sequence.separator + 1; i < length; i++) {
      largest = Math.max(largest, Math.abs(predictions[i]! - targets[i]!));
    }
  }
  return largest;
}
