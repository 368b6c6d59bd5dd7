import type { Dataset } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

/** A language model that listens; its canonical place is a model hub, from which nothing is downloaded here. */
export const whisperTiny: Dataset = {
  id: "whisper-tiny",
  title:
    "Whisper tiny in int8 ONNX: a decoder of 29.6 million parameters, its audio encoder and its tokenizer",
  licence: "weights MIT (OpenAI); conversion Apache-2.0",
  citation:
    "A. Radford et al., Robust speech recognition via large-scale weak supervision, arXiv:2212.04356; " +
    "conversion by Xenova",
  homepage: "https://huggingface.co/Xenova/whisper-tiny",
  files: [
    plainFile(
      "added_tokens.json",
      2_082,
      "ce949fe720c14311cb6c446e69cfe340dc669d7b006077a6feed6ae571dd7e88",
    ),
    plainFile("config.json", 2_248, "2b2e4e519084e0ea028b19b153f95202735a971870d6844aa26e559edd292e94"),
    plainFile(
      "generation_config.json",
      3_716,
      "68ac791fcb4999461a313472125042934656240ba1cba7d1c2627fcbb19ac24c",
    ),
    plainFile("merges.txt", 493_869, "2df2990a395e35e8dfbc7511e08c12d56018d8d04691e0133e5d63b21e154dc6"),
    plainFile(
      "onnx/decoder_model_merged_quantized.onnx",
      30_727_765,
      "6c0c125986b007d2e3734bec84c18bda0152071b90b87fadac6d7764499927a0",
    ),
    plainFile(
      "onnx/encoder_model_quantized.onnx",
      10_124_910,
      "fd9d995b9dcb0520f0dbf6cf68651af639fc385f594d9d876e69ca2802dc438e",
    ),
    plainFile("vocab.json", 1_036_584, "50d6a919f0a0601d56a04eb583c780d18553aa388254ba3158eb6a00f13e2c1a"),
  ],
};
