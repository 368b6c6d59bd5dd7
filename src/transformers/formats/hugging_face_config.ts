import { z } from "zod";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import {
  checkModelConfig,
  type Family,
  type Llama3Scaling,
  type ModelConfig,
} from "../model/model_config.ts";

const families: Readonly<Record<string, Family>> = {
  LlamaForCausalLM: "llama",
  Qwen2ForCausalLM: "qwen2",
  GPT2LMHeadModel: "gpt2",
};

const count = z.number();
/** Far more than any model has (Llama 3.1 405B: 126); each takes memory before its weights are looked for. */
const layers = count.max(1024);
/** `rope_scaling`, or `rope_parameters` as newer files have it. */
const rope = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: z.number().optional(),
  factor: z.number().optional(),
  low_freq_factor: z.number().optional(),
  high_freq_factor: z.number().optional(),
  original_max_position_embeddings: z.number().optional(),
}).nullish();

/** Llama and Qwen2; what is optional has the default of Hugging Face transformers. */
const llamaSchema = z.looseObject({
  vocab_size: count,
  hidden_size: count,
  num_hidden_layers: layers,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  intermediate_size: count,
  max_position_embeddings: count,
  rms_norm_eps: z.number().default(1e-6),
  rope_theta: z.number().optional(),
  rope_scaling: rope,
  rope_parameters: rope,
  hidden_act: z.string().default("silu"),
  tie_word_embeddings: z.boolean().default(false),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  use_sliding_window: z.boolean().default(false),
});

const gpt2Schema = z.looseObject({
  vocab_size: count,
  n_embd: count,
  n_layer: layers,
  n_head: count,
  n_positions: count,
  n_inner: count.nullish(),
  layer_norm_epsilon: z.number().default(1e-5),
  activation_function: z.string().default("gelu_new"),
  tie_word_embeddings: z.boolean().default(true),
  scale_attn_weights: z.boolean().default(true),
  scale_attn_by_inverse_layer_idx: z.boolean().default(false),
});

/**
 * Reads the shape of a model from a Hugging Face config.json.
 *
 * @param text The content of the file.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the architecture, or a part of it, is none that is computed here, or a side is missing or wrong.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const text = '{"architectures":["BertModel"]}';
 * assertThrows(() => readHuggingFaceConfig(text, "config.json"), Error, 'current value is "BertModel"');
 * ```
 */
export function readHuggingFaceConfig(text: string, name: string): ModelConfig {
  const json = parse(
    z.looseObject({ architectures: z.array(z.string()).default([]) }),
    parseJson(text, name),
    name,
  );
  const [architecture] = json.architectures;
  const family = families[architecture ?? ""];
  if (family === undefined) {
    throw new DataError(
      `Cannot read ${name}: the architecture must be one of ${Object.keys(families).join(", ")}: ` +
        `current value is ${oneLine(JSON.stringify(architecture ?? null))}`,
    );
  }
  require(name, "quantization_config", json["quantization_config"] ?? null, [null]);
  return checkModelConfig(family === "gpt2" ? gpt2Config(json, name) : llamaConfig(json, family, name), name);
}

function llamaConfig(json: unknown, family: Family, name: string): ModelConfig {
  const found = parse(llamaSchema, json, name);
  require(name, "hidden_act", found.hidden_act, ["silu"]);
  require(name, "use_sliding_window", found.use_sliding_window, [false]);
  const scaling = found.rope_scaling ?? found.rope_parameters ?? {};
  const type = scaling.rope_type ?? scaling.type ?? "default";
  require(name, "rope_type", type, ["default", "llama3"]);
  const theta = found.rope_theta ?? scaling.rope_theta ?? 10_000;
  const { attention_bias: attention, mlp_bias: feedForward } = found;
  return {
    family,
    vocab: found.vocab_size,
    dim: found.hidden_size,
    layers: found.num_hidden_layers,
    heads: found.num_attention_heads,
    kvHeads: found.num_key_value_heads ?? found.num_attention_heads,
    headSize: found.head_dim ?? found.hidden_size / found.num_attention_heads,
    hidden: found.intermediate_size,
    context: found.max_position_embeddings,
    normEps: found.rms_norm_eps,
    rope: { theta, ...type === "llama3" ? { llama3: llama3Scaling(scaling, name) } : {} },
    tied: found.tie_word_embeddings,
    // Qwen2 has the biases of query, key and value without saying so.
    bias: family === "qwen2"
      ? { qkv: true, output: false, feedForward: false }
      : { qkv: attention, output: attention, feedForward },
  };
}

function llama3Scaling(scaling: NonNullable<z.infer<typeof rope>>, name: string): Llama3Scaling {
  const found = parse(
    z.object({
      factor: z.number().positive(),
      low_freq_factor: z.number().positive(),
      high_freq_factor: z.number().positive(),
      original_max_position_embeddings: z.number().positive(),
    }),
    scaling,
    name,
  );
  return {
    factor: found.factor,
    lowFrequencyFactor: found.low_freq_factor,
    highFrequencyFactor: found.high_freq_factor,
    originalContext: found.original_max_position_embeddings,
  };
}

function gpt2Config(json: unknown, name: string): ModelConfig {
  const found = parse(gpt2Schema, json, name);
  require(name, "activation_function", found.activation_function, ["gelu_new", "gelu_pytorch_tanh"]);
  require(name, "scale_attn_weights", found.scale_attn_weights, [true]);
  require(name, "scale_attn_by_inverse_layer_idx", found.scale_attn_by_inverse_layer_idx, [false]);
  return {
    family: "gpt2",
    vocab: found.vocab_size,
    dim: found.n_embd,
    layers: found.n_layer,
    heads: found.n_head,
    kvHeads: found.n_head,
    headSize: found.n_embd / found.n_head,
    hidden: found.n_inner ?? 4 * found.n_embd,
    context: found.n_positions,
    normEps: found.layer_norm_epsilon,
    rope: null,
    tied: found.tie_word_embeddings,
    bias: { qkv: true, output: true, feedForward: true },
  };
}

function require(name: string, field: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  const known = allowed.map((one) => JSON.stringify(one)).join(" or ");
  // Not all of an object, which may be nested too deep to be written.
  const current = typeof value === "object" && value !== null ? "an object" : JSON.stringify(value);
  throw new DataError(`Cannot read ${name}: ${field} must be ${known}: current value is ${oneLine(current)}`);
}

function parse<T>(schema: z.ZodType<T>, json: unknown, name: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new DataError(`Cannot read ${name}: ${oneLine(`${path.join(".")}: ${message}`)}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DataError(`Cannot read ${name}: it must be JSON`);
  }
}
