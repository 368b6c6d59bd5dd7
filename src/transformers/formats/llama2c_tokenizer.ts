import { DataError } from "../../errors.ts";
import { mergePairs } from "./merge_pairs.ts";
import type { Tokenizer } from "../model/tokenizer.ts";

/** Numbers of sentencepiece: 0 is unknown, 1 begins and 2 ends a text, and 256 tokens for the bytes follow. */
const [bos, eos, firstByte] = [1, 2, 3];

/**
 * Reads the tokenizer of a llama2.c model (karpathy/llama2.c, `Tokenizer.export`): a 32-bit integer, the longest token,
 * then for each token its score as a float32, its length as a 32-bit integer and its bytes. Text is cut into characters
 * (those that are no token into bytes), then the neighbours whose joint token has the largest score are joined until
 * there are none.
 *
 * @param bytes The whole file.
 * @param vocab How many tokens the model has; the file does not say how many it holds.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is damaged, holds another number of tokens, or has none for every byte.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeLlama2cTokenizer } from "./write_llama2c_tokenizer.ts";
 *
 * const tokenizer = readLlama2cTokenizer(writeLlama2cTokenizer([" ", "a", "b", "ab"]), 259 + 4, "tok.bin");
 * const tokens = tokenizer.encode("abé");
 * assertEquals(tokens, Int32Array.of(259, 262, 3 + 0xc3, 3 + 0xa9));
 * assertEquals(tokenizer.decode([1, ...tokens]), "abé");
 * ```
 */
export function readLlama2cTokenizer(bytes: Uint8Array, vocab: number, name: string): Tokenizer {
  const tokens = readTokens(bytes, vocab, name);
  const texts = tokens.map(({ text }) => new TextDecoder().decode(text));
  const numbers = new Map<string, number>();
  for (const [number, text] of texts.entries()) if (!numbers.has(text)) numbers.set(text, number);
  const join = (left: number, right: number) => {
    const token = numbers.get(texts[left]! + texts[right]!);
    return token === undefined ? null : { token, score: tokens[token]!.score };
  };
  const bytesOf = (token: number) => {
    const byte = /^<0x([0-9A-F]{2})>$/.exec(texts[token] ?? "");
    return byte === null ? tokens[token]?.text ?? new Uint8Array() : Uint8Array.of(parseInt(byte[1]!, 16));
  };
  return {
    size: vocab,
    bos,
    encode: (text) => {
      if (text === "") return new Int32Array();
      // Sentencepiece puts a space before the text, so that a word is the same token there as later on.
      const characters = Array.from(` ${text}`).flatMap((character) => {
        const token = numbers.get(character);
        return token === undefined
          ? Array.from(new TextEncoder().encode(character), (byte) => byte + firstByte)
          : [token];
      });
      return mergePairs(characters, join);
    },
    decode: (sequence) => {
      const all: number[] = [];
      for (const token of sequence) {
        if (token !== bos && token !== eos) { for (const byte of bytesOf(token)) all.push(byte); }
      }
      return new TextDecoder().decode(Uint8Array.from(all)).replace(/^ /, "");
    },
    piece: (token) => new TextDecoder().decode(bytesOf(token)),
  };
}

function readTokens(bytes: Uint8Array, vocab: number, name: string): { score: number; text: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tokens: { score: number; text: Uint8Array }[] = [];
  let at = 4;
  while (at < bytes.length) {
    const length = at + 8 <= bytes.length ? view.getInt32(at + 4, true) : -1;
    const end = at + 8 + length;
    if (length < 0 || end > bytes.length) {
      throw new DataError(
        `Cannot read ${name}: token ${tokens.length} of a llama2.c tokenizer must have a score, a length and as many ` +
          `bytes: the file ends after ${bytes.length} bytes, or is none`,
      );
    }
    const score = view.getFloat32(at, true);
    if (Number.isNaN(score)) {
      throw new DataError(
        `Cannot read ${name}: the score of token ${tokens.length} must be a number: it is NaN`,
      );
    }
    tokens.push({ score, text: bytes.subarray(at + 8, end) });
    at = end;
  }
  if (tokens.length !== vocab) {
    throw new DataError(
      `Cannot read ${name}: the vocabulary must have the ${vocab} tokens of the model: ` +
        `current number is ${tokens.length}`,
    );
  }
  if (vocab < firstByte + 256) {
    throw new DataError(
      `Cannot read ${name}: a vocabulary of sentencepiece must have at least ${firstByte + 256} tokens: ` +
        `current number is ${vocab}`,
    );
  }
  return tokens;
}
