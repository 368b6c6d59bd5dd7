import { Tokenizer as Engine } from "@huggingface/tokenizers";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { largestSide } from "../model/model_config.ts";
import type { Tokenizer } from "../model/tokenizer.ts";

/**
 * Reads a Hugging Face tokenizer.json.
 *
 * @param text The content of the file.
 * @param settings The content of tokenizer_config.json; `"{}"` where there is none.
 * @param vocab How many tokens the model has; it may have more than the tokenizer, which is padding.
 * @param name The file's name for the error message.
 * @returns The tokenizer. Its `bos` is the token that it puts before every text by itself. Its methods throw a
 * {@linkcode DataError} as well where a part of the file turns out to be wrong.
 * @throws {DataError} Where the file is no such tokenizer, or has tokens that the model does not have; where these were added to the
 * vocabulary, only once a text uses one.
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
  const json = guarded(name, () => JSON.parse(text));
  // Before the engine makes a list as long as the largest of them.
  const size = vocabularySize(json, vocab, name);
  const engine = guarded(name, () => new Engine(json, JSON.parse(settings)));
  const encode = (text: string, special: boolean) =>
    guarded(name, () => {
      const { ids } = engine.encode(text, { add_special_tokens: special });
      if (ids.some((id) => !Number.isInteger(id) || id < 0 || id >= size)) {
        throw new Error("it gives tokens that are none of its own");
      }
      return ids;
    });
  const ofModel = (ids: readonly number[]) => {
    const unknown = ids.find((id) => id >= vocab);
    if (unknown === undefined) return ids;
    throw new DataError(
      `Cannot take a text with token ${unknown}, ${
        oneLine(JSON.stringify(engine.id_to_token(unknown)))
      }, of ${name}: ` +
        `the model has ${vocab} tokens alone: leave it out of the text, or take the tokenizer of the model`,
    );
  };
  const decode = (tokens: Iterable<number>) => guarded(name, () => engine.decode(Array.from(tokens)));
  const plain = encode("a", false);
  const whole = encode("a", true);
  return {
    size,
    bos: whole.length > plain.length && whole[0] !== plain[0] ? ofModel(whole.slice(0, 1))[0]! : null,
    encode: (text) => Int32Array.from(ofModel(encode(text, false))),
    decode,
    piece: (token) => token < size && engine.id_to_token(token) !== undefined ? decode([token]) : "",
  };
}

/** One more than the largest token of a model, whose vocabulary has numbers or is a list, and of those added to it. */
function vocabularySize(json: unknown, vocab: number, name: string): number {
  const { model, added_tokens: added } = Object(json) as Record<string, unknown>;
  const { vocab: own } = Object(model) as Record<string, unknown>;
  const oneAfter = (tokens: readonly unknown[], most: number, rule: string) => {
    let size = 0;
    for (const token of tokens) {
      if (!Number.isSafeInteger(token) || Number(token) < 0) {
        throw new DataError(`Cannot read ${name}: the number of every token must be a whole number >= 0`);
      }
      size = Math.max(size, Number(token) + 1);
    }
    if (size > most) throw new DataError(`Cannot read ${name}: ${rule}: current number is ${size}`);
    return size;
  };
  const numbers = Array.isArray(own)
    ? [own.length - 1].filter((last) => last >= 0)
    : Object.values(Object(own));
  return Math.max(
    oneAfter(numbers, vocab, `the vocabulary must fit into the ${vocab} tokens of the model`),
    oneAfter(
      Array.isArray(added) ? added.map((token) => token?.id) : [],
      largestSide,
      `added tokens must have numbers below ${largestSide}`,
    ),
  );
}

/** Gives what the engine gives; it falls over parts of other types with errors that say nothing about the file. */
function guarded<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof DataError) throw error;
    const isOfEngine = !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;
    const reason = isOfEngine ? "a part of it is missing or of another type" : oneLine(error.message);
    throw new DataError(`Cannot read ${name}: it must be a Hugging Face tokenizer: ${reason}`, {
      cause: error,
    });
  }
}
