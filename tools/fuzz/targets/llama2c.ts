import fc from "fast-check";
import { DataError } from "../../../src/errors.ts";
import { readLlama2cTokenizer } from "../../../src/transformers/formats/llama2c_tokenizer.ts";
import { readLlama2c } from "../../../src/transformers/formats/read_llama2c.ts";
import { tinyConfig } from "../../../src/transformers/model/tiny_config.ts";
import { weightShapes } from "../../../src/transformers/model/weight_shapes.ts";
import { writeLlama2c } from "../../../src/transformers/formats/write_llama2c.ts";
import { writeLlama2cTokenizer } from "../../../src/transformers/formats/write_llama2c_tokenizer.ts";
import { changedBytes, type Field } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";

const sides = { dim: 4, hidden: 3, heads: 2, kvHeads: 1, headSize: 2, vocab: 5, context: 3 };
const checkpoints = [1, 2].flatMap((layers) =>
  [true, false].map((tied) => writeLlama2c(tinyConfig("llama", { ...sides, layers, tied }), new Map()))
);

/** Checkpoints of llama2.c. */
export const llama2cTarget: FuzzTarget = {
  name: "llama2c",
  files: changedBytes(fc.constantFrom(...checkpoints), {
    fields: () => [0, 4, 8, 12, 16, 20, 24].map((at): Field => ({ at, bytes: 4, littleEndian: true })),
  }),
  errors: [DataError],
  read: async (bytes) => {
    const { config, tensors } = readLlama2c(bytes, "fuzz.bin");
    for (const [name, shape] of weightShapes(config)) {
      const { length } = await tensors.read(name);
      must(shape.reduce((product, side) => product * side, 1) === length, "tensors have their shapes");
    }
  },
};

const pieces = [" ", "t", "h", "e", "th", " t", "the", "é"];
/** The special tokens, the bytes and the pieces. */
const vocab = 259 + pieces.length;
const tokens = [writeLlama2cTokenizer(pieces), writeLlama2cTokenizer([...pieces].reverse())];

/** Tokenizers of llama2.c. */
export const llama2cTokenizerTarget: FuzzTarget = {
  name: "llama2c-tokenizer",
  files: changedBytes(fc.constantFrom(...tokens), {
    // Scores and lengths of tokens stand at places that lengths decide: 4 bytes anywhere hit them often enough.
    fields: (file) =>
      Array.from({ length: 40 }, (_, i): Field => ({
        at: i < 20 ? 4 + 8 * i : file.length - 4 - 3 * (i - 20),
        bytes: 4,
        littleEndian: true,
      })),
    words: ["", "the", "<0x41>", "<0xZZ>", "\xff\xff\xff\x7f", "\0\0\xc0\x7f"].map(utf8),
  }),
  errors: [DataError],
  read: (bytes) => {
    const { encode, decode, piece, size } = readLlama2cTokenizer(
      bytes,
      bytes.length < 100 ? 2 : vocab,
      "fuzz.bin",
    );
    const tokens = encode("the hé \u0000🐢");
    must(tokens.every((token) => token >= 0 && token < size), "tokens are those of the vocabulary");
    must(typeof decode(tokens) === "string" && typeof piece(0) === "string", "tokens stand for text");
  },
};
