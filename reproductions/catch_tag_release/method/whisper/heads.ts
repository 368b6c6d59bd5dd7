/**
 * Heads of Whisper's decoder, and what they release.
 *
 * @module
 */
import type { LanguageModel } from "../../../../src/transformers/model/language_model.ts";
import type { HeadTrace } from "../../../../src/transformers/model/layer_trace.ts";

/** A head, counted from 0. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

/** One head on one window. */
export interface HeadReceived extends HeadPlace {
  /** The largest attention that a key receives from the queries after it. */
  readonly largest: number;
  readonly position: number;
  /** The same in the null that keeps the lags of the head alone. */
  readonly nullLargest: number;
  readonly sinks: readonly number[];
}

/** The head in which a pilot saw two sinks and a tag that speaks: layer 4, head 3. It was chosen on other windows. */
export const chosenHead: HeadPlace = { layer: 3, head: 2 };

/** Whether it is that one. */
export function isChosen({ layer, head }: HeadPlace): boolean {
  return layer === chosenHead.layer && head === chosenHead.head;
}

/**
 * What the tags of a head are in the residual stream: the values of its sinks through the output matrix.
 *
 * @param model The model.
 * @param head Its values.
 * @param sinks Keys.
 * @param place Which head it is.
 * @returns A vector for each sink.
 */
export async function releasedTags(
  { config, tensors }: LanguageModel,
  { values, dimension }: Pick<HeadTrace, "values" | "dimension">,
  sinks: readonly number[],
  { layer, head }: HeadPlace,
): Promise<Float64Array[]> {
  const name = `model.decoder.layers.${layer}.self_attn.out_proj.weight`;
  const matrix = await tensors.read(name, head * dimension, (head + 1) * dimension);
  return sinks.map((sink) => {
    const tag = new Float64Array(config.dim);
    for (let k = 0; k < dimension; k++) {
      const value = values[sink * dimension + k]!;
      for (let o = 0; o < config.dim; o++) tag[o]! += value * matrix[k * config.dim + o]!;
    }
    return tag;
  });
}
