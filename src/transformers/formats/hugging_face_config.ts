import { z } from "zod";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import {
  checkModelConfig,
  type Family,
  type Llama3Scaling,
  type ModelConfig,
  type Rope,
} from "../model/model_config.ts";

/** By architecture and by `model_type`, which Hugging Face transformers goes by. */
const families: Readonly<Record<string, { readonly family: Family; readonly modelType: string }>> = {
  LlamaForCausalLM: { family: "llama", modelType: "llama" },
  Qwen2ForCausalLM: { family: "qwen2", modelType: "qwen2" },
  GPT2LMHeadModel: { family: "gpt2", modelType: "gpt2" },
};

const count = z.number();
/** Far more than any model has (Llama 3.1 405B: 126); each takes memory before its weights are looked for. */
const layers = count.max(1024);
/** `rope_scaling`, or `rope_parameters` as newer files have it. */
const rope = z.record(z.string(), z.unknown()).default({});

/** Llama and Qwen2; what is absent has the default of Hugging Face transformers. */
const llamaSchema = z.looseObject({
  vocab_size: count,
  hidden_size: count,
  num_hidden_layers: layers,
  num_attention_heads: count,
  num_key_value_heads: count.optional(),
  head_dim: count.optional(),
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
  layer_types: z.array(z.string()).default([]),
  partial_rotary_factor: z.number().default(1),
});

const gpt2Schema = z.looseObject({
  vocab_size: count,
  n_embd: count,
  n_layer: layers,
  n_head: count,
  n_positions: count,
  n_inner: count.optional(),
  layer_norm_epsilon: z.number().default(1e-5),
  activation_function: z.string().default("gelu_new"),
  tie_word_embeddings: z.boolean().default(true),
  scale_attn_weights: z.boolean().default(true),
  scale_attn_by_inverse_layer_idx: z.boolean().default(false),
  add_cross_attention: z.boolean().default(false),
});

/** Other names that GPT-2 files have for the same sides. */
const gpt2Names: Readonly<Record<string, readonly string[]>> = {
  n_embd: ["hidden_size"],
  n_layer: ["num_hidden_layers"],
  n_head: ["num_attention_heads"],
  n_positions: ["n_ctx", "max_position_embeddings"],
};

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
  const json = withoutNulls(parse(z.looseObject({}), parseJson(text, name), name));
  const family = findFamily(json, name);
  require(name, "quantization_config", json["quantization_config"] ?? null, [null]);
  return checkModelConfig(family === "gpt2" ? gpt2Config(json, name) : llamaConfig(json, family, name), name);
}

/** By the architecture and, where it is not said, the type of the model; the two must not contradict each other. */
function findFamily(json: Readonly<Record<string, unknown>>, name: string): Family {
  const schema = z.looseObject({
    architectures: z.array(z.string()).default([]),
    model_type: z.string().optional(),
  });
  const { architectures, model_type: modelType } = parse(schema, json, name);
  const [given, another] = new Set(architectures);
  if (another !== undefined) {
    throw new DataError(
      `Cannot read ${name}: architectures must name one: current values are ${
        oneLine(`${given}, ${another}`)
      }`,
    );
  }
  const architecture = given ??
    Object.keys(families).find((known) => families[known]!.modelType === modelType);
  if (architecture === undefined || !Object.hasOwn(families, architecture)) {
    throw new DataError(
      `Cannot read ${name}: the architecture must be one of ${Object.keys(families).join(", ")}: ` +
        `current value is ${oneLine(JSON.stringify(architecture ?? null))}`,
    );
  }
  const found = families[architecture]!;
  require(name, `model_type of ${architecture}`, modelType ?? found.modelType, [found.modelType]);
  return found.family;
}

function llamaConfig(json: unknown, family: Family, name: string): ModelConfig {
  const found = parse(llamaSchema, json, name);
  require(name, "hidden_act", found.hidden_act, ["silu"]);
  require(name, "use_sliding_window", found.use_sliding_window, [false]);
  require(name, "partial_rotary_factor", found.partial_rotary_factor, [1]);
  for (const type of found.layer_types) require(name, "layer_types", type, ["full_attention"]);
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
    rope: readRope(found, name),
    tied: found.tie_word_embeddings,
    // Qwen2 has the biases of query, key and value without saying so.
    bias: family === "qwen2"
      ? { qkv: true, output: false, feedForward: false }
      : { qkv: attention, output: attention, feedForward },
  };
}

/** What each kind of RoPE takes beside its kind and base. */
const ropeKeys: Readonly<Record<string, readonly string[]>> = {
  default: [],
  llama3: ["factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"],
};

/** Keys that change nothing where they have this value. */
const neutralRope: Readonly<Record<string, unknown>> = {
  factor: 1,
  attention_factor: 1,
  partial_rotary_factor: 1,
};

/**
 * RoPE by `rope_theta`, `rope_scaling` and `rope_parameters`, which may say the same thing several times but not two things. A key that
 * the kind of RoPE does not have would be left out without a word, so it is an error: `{"factor": 4}` without a kind, say.
 */
function readRope(
  { rope_theta, rope_scaling, rope_parameters }: z.infer<typeof llamaSchema>,
  name: string,
): Rope {
  const given = new Map<string, { key: string; value: unknown }>();
  const take = (key: string, field: string, value: unknown) => {
    const other = given.get(field);
    if (other !== undefined && shown(other.value) !== shown(value)) {
      const text = ({ key, value }: { key: string; value: unknown }) => `${key} ${shown(value)}`;
      throw new DataError(
        `Cannot read ${name}: ${oneLine(`${other.key} and ${key}`)} must say the same: ` +
          `current values are ${oneLine(`${text(other)} and ${text({ key, value })}`)}`,
      );
    }
    if (other === undefined) given.set(field, { key, value });
  };
  if (rope_theta !== undefined) take("rope_theta", "rope_theta", rope_theta);
  for (const [object, fields] of Object.entries({ rope_scaling, rope_parameters })) {
    for (const [field, value] of Object.entries(withoutNulls(fields))) {
      take(`${object}.${field}`, field === "type" ? "rope_type" : field, value);
    }
  }
  const type = given.get("rope_type")?.value;
  require(name, "rope_type", type ?? "default", Object.keys(ropeKeys));
  const kind = String(type ?? "default");
  const known = ["rope_type", "rope_theta", ...ropeKeys[kind]!];
  for (const [field, { key, value }] of given) {
    if (known.includes(field) || (Object.hasOwn(neutralRope, field) && neutralRope[field] === value)) {
      continue;
    }
    const rule = type === undefined
      ? "it needs a rope_type beside it"
      : `RoPE of type "${kind}" does not have it`;
    throw new DataError(`Cannot read ${name}: ${oneLine(key)} cannot be taken into account: ${rule}`);
  }
  const values = Object.fromEntries(Array.from(given, ([field, { value }]) => [field, value]));
  const { rope_theta: theta } = parse(
    z.looseObject({ rope_theta: z.number().default(10_000) }),
    values,
    name,
  );
  return { theta, ...kind === "llama3" ? { llama3: llama3Scaling(values, name) } : {} };
}

function llama3Scaling(scaling: unknown, name: string): Llama3Scaling {
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
  if (found.high_freq_factor <= found.low_freq_factor) {
    throw new DataError(
      `Cannot read ${name}: high_freq_factor must be above low_freq_factor: ` +
        `current values are ${found.high_freq_factor} and ${found.low_freq_factor}`,
    );
  }
  return {
    factor: found.factor,
    lowFrequencyFactor: found.low_freq_factor,
    highFrequencyFactor: found.high_freq_factor,
    originalContext: found.original_max_position_embeddings,
  };
}

function gpt2Config(json: Readonly<Record<string, unknown>>, name: string): ModelConfig {
  const found = parse(gpt2Schema, withOneName(json, name), name);
  require(name, "activation_function", found.activation_function, ["gelu_new", "gelu_pytorch_tanh"]);
  require(name, "scale_attn_weights", found.scale_attn_weights, [true]);
  require(name, "scale_attn_by_inverse_layer_idx", found.scale_attn_by_inverse_layer_idx, [false]);
  require(name, "add_cross_attention", found.add_cross_attention, [false]);
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

/** Puts the sides of GPT-2 under their first names; several names may stand for one value alone. */
function withOneName(json: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const named: Record<string, unknown> = { ...json };
  for (const [first, others] of Object.entries(gpt2Names)) {
    for (const other of others) {
      if (json[other] === undefined) continue;
      if (named[first] !== undefined && named[first] !== json[other]) {
        throw new DataError(
          `Cannot read ${name}: ${first} and ${other} must be the same: current values are ` +
            oneLine(`${shown(named[first])} and ${shown(json[other])}`),
        );
      }
      named[first] = json[other];
    }
  }
  return named;
}

/** A key whose value is null is one that is absent. */
function withoutNulls(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
}

/** A value for a message: not all of an object, which may be nested too deep to be written. */
function shown(value: unknown): string {
  return typeof value === "object" && value !== null ? "an object" : JSON.stringify(value);
}

function require(name: string, field: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  const known = allowed.map((one) => JSON.stringify(one)).join(" or ");
  throw new DataError(
    `Cannot read ${name}: ${field} must be ${known}: current value is ${oneLine(shown(value))}`,
  );
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
