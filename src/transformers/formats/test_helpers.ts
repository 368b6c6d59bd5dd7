/**
 * What the tests of this folder share.
 *
 * @module
 */
import type { ModelConfig } from "../model/model_config.ts";
import { randomTensors } from "../model/random_model.ts";
import type { NamedTensor } from "../model/tensor_source.ts";
import { tinyTokenizerJson } from "./tiny_tokenizer.ts";
import type { FloatType } from "./widen_floats.ts";
import { writeSafetensors } from "./write_safetensors.ts";

/** The config.json of a model, as Hugging Face transformers writes it. */
export function huggingFaceConfig(config: ModelConfig): Record<string, unknown> {
  if (config.family === "gpt2") {
    return {
      architectures: ["GPT2LMHeadModel"],
      vocab_size: config.vocab,
      n_embd: config.dim,
      n_layer: config.layers,
      n_head: config.heads,
      n_positions: config.context,
      layer_norm_epsilon: config.normEps,
      activation_function: "gelu_new",
    };
  }
  return {
    architectures: [config.family === "llama" ? "LlamaForCausalLM" : "Qwen2ForCausalLM"],
    vocab_size: config.vocab,
    hidden_size: config.dim,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    intermediate_size: config.hidden,
    max_position_embeddings: config.context,
    rms_norm_eps: config.normEps,
    rope_theta: config.rope!.theta,
    rope_scaling: null,
    hidden_act: "silu",
    tie_word_embeddings: config.tied,
  };
}

/** The pieces of the tokenizer of a tiny model: 1 begins a text; letters, space and delimiters follow. */
export const tinyPieces: readonly string[] = ["<unk>", "<s>", ..."abcdefghijklmnopqrstuvwxyz .,!?\n"];

/** What is written in other ways than usual. */
export interface FolderOptions {
  /** F32 by default. */
  readonly type?: FloatType;
  /** In how many files; 1 by default. */
  readonly shards?: number;
  /** Before the names of tensors. */
  readonly prefix?: string;
}

/** Writes a model with random weights as Hugging Face lays it out, and returns its tensors. */
export async function writeModelFolder(
  folder: string,
  config: ModelConfig,
  { type = "F32", shards = 1, prefix = "" }: FolderOptions = {},
): Promise<Map<string, NamedTensor>> {
  const tensors = randomTensors(config, `folder of ${config.family}`);
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(huggingFaceConfig(config)));
  await Deno.writeTextFile(`${folder}/tokenizer.json`, tinyTokenizerJson(tinyPieces, "<s>"));
  const named = Array.from(tensors, ([name, tensor]) => [`${prefix}${name}`, tensor] as const);
  if (shards === 1) {
    await Deno.writeFile(`${folder}/model.safetensors`, writeSafetensors(new Map(named), type));
    return tensors;
  }
  const map: Record<string, string> = {};
  for (let shard = 0; shard < shards; shard++) {
    const own = named.filter((_, i) => i % shards === shard);
    const file = `model-0000${shard + 1}-of-0000${shards}.safetensors`;
    for (const [name] of own) map[name] = file;
    await Deno.writeFile(`${folder}/${file}`, writeSafetensors(new Map(own), type));
  }
  await Deno.writeTextFile(
    `${folder}/model.safetensors.index.json`,
    JSON.stringify({ metadata: {}, weight_map: map }),
  );
  return tensors;
}
