/**
 * What the language model reads.
 *
 * @module
 */
import { isDelimiter } from "../../../src/transformers/measure/is_delimiter.ts";
import { cutIntoWindows, type Windows } from "../../../src/transformers/measure/windows.ts";
import { generate, sampleToken } from "../../../src/transformers/model/generate.ts";
import type { ReadContext } from "../../../src/data/sources/source.ts";
import { greedyStory } from "./greedy_story.ts";
import { length } from "./window_length.ts";
import type { Stories } from "./read_stories.ts";

/**
 * The first windows of the text.
 *
 * @param most How many, or as many as the text fills.
 */
export function textWindows({ tokenizer, text }: Stories, most: number): Windows {
  return cutIntoWindows(tokenizer.encode(text), length, tokenizer.bos === null ? [] : [tokenizer.bos], most);
}

/** One greedy story, then stories sampled at temperature 1; none ends before T. */
export function ownStories(stories: Stories, count: number, { rng }: Pick<ReadContext, "rng">): Windows {
  const tokens = new Int32Array(count * length);
  tokens.set(greedyStory(stories));
  for (let window = 1; window < count; window++) {
    const stream = rng("catch_tag_release/story", window);
    const decoder = stories.reference();
    const story = generate(
      (token) => decoder.next(token),
      stories.tokenizer.bos!,
      length,
      (logits: Float64Array) => sampleToken(logits, stream),
    );
    tokens.set(story, window * length);
  }
  return { tokens, length };
}

/**
 * For each delimiter that the model was trained on a window of nothing else behind the first token.
 *
 * @throws {Error} Where the tokenizer has no token for one.
 */
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
