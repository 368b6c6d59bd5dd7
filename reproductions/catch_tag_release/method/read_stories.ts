import type { ReadContext } from "../../../src/data/sources/source.ts";
import { readLlama2cTokenizer } from "../../../src/transformers/formats/llama2c_tokenizer.ts";
import { readLlama2c, sliceLlama2c } from "../../../src/transformers/formats/read_llama2c.ts";
import { writeLlama2c } from "../../../src/transformers/formats/write_llama2c.ts";
import { writeLlama2cTokenizer } from "../../../src/transformers/formats/write_llama2c_tokenizer.ts";
import type { LanguageModel } from "../../../src/transformers/model/language_model.ts";
import { randomTensors } from "../../../src/transformers/model/random_model.ts";
import { ReferenceDecoder } from "../../../src/transformers/model/reference_decoder.ts";
import { tinyConfig } from "../../../src/transformers/model/tiny_config.ts";
import type { Tokenizer } from "../../../src/transformers/model/tokenizer.ts";
import type { StoriesReading } from "./stories_source.ts";

/** A model, its tokenizer, a text, and the model again in float64. */
export interface Stories {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly text: string;
  /** Whether the model was never trained. */
  readonly standIn: boolean;
  /** Starts a decoder that shares no arithmetic with `forward`. */
  reference(): ReferenceDecoder;
}

/**
 * Reads stories260K, or makes a model with random weights and a text of random words.
 *
 * @param reading What is read.
 * @param context What it is read with.
 */
export async function readStories(
  { dataset, files, standIn }: StoriesReading,
  context: ReadContext,
): Promise<Stories> {
  const [checkpoint, vocabulary, text] = standIn
    ? standInFiles(context)
    : await Promise.all(files.map((name) => context.read({ dataset, name })));
  const { config, tensors } = sliceLlama2c(checkpoint!, "stories260K.bin");
  return {
    model: readLlama2c(checkpoint!, "stories260K.bin"),
    tokenizer: readLlama2cTokenizer(vocabulary!, config.vocab, "tok512.bin"),
    text: new TextDecoder().decode(text),
    standIn,
    reference: () => new ReferenceDecoder(config, (name) => tensors.get(name)!.values, true),
  };
}

/** A model that was never trained, of the same formats. */
function standInFiles({ rng }: Pick<ReadContext, "rng">): Uint8Array[] {
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
