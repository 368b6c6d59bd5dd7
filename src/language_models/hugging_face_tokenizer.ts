import { Tokenizer as Engine } from "@huggingface/tokenizers";
import { DataError } from "../errors.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Reads a Hugging Face tokenizer.json.
 *
 * @param text The content of the file.
 * @param settings The content of tokenizer_config.json; `"{}"` where there is none.
 * @param vocab How many tokens the model has; it may have more than the tokenizer, which is padding.
 * @param name The file's name for the error message.
 * @returns The tokenizer. Its `bos` is the token that it puts before every text by itself.
 * @throws {DataError} Where the file is no such tokenizer, or has tokens that the model does not have.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tinyTokenizerJson } from "./tiny_tokenizer.ts";
 *
 * const tokenizer = readHuggingFaceTokenizer(tinyTokenizerJson(["a", "b", "ab"]), "{}", 96, "tokenizer.json");
 * assertEquals(tokenizer.decode(tokenizer.encode("abb")), "abb");
 * ```
 */
export function readHuggingFaceTokenizer(
  text: string,
  settings: string,
  vocab: number,
  name: string,
): Tokenizer {
  const engine = start(text, settings, name);
  const size = Math.max(-1, ...engine.get_vocab(true).values()) + 1;
  if (size > vocab) {
    throw new DataError(
      `Cannot read ${name}: the vocabulary must fit into the ${vocab} tokens of the model: current number is ${size}`,
    );
  }
  const encode = (text: string, special: boolean) => engine.encode(text, { add_special_tokens: special }).ids;
  const [plain, whole] = [encode("a", false), encode("a", true)];
  return {
    size,
    bos: whole.length > plain.length && whole[0] !== plain[0] ? whole[0]! : null,
    encode: (text) => Int32Array.from(encode(text, false)),
    decode: (tokens) => engine.decode(Array.from(tokens)),
    piece: (token) => token < size && engine.id_to_token(token) !== undefined ? engine.decode([token]) : "",
  };
}

function start(text: string, settings: string, name: string): Engine {
  try {
    return new Engine(JSON.parse(text), JSON.parse(settings));
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new DataError(`Cannot read ${name}: it must be a Hugging Face tokenizer: ${reason}`);
  }
}
