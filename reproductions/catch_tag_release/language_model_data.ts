import { readLlama2cTokenizer } from "../../src/language_models/llama2c_tokenizer.ts";
import type { LanguageModel } from "../../src/language_models/language_model.ts";
import { randomTensors } from "../../src/language_models/random_model.ts";
import { readLlama2c, sliceLlama2c } from "../../src/language_models/read_llama2c.ts";
import { ReferenceDecoder } from "../../src/language_models/reference_decoder.ts";
import { tinyConfig } from "../../src/language_models/tiny_config.ts";
import type { Tokenizer } from "../../src/language_models/tokenizer.ts";
import { writeLlama2c } from "../../src/language_models/write_llama2c.ts";
import { writeLlama2cTokenizer } from "../../src/language_models/write_llama2c_tokenizer.ts";
import type { InputFile, RunContext } from "../../src/reproduction.ts";

/** A model, its tokenizer, a text, and the model again in float64. */
export interface Stories {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly text: string;
  /** Starts a decoder that shares no arithmetic with `forward`. */
  reference(): ReferenceDecoder;
}

/** The files of stories260K, or none for its stand-in. */
export function storiesFiles(standIn: boolean): InputFile[] {
  const names = ["stories260K.bin", "tok512.bin", "tinyshakespeare.txt"];
  return standIn ? [] : names.map((name) => ({ dataset: "lm", name }));
}

/** Reads stories260K, or makes a model with random weights and a text of random words. */
export async function loadStories(
  standIn: boolean,
  context: Pick<RunContext, "read" | "rng">,
): Promise<Stories> {
  const [checkpoint, vocabulary, text] = standIn
    ? standInFiles(context)
    : await Promise.all(storiesFiles(false).map((file) => context.read(file))) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
  const { config, tensors } = sliceLlama2c(checkpoint, "stories260K.bin");
  return {
    model: readLlama2c(checkpoint, "stories260K.bin"),
    tokenizer: readLlama2cTokenizer(vocabulary, config.vocab, "tok512.bin"),
    text: new TextDecoder().decode(text),
    reference: () => new ReferenceDecoder(config, (name) => tensors.get(name)!.values, true),
  };
}

/** A model that was never trained, of the same formats. */
function standInFiles({ rng }: Pick<RunContext, "rng">): [Uint8Array, Uint8Array, Uint8Array] {
  const letters = Array.from("etaoinshrdlu");
  const pieces = [" ", ...letters, ".", ",", "!", "?"];
  const config = tinyConfig("llama", { vocab: 259 + pieces.length, context: 256 });
  const stream = rng("catch_tag_release/stand-in text", 0);
  const words = Array.from({ length: 4000 }, () => {
    const word = Array.from(
      { length: 1 + stream.integer(8) },
      () => letters[stream.integer(letters.length)]!,
    );
    return word.join("") + [" ", " ", " ", ", ", ".\n", "! "][stream.integer(6)]!;
  });
  return [
    writeLlama2c(config, randomTensors(config, "stand-in")),
    writeLlama2cTokenizer(pieces),
    new TextEncoder().encode(words.join("")),
  ];
}
