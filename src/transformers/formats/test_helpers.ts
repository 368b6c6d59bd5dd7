/**
 * What the tests of this folder share.
 *
 * @module
 */
import type { ModelConfig } from "../model/model_config.ts";
import { onnxModel, onnxTensor } from "../../pretrained/test_helpers.ts";
import { type EncoderConfig, encoderShapes } from "../model/audio_encoder.ts";
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

/** The characters that byte-level tokenizers have for letters, space and delimiters. */
const byteLevelPieces: readonly string[] = [..."abcdefghijklmnopqrstuvwxyzĠ.,!?Ċ"];

/** Writes a Whisper with random weights as its ONNX files have it. */
export async function writeWhisperFolder(folder: string, config: ModelConfig): Promise<void> {
  const special = [
    "<|startoftranscript|>",
    "<|en|>",
    "<|transcribe|>",
    "<|notimestamps|>",
    "<|startofprev|>",
  ];
  const encoder: EncoderConfig = {
    bands: 4,
    dim: config.dim,
    layers: 1,
    heads: config.heads,
    hidden: 2 * config.dim,
    frames: 6,
    normEps: config.normEps,
  };
  const json = {
    model_type: "whisper",
    d_model: config.dim,
    encoder_layers: encoder.layers,
    encoder_attention_heads: encoder.heads,
    encoder_ffn_dim: encoder.hidden,
    decoder_layers: config.layers,
    decoder_attention_heads: config.heads,
    decoder_ffn_dim: config.hidden,
    vocab_size: config.vocab,
    num_mel_bins: encoder.bands,
    max_source_positions: encoder.frames,
    max_target_positions: config.context,
    activation_function: "gelu",
  };
  const numbers = (pieces: readonly string[], first: number) =>
    JSON.stringify(Object.fromEntries(pieces.map((piece, i) => [piece, first + i])));
  const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
  await write("config.json", JSON.stringify(json));
  await write("vocab.json", numbers(byteLevelPieces, 0));
  await write("merges.txt", "#version: 0.2\n");
  await write("added_tokens.json", numbers(special, byteLevelPieces.length));
  const onnx = (tensors: ReadonlyMap<string, NamedTensor>) =>
    onnxModel(Array.from(tensors, ([name, { shape, values }]) => onnxTensor(name, shape, 1, values)));
  await Deno.mkdir(`${folder}/onnx`);
  await Deno.writeFile(
    `${folder}/onnx/decoder_model_merged_quantized.onnx`,
    onnx(randomTensors(config, "folder of whisper")),
  );
  const silent = new Map(
    Array.from(encoderShapes(encoder), ([name, shape]): [string, NamedTensor] => {
      const length = shape.reduce((product, side) => product * side, 1);
      return [name, {
        shape,
        values: Float32Array.from({ length }, (_, i) => Math.sin(i + name.length) / 4),
      }];
    }),
  );
  await Deno.writeFile(`${folder}/onnx/encoder_model_quantized.onnx`, onnx(silent));
}
