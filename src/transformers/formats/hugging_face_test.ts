import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readHuggingFaceConfig } from "./hugging_face_config.ts";
import { readHuggingFaceTokenizer } from "./hugging_face_tokenizer.ts";
import { huggingFaceConfig } from "./test_helpers.ts";
import type { Family, ModelConfig } from "../model/model_config.ts";
import { tinyConfig } from "../model/tiny_config.ts";
import { tinyTokenizerJson } from "./tiny_tokenizer.ts";

const tokenizer = JSON.parse(tinyTokenizerJson(["<unk>", "<s>", "a", "b"], "<s>"));

function read(json: unknown, vocab: number): ReturnType<typeof readHuggingFaceTokenizer> {
  return readHuggingFaceTokenizer(JSON.stringify(json), "{}", vocab, "tokenizer.json");
}

Deno.test("readHuggingFaceTokenizer() reads a vocabulary as large as that of Qwen2", () => {
  const pieces = ["a", "b", ...Array.from({ length: 151_934 }, (_, i) => `token ${i}`)];
  const vocab = Object.fromEntries(pieces.map((piece, i) => [piece, i]));
  const { size, encode } = read({
    ...tokenizer,
    added_tokens: [],
    post_processor: null,
    model: { type: "BPE", vocab, merges: [] },
  }, 151_936);
  assertEquals([size, encode("ab")], [151_936, Int32Array.of(0, 1)]);
});

Deno.test("readHuggingFaceTokenizer() refuses numbers of tokens before it makes a list of them", async (t) => {
  const numbered = (a: unknown) => ({
    ...tokenizer,
    model: { ...tokenizer.model, vocab: { ...tokenizer.model.vocab, a } },
  });
  const cases: [string, unknown, string][] = [
    ["2^32", numbered(2 ** 32), "current number is 4294967297"],
    ["-1", numbered(-1), "must be a whole number >= 0"],
    ["1.5", numbered(1.5), "must be a whole number >= 0"],
    ["a text", numbered("2"), "must be a whole number >= 0"],
    [
      "an added one",
      { ...tokenizer, added_tokens: [{ id: 2 ** 31, content: "x" }] },
      "current number is 2147483649",
    ],
  ];
  for (const [name, json, message] of cases) {
    await t.step(name, () => {
      assertThrows(() => read(json, 96), DataError, message);
    });
  }
});

Deno.test("readHuggingFaceTokenizer() refuses an added token that the model does not have where a text uses it", () => {
  const added = [...tokenizer.added_tokens, { id: 200, content: "<pad>", special: true }];
  const { encode, bos } = read({ ...tokenizer, added_tokens: added }, 4);
  assertEquals([bos, encode("ab")], [1, Int32Array.of(2, 3)]);
  assertThrows(
    () => encode("ab<pad>"),
    DataError,
    'Cannot take a text with token 200, "<pad>", of tokenizer.json: the model has 4 tokens alone',
  );
  const next = [...tokenizer.added_tokens, { id: 4, content: "<pad>", special: true }];
  const { encode: encodeNext } = read({ ...tokenizer, added_tokens: next }, 4);
  assertThrows(() => encodeNext("ab<pad>"), DataError, "token 4,");
  assertEquals(read({ ...tokenizer, added_tokens: next }, 5).encode("ab<pad>"), Int32Array.of(2, 3, 4));
  // Where every text ends with it, no prompt does; where every text begins with it, each prompt does.
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const between = (first: string, last: string) => ({
    ...tokenizer,
    added_tokens: added,
    post_processor: {
      ...tokenizer.post_processor,
      single: [special(first), { Sequence: { id: "A", type_id: 0 } }, special(last)],
      special_tokens: {
        "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] },
        "<pad>": { id: "<pad>", ids: [200], tokens: ["<pad>"] },
      },
    },
  });
  assertEquals(read(between("<s>", "<pad>"), 4).bos, 1);
  assertThrows(() => read(between("<pad>", "<s>"), 4), DataError, "token 200");
});

Deno.test("readHuggingFaceTokenizer() says of a part of another type that it is, not what the engine fell over", () => {
  for (const part of [{ added_tokens: null }, { model: null }, null]) {
    const json = part === null ? null : { ...tokenizer, ...part };
    assertThrows(
      () => read(json, 96),
      DataError,
      "Cannot read tokenizer.json: it must be a Hugging Face tokenizer: ",
    );
  }
  // The text begins with a token of no name, and there is none for what is unknown.
  const nameless = {
    ...tokenizer,
    added_tokens: [],
    model: { type: "BPE", vocab: { a: 0, b: 1 }, merges: [] },
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: true }, { Sequence: { id: "A" } }],
    },
  };
  assertThrows(() => read(nameless, 96), DataError, "it gives tokens that are none of its own");
});

Deno.test("readHuggingFaceConfig() refuses more layers than memory has room for the names of", () => {
  const config = { ...huggingFaceConfig(tinyConfig("llama")), num_hidden_layers: 2 ** 24 };
  assertThrows(
    () => readHuggingFaceConfig(JSON.stringify(config), "config.json"),
    DataError,
    "num_hidden_layers: Too big",
  );
});

Deno.test("readHuggingFaceConfig() refuses a value that is nested too deep to be shown", () => {
  const config = JSON.stringify({ ...huggingFaceConfig(tinyConfig("llama")), quantization_config: 0 });
  const deep = config.replace(
    '"quantization_config":0',
    `"quantization_config":${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  );
  assertThrows(
    () => readHuggingFaceConfig(deep, "config.json"),
    DataError,
    "quantization_config must be null: current value is an object",
  );
});

/** Reads the config.json of a tiny model with some keys changed; `undefined` takes a key away. */
function configured(family: Family, changes: Record<string, unknown>): ModelConfig {
  const json = { ...huggingFaceConfig(tinyConfig(family)), ...changes };
  return readHuggingFaceConfig(JSON.stringify(json), "config.json");
}

const llama3 = {
  rope_type: "llama3",
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 32,
};

Deno.test("readHuggingFaceConfig() takes null for absent, and the same thing under several names", async (t) => {
  const same: [string, Family, Record<string, unknown>][] = [
    ["null for every key that may be absent", "llama", {
      architectures: null,
      model_type: "llama",
      attention_bias: null,
      mlp_bias: null,
      head_dim: null,
      rope_theta: null,
      rope_scaling: null,
      rope_parameters: null,
      hidden_act: null,
      use_sliding_window: null,
      layer_types: null,
      quantization_config: null,
    }],
    ["RoPE in its own object", "llama", {
      rope_theta: undefined,
      rope_scaling: undefined,
      rope_parameters: { rope_type: "default", rope_theta: 10_000 },
    }],
    ["a base without a kind", "llama", { rope_theta: undefined, rope_parameters: { rope_theta: 10_000 } }],
    ["a factor of 1, which changes nothing", "qwen2", { rope_scaling: { type: "default", factor: 1 } }],
    ["full attention in every layer", "qwen2", { layer_types: ["full_attention", "full_attention"] }],
    ["GPT-2 with n_ctx alone", "gpt2", { n_positions: undefined, n_ctx: 64 }],
    ["GPT-2 with the names of other models", "gpt2", {
      n_embd: undefined,
      hidden_size: 32,
      n_layer: null,
      num_hidden_layers: 2,
      n_head: 4,
      num_attention_heads: 4,
      max_position_embeddings: 64,
    }],
  ];
  for (const [name, family, changes] of same) {
    await t.step(name, () => assertEquals(configured(family, changes), tinyConfig(family)));
  }
  await t.step("Llama 3.1 said twice", () => {
    const { rope } = configured("llama", {
      rope_scaling: llama3,
      rope_parameters: { ...llama3, rope_theta: 10_000, attention_factor: null },
    });
    const scaling = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 32 };
    assertEquals(rope, { theta: 10_000, llama3: scaling });
  });
});

Deno.test("readHuggingFaceConfig() refuses what it would leave out or what contradicts itself, and names the key", async (t) => {
  const wrong: [string, Family, Record<string, unknown>, string][] = [
    [
      "a factor without a kind",
      "llama",
      { rope_scaling: { factor: 4 } },
      "rope_scaling.factor cannot be taken into account",
    ],
    [
      "a factor of plain RoPE",
      "llama",
      { rope_scaling: { type: "default", factor: 4 } },
      "rope_scaling.factor",
    ],
    [
      "a factor in newer files",
      "qwen2",
      { rope_parameters: { rope_theta: 1e4, factor: 4 } },
      "rope_parameters.factor",
    ],
    ["a kind that is none", "llama", { rope_scaling: { type: 4 } }, "rope_type must be"],
    [
      "two kinds",
      "llama",
      { rope_scaling: { ...llama3, type: "yarn" } },
      "rope_scaling.rope_type and rope_scaling.type",
    ],
    [
      "an attention factor",
      "llama",
      { rope_scaling: { ...llama3, attention_factor: 1.2 } },
      "attention_factor",
    ],
    ["a part of each head", "llama", { partial_rotary_factor: 0.5 }, "partial_rotary_factor must be 1"],
    ["a part of each head in newer files", "llama", {
      rope_parameters: { partial_rotary_factor: 0.5 },
    }, "rope_parameters.partial_rotary_factor"],
    [
      "two bases",
      "llama",
      { rope_parameters: { rope_theta: 5e5 } },
      "rope_theta and rope_parameters.rope_theta must say the same",
    ],
    [
      "two factors",
      "llama",
      {
        rope_scaling: llama3,
        rope_parameters: { ...llama3, factor: 32 },
      },
      "rope_scaling.factor and rope_parameters.factor must say the same: current values are rope_scaling.factor 8",
    ],
    [
      "a base that is no number",
      "llama",
      { rope_theta: undefined, rope_parameters: { rope_theta: "1" } },
      "rope_theta: ",
    ],
    ["frequencies that cross", "llama", {
      rope_scaling: { ...llama3, high_freq_factor: 1 },
    }, "high_freq_factor must be above low_freq_factor"],
    ["sliding windows of some layers", "qwen2", {
      layer_types: ["full_attention", "sliding_attention"],
    }, 'layer_types must be "full_attention": current value is "sliding_attention"'],
    [
      "another type of model",
      "llama",
      { model_type: "mistral" },
      'model_type of LlamaForCausalLM must be "llama"',
    ],
    ["two architectures", "llama", {
      architectures: ["LlamaForCausalLM", "GPT2LMHeadModel"],
    }, "architectures must name one"],
    ["no architecture", "llama", { architectures: null, model_type: "bert" }, "current value is null"],
    ["a name of Object.prototype", "llama", { architectures: ["toString"] }, 'current value is "toString"'],
    [
      "two contexts",
      "gpt2",
      { n_ctx: 128 },
      "n_positions and n_ctx must be the same: current values are 64 and 128",
    ],
    [
      "two widths",
      "gpt2",
      { hidden_size: [64] },
      "n_embd and hidden_size must be the same: current values are 32 and an",
    ],
    ["cross-attention", "gpt2", { add_cross_attention: true }, "add_cross_attention must be false"],
  ];
  for (const [name, family, changes, message] of wrong) {
    await t.step(name, () => {
      const error = assertThrows(() => configured(family, changes), DataError, message);
      assertEquals(error.message.includes("\n"), false);
    });
  }
});
