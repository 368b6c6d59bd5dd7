import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  slice,
  softmax,
  sub,
  type Tensor,
  tensor2d,
  transpose,
} from "@tensorflow/tfjs-core";
import type { LayerWeights } from "./layer_weights.ts";
import { linear } from "./linear.ts";
import type { ModelConfig } from "./model_config.ts";
import { ropeAngles } from "./rope_angles.ts";

/** What softmax gets added to the score of a later key: its weight is exactly 0 where no score comes near {@linkcode largestScore}. */
const masked = -1e30;

/** Scores up to this size vanish beside {@linkcode masked}, which float32 holds to 24 bits, and do not overflow. */
export const largestScore = 1e22;

/** What all layers share for one length T. */
export interface Positions {
  /** `(T, T)`: 0 for keys up to the query, {@linkcode masked} for later ones. */
  readonly mask: Tensor;
  /** `(T, headSize / 2)` each; `null` without RoPE. */
  readonly rope: { readonly cosines: Tensor; readonly sines: Tensor } | null;
}

/** The tensors of {@linkcode selfAttention}. */
export interface AttentionTensors {
  /** `(windows, heads, T, headSize)`, turned by RoPE. */
  readonly queries: Tensor;
  /** `(windows, kvHeads, T, headSize)`, turned by RoPE. */
  readonly keys: Tensor;
  /** `(windows, heads, T, T)`: row = query. */
  readonly attention: Tensor;
  /** `(windows, kvHeads, T, headSize)`. */
  readonly values: Tensor;
  /** `(windows, heads, T, headSize)`: attention times values. */
  readonly outputs: Tensor;
  /** `(windows, T, dim)`: what is added to the residual stream. */
  readonly added: Tensor;
}

/** Mask and angles for windows of T = `length` tokens. */
export function positionsOf({ rope, headSize }: ModelConfig, length: number): Positions {
  const mask = new Float32Array(length * length);
  for (let i = 0; i < length; i++) mask.fill(masked, i * length + i + 1, (i + 1) * length);
  const angles = rope === null ? null : ropeAngles(rope, headSize, length);
  const shape: [number, number] = [length, headSize / 2];
  return {
    mask: tensor2d(mask, [length, length]),
    rope: angles && { cosines: tensor2d(angles.cosines, shape), sines: tensor2d(angles.sines, shape) },
  };
}

/**
 * Causal multi-head attention, A = softmax(Q K^T / sqrt(headSize)), Z = A V, the heads' Z side by side through the
 * output matrix. Consecutive query heads share a key and value head (grouped-query attention, arXiv 2305.13245).
 *
 * @param x `(windows, T, dim)`, normalised.
 * @param edit Gives what takes the place of the outputs, for experiments.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor3d } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { readLayer } from "./layer_weights.ts";
 * import { randomModel } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const config = tinyConfig("llama");
 * const weights = await readLayer(randomModel(config, "attention"), 0);
 * const x = tensor3d(new Float32Array(3 * 32), [1, 3, 32]);
 * const { attention } = selfAttention(x, weights, config, positionsOf(config, 3));
 * assertEquals(Array.from(attention.dataSync().slice(0, 6)), [1, 0, 0, 0.5, 0.5, 0]); // equal scores
 * backend.dispose();
 * ```
 */
export function selfAttention(
  x: Tensor,
  { qkv, output }: Pick<LayerWeights, "qkv" | "output">,
  { heads, kvHeads, headSize }: Pick<ModelConfig, "heads" | "kvHeads" | "headSize">,
  { mask, rope }: Positions,
  edit: (made: Pick<AttentionTensors, "attention" | "values" | "outputs">) => Tensor = ({ outputs }) =>
    outputs,
): AttentionTensors {
  const [windows, length] = x.shape as [number, number];
  const joined = concat(qkv.map((weights) => linear(x, weights)), 2);
  const split = (first: number, count: number) => {
    const part = slice(joined, [0, 0, first * headSize], [windows, length, count * headSize]);
    return transpose(reshape(part, [windows, length, count, headSize]), [0, 2, 1, 3]);
  };
  const queries = rotate(split(0, heads), rope);
  const keys = rotate(split(heads, kvHeads), rope);
  const values = split(heads + kvHeads, kvHeads);

  // The query heads of a group follow each other, so their rows are those of one long product with its keys.
  const groups = windows * kvHeads;
  const rows = heads / kvHeads * length;
  const grouped = (heads: Tensor, rows: number) => reshape(heads, [groups, rows, -1]);
  const scores = matMul(grouped(queries, rows), grouped(keys, length), false, true);
  const scaled = reshape(mul(scores, 1 / Math.sqrt(headSize)), [windows, heads, length, length]);
  const attention = softmax(add(scaled, mask));
  const made = reshape(matMul(grouped(attention, rows), grouped(values, length)), [
    windows,
    heads,
    length,
    headSize,
  ]);
  const outputs = edit({ attention, values, outputs: made });
  const sideBySide = reshape(transpose(outputs, [0, 2, 1, 3]), [windows, length, heads * headSize]);
  return { queries, keys, attention, values, outputs, added: linear(sideBySide, output) };
}

/** RoPE on pairs (i, i + headSize / 2), the layout of Hugging Face. */
function rotate(heads: Tensor, rope: Positions["rope"]): Tensor {
  if (rope === null) return heads;
  const [windows, count, length, headSize] = heads.shape as [number, number, number, number];
  const half = headSize / 2;
  const [first, second] = [0, half].map((from) =>
    slice(heads, [0, 0, 0, from], [windows, count, length, half])
  ) as [Tensor, Tensor];
  return concat([
    sub(mul(first, rope.cosines), mul(second, rope.sines)),
    add(mul(second, rope.cosines), mul(first, rope.sines)),
  ], 3);
}
