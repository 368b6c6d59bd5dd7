import { generate, likeliest } from "../../../src/transformers/model/generate.ts";
import { length } from "./window_length.ts";
import type { Stories } from "./read_stories.ts";

/** What karpathy/llama2.c prints from the first token on in 200 steps at temperature 0 (test_all.py, MIT licence). */
export const greedyText: string =
  "Once upon a time, there was a little girl named Lily. She loved to play outside " +
  "in the park. One day, she saw a big, red ball. She wanted to play with it, but it was too high.\nLily's mom said, " +
  '"Lily, let\'s go to the park." Lily was sad and didn\'t know what to do. She said, "I want to play with your ball, ' +
  "but I can't find it.\"\nLily was sad and didn't know what to do. She said, \"I'm sorry, Lily. I didn't know what to " +
  "do.\"\nLily didn't want to help her mom, so she";

/**
 * The story that the model tells greedily, T tokens with the one that begins it, in float64.
 *
 * @throws {Error} Where the trained model does not begin as llama2.c, another implementation, does: then the weights are not
 * read, or not used, as they were meant.
 */
export function greedyStory(stories: Stories): Int32Array {
  const { tokenizer, standIn } = stories;
  const decoder = stories.reference();
  const tokens = generate((token) => decoder.next(token), tokenizer.bos!, length, likeliest);
  if (!standIn) checkGreedyText(tokenizer.decode(tokens));
  return tokens;
}

/**
 * Compares a greedy story with that of llama2.c.
 *
 * @throws {Error} Where they differ: says at which character.
 */
export function checkGreedyText(text: string): void {
  let at = 0;
  while (at < greedyText.length && text[at] === greedyText[at]) at++;
  if (at === greedyText.length) return;
  throw new Error(
    `Cannot measure stories260K: its greedy story must begin with the ${greedyText.length} characters of llama2.c: ` +
      `character ${at + 1} is ${JSON.stringify(text[at] ?? "")}, not ${JSON.stringify(greedyText[at])}`,
  );
}
