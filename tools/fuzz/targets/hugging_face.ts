import fc from "fast-check";
import { DataError } from "../../../src/errors.ts";
import { readHuggingFaceConfig } from "../../../src/transformers/formats/hugging_face_config.ts";
import { readHuggingFaceTokenizer } from "../../../src/transformers/formats/hugging_face_tokenizer.ts";
import { huggingFaceConfig } from "../../../src/transformers/formats/test_helpers.ts";
import type { Tokenizer } from "../../../src/transformers/model/tokenizer.ts";
import { tinyConfig } from "../../../src/transformers/model/tiny_config.ts";
import { tinyTokenizerJson } from "../../../src/transformers/formats/tiny_tokenizer.ts";
import { weightShapes } from "../../../src/transformers/model/weight_shapes.ts";
import { changedJson } from "../changed_json.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf } from "../utf8.ts";

const llama3 = {
  rope_type: "llama3",
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 32,
};
const configs = [
  ...(["llama", "qwen2", "gpt2"] as const).map((family) => huggingFaceConfig(tinyConfig(family))),
  { ...huggingFaceConfig(tinyConfig("llama")), rope_scaling: llama3, quantization_config: null },
  {
    ...huggingFaceConfig(tinyConfig("qwen2")),
    model_type: "qwen2",
    rope_theta: null,
    rope_parameters: { ...llama3, rope_theta: 10_000 },
    layer_types: ["full_attention", "full_attention"],
  },
  { ...huggingFaceConfig(tinyConfig("gpt2")), architectures: null, model_type: "gpt2", n_ctx: 64 },
];

/** Shapes of models. */
export const huggingFaceConfigTarget: FuzzTarget = {
  name: "hugging-face-config",
  files: fc.oneof(...configs.map(changedJson)),
  errors: [DataError],
  read: (bytes) => {
    const config = readHuggingFaceConfig(textOf(bytes), "config.json");
    const { vocab, dim, layers, heads, kvHeads, headSize, hidden, context } = config;
    const sides = [vocab, dim, layers, heads, kvHeads, headSize, hidden, context];
    must(sides.every((side) => Number.isInteger(side) && side >= 1), "sides are whole numbers");
    must(
      config.rope === null || Object.values(config.rope.llama3 ?? {}).every(Number.isFinite),
      "RoPE is finite",
    );
    for (const [name, shape] of weightShapes(config)) {
      must(shape.every((side) => side >= 1), `${name} has a size`);
    }
  },
};

const pieces = ["<unk>", "<s>", "a", "b", " ", "é"];
const plain = JSON.parse(tinyTokenizerJson(pieces, "<s>"));
const byteLevel = {
  ...plain,
  normalizer: { type: "NFC" },
  pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
  decoder: { type: "ByteLevel" },
  model: { type: "BPE", vocab: { a: 0, b: 1, ab: 2, "Ġ": 3 }, merges: ["a b"] },
};

/** Tokenizers of models. */
export const huggingFaceTokenizerTarget: FuzzTarget = {
  name: "hugging-face-tokenizer",
  files: fc.oneof(changedJson(plain), changedJson(byteLevel)),
  errors: [DataError],
  read: (bytes) => checkTokenizer(readHuggingFaceTokenizer(textOf(bytes), "{}", 96, "tokenizer.json")),
};

/** tokenizer_config.json, as Hugging Face transformers writes it. */
const settings = {
  ...{ add_bos_token: true, add_eos_token: false, bos_token: "<s>", eos_token: null, unk_token: "<unk>" },
  ...{ add_prefix_space: false, clean_up_tokenization_spaces: true, model_max_length: 64, legacy: false },
  ...{ tokenizer_class: "LlamaTokenizer", additional_special_tokens: ["<s>"], remove_space: true },
  ...{
    do_lowercase_and_remove_accent: false,
    mask_token: { content: "a", lstrip: true },
    chat_template: "{{ x }}",
  },
  added_tokens_decoder: { "1": { content: "<s>", special: true } },
};
const tokenizers = [JSON.stringify(plain), JSON.stringify(byteLevel)];

/** What is said about a tokenizer beside it. */
export const huggingFaceSettingsTarget: FuzzTarget = {
  name: "hugging-face-settings",
  files: changedJson(settings),
  errors: [DataError],
  read: (bytes) => {
    for (const tokenizer of tokenizers) {
      checkTokenizer(readHuggingFaceTokenizer(tokenizer, textOf(bytes), 96, "tokenizer.json"));
    }
  },
};

function checkTokenizer(tokenizer: Tokenizer): void {
  const { size, bos, piece } = tokenizer;
  must(Number.isInteger(size) && size >= 0, "the vocabulary has a size");
  must(
    bos === null || (Number.isInteger(bos) && bos >= 0 && bos < Math.min(size, 96)),
    "a text begins with one of its tokens",
  );
  const tokens = tokenizer.encode("ab é");
  must(tokens.every((token) => token >= 0 && token < Math.min(size, 96)), "tokens are those of the model");
  must(
    typeof tokenizer.decode(tokens) === "string" && typeof piece(0) === "string",
    "tokens stand for text",
  );
}
