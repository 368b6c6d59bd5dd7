/**
 * The explicit weights of Theorem 7.1: how far the means that they compute are from the true ones.
 *
 * @module
 */
import { averagingConstruction } from "../../src/attention/averaging_construction.ts";
import { drawAveragingSequence } from "../../src/attention/averaging_task.ts";
import { toyForward } from "../../src/attention/toy_forward.ts";
import type { RunContext } from "../../src/reproduction.ts";
import { sequenceLength } from "./toy_training.ts";

/** How sharp the attention is: the error falls with it; the last one is judged. */
export const sharpnesses = [5, 10, 20] as const;

/** What the job depends on. */
export interface ConstructionParameters {
  readonly kind: "construction";
  /** How many sequences are drawn. */
  readonly sequences: number;
}

/** What the job found. */
export interface ConstructionResult {
  readonly kind: "construction";
  /** For each sharpness the largest absolute error over all sequences and all tokens after [SEP]. */
  readonly errors: readonly number[];
}

/** Compares the constructed network with the means. */
export function runConstruction(
  { sequences }: ConstructionParameters,
  context: RunContext,
): ConstructionResult {
  const errors = sharpnesses.map((beta) => {
    const network = averagingConstruction(beta);
    const stream = context.rng("catch_tag_release/construction", 0);
    let largest = 0;
    for (let n = 0; n < sequences; n++) {
      const { targets, ...sequence } = drawAveragingSequence(sequenceLength, stream);
      const { predictions } = toyForward(network, sequence);
      for (let i = sequence.separator + 1; i < sequenceLength; i++) {
        largest = Math.max(largest, Math.abs(predictions[i]! - targets[i]!));
      }
    }
    return largest;
  });
  return { kind: "construction", errors };
}
