import type { ModelConfig } from "../model/model_config.ts";

/** One run of floats in a llama2.c checkpoint: a tensor of every layer in turn, or one of the model. */
export interface Llama2cPart {
  /** The Hugging Face names of the tensors that follow each other. */
  readonly names: readonly string[];
  /** The shape of each. */
  readonly shape: readonly number[];
}

/** Bytes before the first weight: seven 32-bit integers. */
export const llama2cHeaderBytes = 28;

/**
 * The order of the weights in a llama2.c checkpoint of version 0: embedding, then each kind of tensor for all layers, the
 * last norm, and two tables of RoPE that nothing reads (`llama2c/cosines`, `llama2c/sines`).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyConfig } from "../model/tiny_config.ts";
 *
 * const parts = llama2cLayout(tinyConfig("llama"));
 * assertEquals(parts[2]!.names[1], "model.layers.1.self_attn.q_proj.weight");
 * assertEquals(parts.at(-1)!.shape, [64, 4]);
 * ```
 */
export function llama2cLayout(config: ModelConfig): Llama2cPart[] {
  const { vocab, dim, hidden, heads, kvHeads, headSize, layers, context } = config;
  const perLayer = (name: string, ...shape: number[]): Llama2cPart => ({
    names: Array.from({ length: layers }, (_, layer) => `model.layers.${layer}.${name}.weight`),
    shape,
  });
  return [
    { names: ["model.embed_tokens.weight"], shape: [vocab, dim] },
    perLayer("input_layernorm", dim),
    perLayer("self_attn.q_proj", heads * headSize, dim),
    perLayer("self_attn.k_proj", kvHeads * headSize, dim),
    perLayer("self_attn.v_proj", kvHeads * headSize, dim),
    perLayer("self_attn.o_proj", dim, heads * headSize),
    perLayer("post_attention_layernorm", dim),
    perLayer("mlp.gate_proj", hidden, dim),
    perLayer("mlp.down_proj", dim, hidden),
    perLayer("mlp.up_proj", hidden, dim),
    { names: ["model.norm.weight"], shape: [dim] },
    { names: ["llama2c/cosines", "llama2c/sines"], shape: [context, headSize / 2] },
    ...config.tied ? [] : [{ names: ["lm_head.weight"], shape: [vocab, dim] }],
  ];
}
