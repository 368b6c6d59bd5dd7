import type { Reading, Source } from "../../../../src/data/sources/source.ts";

/** whisper-tiny as it is to be read: `files` are the configuration, the files of the tokenizer, the encoder and the decoder. */
export type WhisperReading = Reading;

const dataset = "whisper-tiny";

/** The files, in this order. */
const files = [
  "config.json",
  "vocab.json",
  "merges.txt",
  "added_tokens.json",
  "onnx/encoder_model_quantized.onnx",
  "onnx/decoder_model_merged_quantized.onnx",
];

/** Whisper tiny (OpenAI) in int8 ONNX. */
export const whisperTiny: Source<WhisperReading> = {
  dataset,
  resolve: ({ source }) =>
    source === "stand-in" ? { dataset, files: [], standIn: true } : { dataset, files, standIn: false },
};
