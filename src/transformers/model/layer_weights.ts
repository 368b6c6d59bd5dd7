import type { LanguageModel } from "./language_model.ts";
import { weightShapes } from "./weight_shapes.ts";
import type { Family } from "./model_config.ts";

const finalNormNames: Readonly<Record<Family, string>> = {
  llama: "model.norm",
  qwen2: "model.norm",
  gpt2: "ln_f",
  whisper: "model.decoder.layer_norm",
};

const embeddingNames: Readonly<Record<Family, string>> = {
  llama: "model.embed_tokens.weight",
  qwen2: "model.embed_tokens.weight",
  gpt2: "wte.weight",
  whisper: "model.decoder.embed_tokens.weight",
};

const rowsOfMatrices: Readonly<Record<Family, LinearWeights["rows"]>> = {
  llama: "outputs",
  qwen2: "outputs",
  gpt2: "inputs",
  whisper: "inputs",
};

/** Scale and, for LayerNorm, shift of a normalisation; one without shift is an RMSNorm (arXiv 1910.07467). */
export interface NormWeights {
  readonly weight: Float32Array;
  readonly bias?: Float32Array;
}

/** x W^T + b where the rows of W are outputs, x W + b where they are inputs. */
export interface LinearWeights {
  readonly weight: Float32Array;
  /** The shape of `weight`. */
  readonly shape: readonly [number, number];
  readonly rows: "outputs" | "inputs";
  readonly bias?: Float32Array;
}

/** The weights of attention to what the model hears. */
export interface HearingWeights {
  readonly norm: NormWeights;
  readonly query: LinearWeights;
  readonly key: LinearWeights;
  readonly value: LinearWeights;
  readonly output: LinearWeights;
}

/** The weights of one layer, the same for every family. */
export interface LayerWeights {
  readonly attentionNorm: NormWeights;
  /** Their results, side by side, are the queries, keys and values of all heads. */
  readonly qkv: readonly LinearWeights[];
  readonly output: LinearWeights;
  /** Whisper has it: attention to the encoded sound, between self-attention and the feed-forward part. */
  readonly hearing?: HearingWeights;
  readonly feedForwardNorm: NormWeights;
  /** SwiGLU (arXiv 2002.05202) where it is there, else GELU. */
  readonly gate?: LinearWeights;
  readonly up: LinearWeights;
  readonly down: LinearWeights;
  /** By the error function, as defined, or by tanh, as GPT-2 has it: the default. */
  readonly gelu?: "erf" | "tanh";
}

/**
 * Reads the weights of one layer.
 *
 * @param layer From 0.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomModel } from "./random_model.ts";
 * import { tinyConfig } from "./tiny_config.ts";
 *
 * const { qkv, gate } = await readLayer(randomModel(tinyConfig("gpt2"), "layer"), 1);
 * assertEquals([qkv.length, gate], [1, undefined]);
 * ```
 */
export async function readLayer(model: LanguageModel, layer: number): Promise<LayerWeights> {
  if (model.config.family === "whisper") {
    return await readWhisperLayer(model, `model.decoder.layers.${layer}`);
  }
  const isGpt2 = model.config.family === "gpt2";
  const at = isGpt2 ? `h.${layer}` : `model.layers.${layer}`;
  const norm = (name: string) => readNorm(model, `${at}.${name}`);
  const linear = (name: string) => readLinear(model, `${at}.${name}`);
  if (isGpt2) {
    return {
      attentionNorm: await norm("ln_1"),
      qkv: [await linear("attn.c_attn")],
      output: await linear("attn.c_proj"),
      feedForwardNorm: await norm("ln_2"),
      up: await linear("mlp.c_fc"),
      down: await linear("mlp.c_proj"),
    };
  }
  return {
    attentionNorm: await norm("input_layernorm"),
    qkv: await Promise.all(["q", "k", "v"].map((part) => linear(`self_attn.${part}_proj`))),
    output: await linear("self_attn.o_proj"),
    feedForwardNorm: await norm("post_attention_layernorm"),
    gate: await linear("mlp.gate_proj"),
    up: await linear("mlp.up_proj"),
    down: await linear("mlp.down_proj"),
  };
}

/** Reads the normalisation before the read-out. */
export async function readFinalNorm(model: LanguageModel): Promise<NormWeights> {
  return await readNorm(model, finalNormNames[model.config.family]);
}

/** The name of the embedding, `(vocab, dim)`. */
export function embeddingName({ config }: LanguageModel): string {
  return embeddingNames[config.family];
}

/** The name of the learned positions, `(context, dim)`, of a model without RoPE. */
export function positionsName({ config }: LanguageModel): string {
  return config.family === "whisper" ? "model.decoder.embed_positions.weight" : "wpe.weight";
}

/** The name of the read-out, `(vocab, dim)`. */
export function readOutName(model: LanguageModel): string {
  return model.config.tied ? embeddingName(model) : "lm_head.weight";
}

async function readWhisperLayer(model: LanguageModel, at: string): Promise<LayerWeights> {
  const linear = (name: string) => readLinear(model, `${at}.${name}`);
  const norm = (name: string) => readNorm(model, `${at}.${name}`);
  return {
    attentionNorm: await norm("self_attn_layer_norm"),
    qkv: await Promise.all(["q", "k", "v"].map((part) => linear(`self_attn.${part}_proj`))),
    output: await linear("self_attn.out_proj"),
    hearing: {
      norm: await norm("encoder_attn_layer_norm"),
      query: await linear("encoder_attn.q_proj"),
      key: await linear("encoder_attn.k_proj"),
      value: await linear("encoder_attn.v_proj"),
      output: await linear("encoder_attn.out_proj"),
    },
    feedForwardNorm: await norm("final_layer_norm"),
    up: await linear("fc1"),
    down: await linear("fc2"),
    gelu: "erf",
  };
}

async function readNorm(model: LanguageModel, name: string): Promise<NormWeights> {
  return { weight: await model.tensors.read(`${name}.weight`), ...await readBias(model, name) };
}

async function readLinear(model: LanguageModel, name: string): Promise<LinearWeights> {
  return {
    weight: await model.tensors.read(`${name}.weight`),
    shape: model.tensors.shapeOf(`${name}.weight`) as [number, number],
    rows: rowsOfMatrices[model.config.family],
    ...await readBias(model, name),
  };
}

/** A bias that the configuration does not know is not read: `languageModel` did not check its shape. */
async function readBias(model: LanguageModel, name: string): Promise<{ bias?: Float32Array }> {
  const known = weightShapes(model.config).has(`${name}.bias`);
  return known ? { bias: await model.tensors.read(`${name}.bias`) } : {};
}
