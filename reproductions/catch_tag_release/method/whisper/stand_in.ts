/**
 * A Whisper that was never trained, but has sinks by construction, so that everything that is measured of sinks can be tried without the
 * published one.
 *
 * @module
 */
import { readWhisperTokenizer } from "../../../../src/transformers/formats/whisper.ts";
import { type LanguageModel, languageModel } from "../../../../src/transformers/model/language_model.ts";
import { randomHeard, randomTensors } from "../../../../src/transformers/model/random_model.ts";
import { memorySource } from "../../../../src/transformers/model/tensor_source.ts";
import { tinyConfig } from "../../../../src/transformers/model/tiny_config.ts";
import type { Tokenizer } from "../../../../src/transformers/model/tokenizer.ts";

/** Tokens that are no text. */
const special = [
  "<|endoftext|>",
  "<|startoftranscript|>",
  "<|en|>",
  "<|transcribe|>",
  "<|startofprev|>",
  "<|notimestamps|>",
];

/** Those of them that every head attends to. */
const sinks = ["<|en|>", "<|startofprev|>"];

/** How far the embedding of a sink lies out, and how strongly every query looks for it. */
const strength = { embedding: 20, query: 6 };

/** Bytes that byte-level tokenizers write as the characters of Latin-1; the others are moved behind these. */
const isWritten = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
const bytes = Array.from({ length: 256 }, (_, byte) => byte);
const pieces = [
  ...bytes.filter(isWritten),
  ...bytes.filter((byte) => !isWritten(byte)).keys().map((i) => 256 + i),
]
  .map((code) => String.fromCharCode(code));

/** A model of four layers and its tokenizer. */
export function standInWhisper(): { readonly model: LanguageModel; readonly tokenizer: Tokenizer } {
  const vocab = pieces.length + special.length;
  const config = tinyConfig("whisper", { vocab, layers: 4, context: 256 });
  const { dim } = config;
  const tensors = randomTensors(config, "whisper stand-in");
  const embedding = tensors.get("model.decoder.embed_tokens.weight")!.values;
  const direction = Float32Array.from({ length: dim }, (_, k) => k % 2 === 0 ? 1 : -1);
  for (const token of sinks) {
    const at = pieces.length + special.indexOf(token);
    embedding.set(direction.map((value) => strength.embedding * value), at * dim);
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const part = (name: string) => tensors.get(`model.decoder.layers.${layer}.self_attn${name}`)!.values;
    const scale = part("_layer_norm.weight");
    const keys = part(".k_proj.weight");
    // The key of a sink, which every query has added to it.
    const key = Float32Array.from({ length: dim }, (_, o) => {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += direction[k]! * scale[k]! * keys[k * dim + o]!;
      return sum;
    });
    part(".q_proj.bias").set(key.map((value) => strength.query * value));
  }
  const tokenizer = readWhisperTokenizer(
    {
      vocab: JSON.stringify(Object.fromEntries(pieces.map((piece, i) => [piece, i]))),
      merges: "",
      added: JSON.stringify(Object.fromEntries(special.map((token, i) => [token, pieces.length + i]))),
    },
    vocab,
    "the stand-in",
  );
  const model = languageModel(config, memorySource(tensors), "the stand-in", randomHeard(config, "stand-in"));
  return { model, tokenizer };
}
