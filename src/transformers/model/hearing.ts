import {
  concat,
  matMul,
  mul,
  reshape,
  slice,
  softmax,
  type Tensor,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import type { Heard } from "./language_model.ts";
import type { HearingWeights } from "./layer_weights.ts";
import { linear } from "./linear.ts";
import type { ModelConfig } from "./model_config.ts";
import { normalise } from "./normalise.ts";

/**
 * Attention of every token to every moment of an encoded sound (encoder-decoder attention, Vaswani et al., arXiv 1706.03762).
 *
 * @param residual `(windows, T, dim)`: the residual stream, which is normalised here.
 * @param heard The sound, which is not.
 * @returns `(windows, T, dim)`: what is added to the residual stream.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { zeros } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { readLayer } from "./layer_weights.ts";
 * import { randomModel } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const config = tinyConfig("whisper");
 * const model = randomModel(config, "hearing");
 * const { hearing: weights } = await readLayer(model, 0);
 * const added = hearing(zeros([1, 3, 32]), model.heard!, weights!, config);
 * assertEquals(added.shape, [1, 3, 32]);
 * backend.dispose();
 * ```
 */
export function hearing(
  residual: Tensor,
  { frames, states }: Heard,
  { norm, query, key, value, output }: HearingWeights,
  { heads, dim, normEps }: Pick<ModelConfig, "heads" | "dim" | "normEps">,
): Tensor {
  const [windows, length] = residual.shape as [number, number];
  const sound = tensor2d(states, [frames, dim]);
  const queries = reshape(linear(normalise(residual, norm, normEps), query), [windows * length, dim]);
  const heard = openAttention(queries, linear(sound, key), linear(sound, value), heads);
  return reshape(linear(heard, output), [windows, length, dim]);
}

/**
 * Multi-head attention without a mask, softmax(Q K^T / sqrt(dim / heads)) V, head by head, so that the scores of one head alone are in
 * memory.
 *
 * @param queries `(n, dim)`, the heads side by side.
 * @param keys `(m, dim)`.
 * @param values `(m, dim)`.
 * @param heads Their number.
 * @returns `(n, dim)`, the heads side by side.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor2d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const out = openAttention(tensor2d([[0, 0]]), tensor2d([[1, 2], [3, 4]]), tensor2d([[1, 2], [3, 6]]), 2);
 * assertEquals(Array.from(out.dataSync()), [2, 4]); // equal scores
 * backend.dispose();
 * ```
 */
export function openAttention(queries: Tensor, keys: Tensor, values: Tensor, heads: number): Tensor {
  const size = queries.shape[1]! / heads;
  const part = (of: Tensor, head: number) => slice(of, [0, head * size], [of.shape[0]!, size]);
  const outputs = Array.from({ length: heads }, (_, head) =>
    tidy(() => {
      const scores = matMul(mul(part(queries, head), 1 / Math.sqrt(size)), part(keys, head), false, true);
      return matMul(softmax(scores), part(values, head));
    }));
  return concat(outputs, 1);
}
