import type { Dataset } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

const llama2v = "ruhai-lin/llama2.v/ba71d14269cfa3d09257cbaeaf79b4134c56d672/model";

/** A small trained language model and a text for it. */
export const lm: Dataset = {
  id: "lm",
  title: "A language model of 260,000 parameters, its tokenizer, and a text",
  licence: "model and tokenizer MIT; the text is in the public domain",
  citation: "A. Karpathy, llama2.c (tinyllamas, stories260K) and char-rnn (tinyshakespeare)",
  homepage: "https://huggingface.co/karpathy/tinyllamas",
  files: [
    plainFile(
      "stories260K.bin",
      1_056_540,
      "b0a507e7ad0f626624f17112325e66691f9076d622e1d3274d103d00299f2696",
      `${llama2v}/stories260K.bin`,
    ),
    plainFile(
      "tok512.bin",
      6_227,
      "037cb335abb25d1fa9e8ecae30ed2a3a8ace9302862ebcdc05d51a6bbb10c312",
      `${llama2v}/tok512.bin`,
    ),
    plainFile(
      "tinyshakespeare.txt",
      1_115_394,
      "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
      "karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt",
    ),
  ],
};
