/**
 * What the language model reads.
 *
 * @module
 */
import { drawn, generate, likeliest } from "../../src/language_models/generate.ts";
import { isDelimiter } from "../../src/language_models/is_delimiter.ts";
import { type Windows, windowsOf } from "../../src/language_models/windows_of.ts";
import type { RunContext } from "../../src/reproduction.ts";
import type { Stories } from "./language_model_data.ts";

/** Tokens of a window, T: a sink needs 64 later queries. */
export const length = 256;

/** The first windows of the text, or as many spread evenly over it. */
export function textWindows(
  { tokenizer, text }: Stories,
  most: number,
  from: "beginning" | "everywhere",
): Windows {
  const { tokens } = windowsOf(tokenizer.encode(text), length, tokenizer.bos);
  const all = tokens.length / length;
  const count = Math.min(most, all);
  if (from === "beginning") return { tokens: tokens.subarray(0, count * length), length };
  const spread = new Int32Array(count * length);
  for (let i = 0; i < count; i++) {
    const window = Math.floor(i * all / count);
    spread.set(tokens.subarray(window * length, (window + 1) * length), i * length);
  }
  return { tokens: spread, length };
}

/** One greedy story, then stories drawn at temperature 1; none ends before T. */
export function ownStories(stories: Stories, count: number, { rng }: Pick<RunContext, "rng">): Windows {
  const tokens = new Int32Array(count * length);
  for (let window = 0; window < count; window++) {
    const stream = rng("catch_tag_release/story", window);
    const decoder = stories.reference();
    const choose = window === 0 ? likeliest : (logits: Float64Array) => drawn(logits, stream);
    tokens.set(
      generate((token) => decoder.next(token), stories.tokenizer.bos!, length, choose),
      window * length,
    );
  }
  return { tokens, length };
}

/** For each delimiter that the model was trained on a window of nothing else behind the first token. */
export function repeatedDelimiters({ tokenizer, model }: Stories): Windows {
  const delimiters = [".", ",", "!", "?", "\n"].map((delimiter) => {
    const token = tokenizer.encode(delimiter).at(-1)!;
    if (!isDelimiter(tokenizer.piece(token)) || token >= model.config.vocab) {
      throw new Error(`The tokenizer has no token for ${JSON.stringify(delimiter)}`);
    }
    return token;
  });
  const windows = delimiters.map((token) => {
    const window = new Int32Array(length).fill(token);
    window[0] = tokenizer.bos!;
    return window;
  });
  return { tokens: Int32Array.from(windows.flatMap((window) => Array.from(window))), length };
}
