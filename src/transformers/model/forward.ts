import { add, type Tensor, tensor3d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { DataError } from "../../errors.ts";
import { feedForward } from "./feed_forward.ts";
import { firstNonFinite } from "./first_non_finite.ts";
import { forwardBytes, gibibytes, largestForwardBytes } from "./forward_memory.ts";
import type { LanguageModel } from "./language_model.ts";
import { hearing } from "./hearing.ts";
import { embeddingName, positionsName, readFinalNorm, readLayer } from "./layer_weights.ts";
import { LayerTrace } from "./layer_trace.ts";
import type { ModelConfig } from "./model_config.ts";
import { normalise } from "./normalise.ts";
import { readAndDispose } from "./read_and_dispose.ts";
import { type AttentionTensors, largestScore, positionsOf, selfAttention } from "./self_attention.ts";

/** What {@linkcode forward} does beside the result. */
export interface ForwardOptions {
  /** Sees the intermediates of each layer, in order; they are gone when it returns. */
  readonly observe?: (trace: LayerTrace) => void;
  /** Changes `outputs` of each layer in place, before the output matrix; traces and all that follows have what it leaves. */
  readonly edit?: (made: LayerOutputs) => void;
}

/** What the heads of a layer made, for an experiment that changes it. */
export interface LayerOutputs {
  /** The layer, from 0. */
  readonly layer: number;
  /** `(windows, heads, T, T)`: row = query. */
  readonly attention: Float32Array;
  /** `(windows, kvHeads, T, headSize)`. */
  readonly values: Float32Array;
  /** `(windows, heads, T, headSize)`: to be changed. */
  readonly outputs: Float32Array;
}

/**
 * Runs windows of tokens through a model, all positions at once and without a cache, in float32 on the current backend
 * (`startBackend`). The weights of a layer are read when it is its turn, so no more than one layer is in
 * memory at a time where they come from a file.
 *
 * @param model The model.
 * @param tokens `(windows, length)` token numbers.
 * @param length Tokens of a window, T.
 * @returns The residual stream after the last normalisation, `(windows, length, dim)`: what the read-out multiplies.
 * @throws {RangeError} Where the windows are not whole, longer than the context or take too much memory, or a token has no embedding.
 * @throws {DataError} Where a weight is NaN or infinite, or numbers grow beyond float32, with the tensor or the layer.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { randomModel } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const shares: number[] = [];
 * const model = randomModel(tinyConfig("llama"), "forward");
 * const final = await forward(model, Int32Array.of(1, 2, 3, 4), 2, {
 *   observe: (trace) => shares.push(trace.attention()[0]!), // the first token has but itself
 * });
 * assertEquals([final.length, shares], [2 * 2 * 32, [1, 1]]);
 * backend.dispose();
 * ```
 */
export async function forward(
  model: LanguageModel,
  tokens: Int32Array,
  length: number,
  { observe, edit }: ForwardOptions = {},
): Promise<Float32Array> {
  const { config } = model;
  checkTokens(config, tokens, length);
  checkMemory(config, tokens.length / length, length);
  const positions = positionsOf(config, length);
  let residual: Tensor = tensor3d(await embed(model, tokens, length), [
    tokens.length / length,
    length,
    config.dim,
  ]);
  for (let layer = 0; layer < config.layers; layer++) {
    const weights = await readLayer(model, layer);
    const { after, ...tensors } = tidy(() => {
      const normed = normalise(residual, weights.attentionNorm, config.normEps);
      const { added, queries, keys, ...kept } = selfAttention(
        normed,
        weights,
        config,
        positions,
        edit && ((made) => edited(made, layer, edit)),
      );
      const attended = add(residual, added);
      const between = weights.hearing === undefined
        ? attended
        : add(attended, hearing(attended, model.heard!, weights.hearing, config));
      const fed = feedForward(normalise(between, weights.feedForwardNorm, config.normEps), weights);
      const after = add(between, fed);
      checkScores({ queries, keys }, config.headSize, layer);
      checkResidual(between, `after the attention of layer ${layer + 1}`);
      checkResidual(after, `after layer ${layer + 1}`);
      return { after, ...kept };
    });
    observe?.(new LayerTrace(config, layer, { ...tensors, residual: after }));
    for (const tensor of [residual, ...Object.values(tensors)]) tensor.dispose();
    residual = after;
  }
  const norm = await readFinalNorm(model);
  const final = readAndDispose(tidy(() => normalise(residual, norm, config.normEps)));
  if (firstNonFinite(final) >= 0) throw overflow("after the last normalisation", "the residual stream");
  for (const tensor of [residual, positions.mask, ...Object.values(positions.rope ?? {})]) tensor.dispose();
  return final;
}

/** The outputs that an experiment leaves. */
function edited(
  { attention, values, outputs }: Pick<AttentionTensors, "attention" | "values" | "outputs">,
  layer: number,
  edit: (made: LayerOutputs) => void,
): Tensor {
  const [left, ...read] = [outputs, attention, values].map((tensor) => tensor.dataSync() as Float32Array);
  const changed = left!.slice();
  edit({ layer, attention: read[0]!, values: read[1]!, outputs: changed });
  return tensor4d(changed, outputs.shape as [number, number, number, number]);
}

/** Embeddings of the tokens and, where they are learned, of their positions. */
async function embed(model: LanguageModel, tokens: Int32Array, length: number): Promise<Float32Array> {
  const { dim, rope } = model.config;
  const table = embeddingName(model);
  const found = new Float32Array(tokens.length * dim);
  for (const [at, token] of tokens.entries()) {
    found.set(await model.tensors.read(table, token, token + 1), at * dim);
  }
  if (rope === null) {
    const places = await model.tensors.read(positionsName(model), 0, length);
    for (let at = 0; at < found.length; at++) found[at]! += places[at % places.length]!;
  }
  return found;
}

/** No result of float32 is larger. */
const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

/**
 * Checks that no score of a query with a key comes near what hides later keys, by |q . k| <= |q| |k|; softmax would make NaN or a look
 * into the future of it.
 */
function checkScores(
  { queries, keys }: { readonly queries: Tensor; readonly keys: Tensor },
  headSize: number,
  layer: number,
): void {
  const longest = (vectors: Tensor) => Math.sqrt(largestSquare(vectors.dataSync() as Float32Array, headSize));
  const most = longest(queries) * longest(keys);
  if (!(most <= largestScore)) throw overflow(`in the attention of layer ${layer + 1}`, "a score");
}

/** Checks that the normalisation behind the residual stream can square it: it would make 0 of what is too large for that. */
function checkResidual(residual: Tensor, place: string): void {
  const most = largestSquare(residual.dataSync() as Float32Array, residual.shape.at(-1)!);
  if (!(most <= largestFloat32)) throw overflow(place, "the residual stream");
}

/** The largest sum of squares of a row, in float64; NaN where a number is none. */
function largestSquare(values: Float32Array, length: number): number {
  let largest = 0;
  for (let row = 0; row < values.length; row += length) {
    let sum = 0;
    for (let at = row; at < row + length; at++) sum += values[at]! ** 2;
    if (!(sum <= largest)) largest = sum;
    if (Number.isNaN(sum)) break;
  }
  return largest;
}

function overflow(place: string, what: string): DataError {
  return new DataError(
    `Cannot run the model: ${what} ${place} is too large for float32, or is no number: its weights are damaged or of another scale`,
  );
}

function checkMemory(config: ModelConfig, windows: number, length: number): void {
  const bytes = forwardBytes(config, windows, length);
  if (bytes > largestForwardBytes) {
    throw new RangeError(
      `Cannot run ${windows} windows of ${length} tokens at once: they may take ${
        gibibytes(largestForwardBytes)
      } GiB: ` +
        `the need is ${gibibytes(bytes)} GiB: take shorter or fewer ones`,
    );
  }
}

function checkTokens({ vocab, context }: ModelConfig, tokens: Int32Array, length: number): void {
  if (!Number.isInteger(length) || length < 1 || length > context) {
    throw new RangeError(
      `Cannot run windows of ${length} tokens: their number must be from 1 to the context of the model, ${context}`,
    );
  }
  if (tokens.length === 0 || tokens.length % length !== 0) {
    throw new RangeError(
      `Cannot run ${tokens.length} tokens: they must be whole windows of ${length} tokens, one at least`,
    );
  }
  const wrong = tokens.find((token) => token < 0 || token >= vocab);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot run token ${wrong}: it must be in the vocabulary of the model, 0..${vocab - 1}`,
    );
  }
}
