import type { ModelConfig } from "./model_config.ts";

/**
 * Every tensor of a model, by its Hugging Face name, with its shape. Matrices of Llama and Qwen2 are stored (outputs,
 * inputs), those of GPT-2 (inputs, outputs), with query, key and value side by side in `c_attn`, and those of Whisper, as its ONNX files have
 * them, (inputs, outputs) too.
 *
 * @returns Shapes by name, in the order of the forward pass.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const shapes = weightShapes(tinyConfig("llama"));
 * assertEquals(shapes.get("model.layers.1.self_attn.k_proj.weight"), [16, 32]);
 * assertEquals(weightShapes(tinyConfig("gpt2")).get("h.1.attn.c_attn.weight"), [32, 96]);
 * ```
 */
export function weightShapes(config: ModelConfig): Map<string, readonly number[]> {
  switch (config.family) {
    case "gpt2":
      return gpt2Shapes(config);
    case "whisper":
      return whisperShapes(config);
    default:
      return llamaShapes(config);
  }
}

function llamaShapes(config: ModelConfig): Map<string, readonly number[]> {
  const { vocab, dim, hidden, heads, kvHeads, headSize, bias } = config;
  const shapes = new Map<string, readonly number[]>([["model.embed_tokens.weight", [vocab, dim]]]);
  const linear = (name: string, outputs: number, inputs: number, hasBias: boolean) => {
    shapes.set(`${name}.weight`, [outputs, inputs]);
    if (hasBias) shapes.set(`${name}.bias`, [outputs]);
  };
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    shapes.set(`${at}.input_layernorm.weight`, [dim]);
    linear(`${at}.self_attn.q_proj`, heads * headSize, dim, bias.qkv);
    linear(`${at}.self_attn.k_proj`, kvHeads * headSize, dim, bias.qkv);
    linear(`${at}.self_attn.v_proj`, kvHeads * headSize, dim, bias.qkv);
    linear(`${at}.self_attn.o_proj`, dim, heads * headSize, bias.output);
    shapes.set(`${at}.post_attention_layernorm.weight`, [dim]);
    linear(`${at}.mlp.gate_proj`, hidden, dim, bias.feedForward);
    linear(`${at}.mlp.up_proj`, hidden, dim, bias.feedForward);
    linear(`${at}.mlp.down_proj`, dim, hidden, bias.feedForward);
  }
  shapes.set("model.norm.weight", [dim]);
  if (!config.tied) shapes.set("lm_head.weight", [vocab, dim]);
  return shapes;
}

function gpt2Shapes(config: ModelConfig): Map<string, readonly number[]> {
  const { vocab, dim, hidden, context } = config;
  const shapes = new Map<string, readonly number[]>([["wte.weight", [vocab, dim]], ["wpe.weight", [
    context,
    dim,
  ]]]);
  const linear = (name: string, inputs: number, outputs: number) => {
    shapes.set(`${name}.weight`, [inputs, outputs]).set(`${name}.bias`, [outputs]);
  };
  const norm = (name: string) => shapes.set(`${name}.weight`, [dim]).set(`${name}.bias`, [dim]);
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `h.${layer}`;
    norm(`${at}.ln_1`);
    linear(`${at}.attn.c_attn`, dim, 3 * dim);
    linear(`${at}.attn.c_proj`, dim, dim);
    norm(`${at}.ln_2`);
    linear(`${at}.mlp.c_fc`, dim, hidden);
    linear(`${at}.mlp.c_proj`, hidden, dim);
  }
  norm("ln_f");
  if (!config.tied) shapes.set("lm_head.weight", [vocab, dim]);
  return shapes;
}

/** Attention of Whisper: its queries, keys, values and outputs, of which keys alone have no bias. */
export function whisperAttentionShapes(at: string, dim: number): [string, readonly number[]][] {
  return [
    [`${at}_layer_norm.weight`, [dim]],
    [`${at}_layer_norm.bias`, [dim]],
    ...["q_proj", "k_proj", "v_proj", "out_proj"].flatMap((part): [string, readonly number[]][] => [
      [`${at}.${part}.weight`, [dim, dim]],
      ...part === "k_proj" ? [] : [[`${at}.${part}.bias`, [dim]] as [string, readonly number[]]],
    ]),
  ];
}

/** The feed-forward part of a layer of Whisper. */
export function whisperFeedForwardShapes(
  at: string,
  dim: number,
  hidden: number,
): [string, readonly number[]][] {
  return [
    [`${at}.final_layer_norm.weight`, [dim]],
    [`${at}.final_layer_norm.bias`, [dim]],
    [`${at}.fc1.weight`, [dim, hidden]],
    [`${at}.fc1.bias`, [hidden]],
    [`${at}.fc2.weight`, [hidden, dim]],
    [`${at}.fc2.bias`, [dim]],
  ];
}

function whisperShapes({ vocab, dim, hidden, context, layers }: ModelConfig): Map<string, readonly number[]> {
  return new Map<string, readonly number[]>([
    ["model.decoder.embed_tokens.weight", [vocab, dim]],
    ["model.decoder.embed_positions.weight", [context, dim]],
    ...Array.from({ length: layers }, (_, layer) => `model.decoder.layers.${layer}`).flatMap((at) => [
      ...whisperAttentionShapes(`${at}.self_attn`, dim),
      ...whisperAttentionShapes(`${at}.encoder_attn`, dim),
      ...whisperFeedForwardShapes(at, dim, hidden),
    ]),
    ["model.decoder.layer_norm.weight", [dim]],
    ["model.decoder.layer_norm.bias", [dim]],
  ]);
}
