/**
 * Whisper as ONNX files have it, with the files of its tokenizer beside them.
 *
 * @module
 */
import { z } from "zod";
import { DataError } from "../../errors.ts";
import { readOnnxWeights } from "../../pretrained/onnx/read_onnx_weights.ts";
import { encodeAudio, type EncoderConfig } from "../model/audio_encoder.ts";
import { type Heard, type LanguageModel, languageModel } from "../model/language_model.ts";
import { checkModelConfig, type ModelConfig } from "../model/model_config.ts";
import { memorySource } from "../model/tensor_source.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import { readHuggingFaceTokenizer } from "./hugging_face_tokenizer.ts";

/** What begins a transcript of English: the mode that the decoder was trained for. */
export const transcriptPrefix = "<|startoftranscript|><|en|><|transcribe|><|notimestamps|>";

/** The log-mel spectrogram of silence, in the units that the encoder was trained on: a constant. */
export const silence = -1.5;

/** Both halves of a Whisper. */
export interface WhisperConfig {
  readonly encoder: EncoderConfig;
  readonly decoder: ModelConfig;
}

const side = z.number().int().positive();
const configSchema = z.looseObject({
  model_type: z.literal("whisper"),
  d_model: side,
  encoder_layers: side,
  encoder_attention_heads: side,
  encoder_ffn_dim: side,
  decoder_layers: side,
  decoder_attention_heads: side,
  decoder_ffn_dim: side,
  vocab_size: side,
  num_mel_bins: side,
  max_source_positions: side,
  max_target_positions: side,
  activation_function: z.literal("gelu"),
  scale_embedding: z.literal(false).default(false),
});

/** LayerNorm's, which the configuration does not say. */
const normEps = 1e-5;

/**
 * Reads a config.json of Whisper.
 *
 * @param text The content of the file.
 * @param name Its name for error messages.
 * @throws {DataError} Where it is none, or says what is not computed here.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => readWhisperConfig('{"model_type":"bert"}', "config.json"), Error, "model_type");
 * ```
 */
export function readWhisperConfig(text: string, name: string): WhisperConfig {
  const json = parseJson(text, name);
  const parsed = configSchema.safeParse(json);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue];
    throw new DataError(
      `Cannot read ${name}: it must be the config.json of a Whisper: ${path.join(".")}: ${message}`,
    );
  }
  const { data } = parsed;
  const dim = data.d_model;
  const heads = { encoder: data.encoder_attention_heads, decoder: data.decoder_attention_heads };
  if (dim % heads.encoder !== 0 || dim % heads.decoder !== 0) {
    throw new DataError(
      `Cannot read ${name}: heads must divide d_model: current values are ${heads.encoder}, ${heads.decoder} and ${dim}`,
    );
  }
  return {
    encoder: {
      bands: data.num_mel_bins,
      dim,
      layers: data.encoder_layers,
      heads: heads.encoder,
      hidden: data.encoder_ffn_dim,
      frames: data.max_source_positions,
      normEps,
    },
    decoder: checkModelConfig({
      family: "whisper",
      vocab: data.vocab_size,
      dim,
      layers: data.decoder_layers,
      heads: heads.decoder,
      kvHeads: heads.decoder,
      headSize: dim / heads.decoder,
      hidden: data.decoder_ffn_dim,
      context: data.max_target_positions,
      normEps,
      rope: null,
      tied: true,
      bias: { qkv: true, output: true, feedForward: true },
    }, name),
  };
}

/**
 * What the encoder makes of half a minute of silence, on the current backend.
 *
 * @param bytes The encoder in ONNX.
 * @param config Its shape.
 * @param name The file's name for error messages.
 * @throws {DataError} Where the file is none, or has other tensors.
 */
export function hearSilence(bytes: Uint8Array, config: EncoderConfig, name: string): Heard {
  const mel = new Float32Array(config.bands * 2 * config.frames).fill(silence);
  return encodeAudio(config, readOnnxWeights(bytes, name), mel, name);
}

/**
 * The decoder as a language model.
 *
 * @param bytes The decoder in ONNX.
 * @param config Its shape.
 * @param heard What it listens to.
 * @param name The file's name for error messages.
 * @throws {DataError} Where the file is none, or has other tensors.
 */
export function readWhisperDecoder(
  bytes: Uint8Array,
  config: ModelConfig,
  heard: Heard,
  name: string,
): LanguageModel {
  return languageModel(config, memorySource(readOnnxWeights(bytes, name)), name, heard);
}

/** The files of a tokenizer. */
export interface WhisperTokenizerFiles {
  /** vocab.json: the number of each token. */
  readonly vocab: string;
  /** merges.txt: which tokens are joined, the first ones first. */
  readonly merges: string;
  /** added_tokens.json: the numbers of tokens that are no text. */
  readonly added: string;
}

/**
 * Reads the byte-level tokenizer of Whisper (that of GPT-2): tokens such as `<|en|>` are read in a text as what they stand for.
 *
 * @param files Their contents.
 * @param vocab How many tokens the model has.
 * @param name The folder for error messages.
 * @throws {DataError} Where they are no such files.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const files = { vocab: '{"a":0,"b":1,"ab":2}', merges: "#version: 0.2\na b\n", added: '{"<|en|>":3}' };
 * assertEquals(readWhisperTokenizer(files, 4, "tiny").encode("<|en|>abb"), Int32Array.of(3, 2, 1));
 * ```
 */
export function readWhisperTokenizer(
  { vocab: pieces, merges, added }: WhisperTokenizerFiles,
  vocab: number,
  name: string,
): Tokenizer {
  const special = Object.entries(parseJson(added, `${name}/added_tokens.json`) as Record<string, unknown>);
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
  const json = JSON.stringify({
    version: "1.0",
    added_tokens: special.map(([content, id]) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      vocab: parseJson(pieces, `${name}/vocab.json`),
      merges: merges.split("\n").filter((line) => line !== "" && !line.startsWith("#version")),
    },
  });
  return readHuggingFaceTokenizer(json, "{}", vocab, name);
}

function parseJson(text: string, name: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  } catch {
    // Said below.
  }
  throw new DataError(`Cannot read ${name}: it must be a JSON object`);
}
