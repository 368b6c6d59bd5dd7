/**
 * stories260K: a trained language model of 260,000 parameters under the metrics of the paper. It shows no sink in text, and
 * prefers delimiters.
 *
 * @module
 */
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { forward } from "../../src/language_models/forward.ts";
import { generate, likeliest } from "../../src/language_models/generate.ts";
import { measureAttention } from "../../src/language_models/measure_attention.ts";
import type { HeadMeasurement } from "../../src/language_models/measure_head.ts";
import { readOut } from "../../src/language_models/read_out.ts";
import { tokenLosses } from "../../src/language_models/token_losses.ts";
import type { Windows } from "../../src/language_models/windows_of.ts";
import type { Job, Plan, Profile, RunContext } from "../../src/reproduction.ts";
import { exampleOf, type StoriesExample } from "./language_model_example.ts";
import { loadStories, type Stories, storiesFiles } from "./language_model_data.ts";
import { length, ownStories, repeatedDelimiters, textWindows } from "./language_model_prompts.ts";

/** Greedy tokens that must be those of float64 arithmetic. */
const greedyTokens = 128;

/** What karpathy/llama2.c prints from the first token on in 200 steps at temperature 0 (test_all.py, MIT licence). */
export const greedyText: string =
  "Once upon a time, there was a little girl named Lily. She loved to play outside " +
  "in the park. One day, she saw a big, red ball. She wanted to play with it, but it was too high.\nLily's mom said, " +
  '"Lily, let\'s go to the park." Lily was sad and didn\'t know what to do. She said, "I want to play with your ball, ' +
  "but I can't find it.\"\nLily was sad and didn't know what to do. She said, \"I'm sorry, Lily. I didn't know what to " +
  "do.\"\nLily didn't want to help her mom, so she";

/** Which prompts are measured, or what else. */
type Part = "arithmetic" | "stories" | "shakespeare" | "delimiters" | "loss";

/** What a job on the language model depends on. */
export type StoriesParameters = {
  readonly kind: "stories";
  readonly part: Part;
  /** The most windows of T tokens that are measured. */
  readonly windows: number;
  readonly standIn: boolean;
};

/** The largest attention that a key receives in one head, over all windows. */
export interface HeadMaximum {
  readonly layer: number;
  readonly head: number;
  readonly largest: number;
  readonly nullLargest: number;
}

/** What a job on the language model found. */
export type StoriesResult =
  | {
    readonly kind: "stories";
    readonly part: "arithmetic";
    /** Greedy tokens, of 128, that float64 arithmetic gives as well. */
    readonly greedy: number;
    /** Leading characters of the greedy text that are those of llama2.c. */
    readonly characters: number;
    /** The largest difference of a logit from float64 arithmetic. */
    readonly logitsError: number;
    readonly example: StoriesExample;
  }
  | {
    readonly kind: "stories";
    readonly part: "stories" | "shakespeare" | "delimiters";
    readonly heads: readonly HeadMaximum[];
    /** Sinks of each window, in all heads together. */
    readonly sinks: readonly number[];
    /** Delimiter lift of each window, averaged over its heads. */
    readonly lifts: readonly number[];
    readonly nullLifts: readonly number[];
    readonly firstNormRatios: readonly number[];
    readonly loss: number;
  }
  | {
    readonly kind: "stories";
    readonly part: "loss";
    /** Mean loss of each window, in nats a token. */
    readonly losses: readonly number[];
  };

/** Windows of text of each profile; the whole text has 2719. */
const windowsOfProfile: Readonly<Record<Profile, { readonly attention: number; readonly loss: number }>> = {
  smoke: { attention: 2, loss: 4 },
  standard: { attention: 32, loss: 256 },
  full: { attention: 256, loss: 10_000 },
};

const cellsOfPart: Readonly<Record<Part, readonly string[]>> = {
  arithmetic: ["greedy", "greedy-text", "logits-error"],
  stories: [
    "max-received",
    "max-received-null",
    "sinks",
    "delimiter-lift",
    "delimiter-lift-null",
    "bos-norm",
  ],
  shakespeare: [
    "max-received",
    "max-received-null",
    "sinks",
    "delimiter-lift",
    "delimiter-lift-null",
    "bos-norm",
  ],
  delimiters: ["max-received-delimiters"],
  loss: ["loss"],
};

/** The jobs on the language model. */
export function storiesJobs({ profile, dataset }: Plan): Job<StoriesParameters>[] {
  const standIn = dataset("lm").source === "stand-in";
  const { attention, loss } = windowsOfProfile[profile];
  return (Object.keys(cellsOfPart) as Part[]).map((part) => ({
    id: `stories260k/${part}`,
    cells: cellsOfPart[part].map((cell) => `stories260k/${cell}`),
    inputs: storiesFiles(standIn),
    parameters: { kind: "stories", part, windows: part === "loss" ? loss : attention, standIn },
  }));
}

/** Runs one of them. */
export async function measureStories(
  context: RunContext,
  parameters: StoriesParameters,
): Promise<StoriesResult> {
  const { part, windows, standIn } = parameters;
  const stories = await loadStories(standIn, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    switch (part) {
      case "arithmetic":
        return await checkArithmetic(stories);
      case "loss":
        return { kind: "stories", part, losses: await lossesOf(stories, windows, context) };
      case "stories":
        return await measurePrompts(part, stories, ownStories(stories, windows, context), context);
      case "shakespeare":
        return await measurePrompts(part, stories, textWindows(stories, windows, "beginning"), context);
      case "delimiters":
        return await measurePrompts(part, stories, repeatedDelimiters(stories), context);
    }
  } finally {
    backend.dispose();
  }
}

/**
 * Compares a greedy story with float64 arithmetic. A token that is the likeliest after the greedy tokens before it is what
 * greedy decoding gives next, so one pass over the story checks every step of it.
 */
async function checkArithmetic(stories: Stories): Promise<StoriesResult> {
  const { model, tokenizer } = stories;
  const decoder = stories.reference();
  const expected: Float64Array[] = [];
  const next = (token: number) => {
    expected.push(decoder.next(token));
    return expected.at(-1)!;
  };
  const tokens = generate(next, tokenizer.bos!, length, likeliest);
  const logits = await readOut(model, await forward(model, tokens, length));
  const { vocab } = model.config;
  let logitsError = 0;
  let greedy = 0;
  for (const [i, row] of expected.entries()) {
    const own = logits.subarray(i * vocab, (i + 1) * vocab);
    for (const [token, logit] of row.entries()) {
      logitsError = Math.max(logitsError, Math.abs(logit - own[token]!));
    }
    if (greedy === i && i < greedyTokens && likeliest(own) === tokens[i + 1]) greedy++;
  }
  const text = tokenizer.decode(tokens);
  let characters = 0;
  while (characters < greedyText.length && text[characters] === greedyText[characters]) characters++;
  const example = await exampleOf(stories, tokens);
  return { kind: "stories", part: "arithmetic", greedy, characters, logitsError, example };
}

async function measurePrompts(
  part: "stories" | "shakespeare" | "delimiters",
  { model, tokenizer }: Stories,
  windows: Windows,
  { progress }: RunContext,
): Promise<StoriesResult> {
  const { heads, firstNormRatios, loss } = await measureAttention(model, tokenizer, windows, { progress });
  const count = windows.tokens.length / length;
  const lifts = (of: (head: HeadMeasurement) => number | null) =>
    Array.from({ length: count }, (_, window) => {
      const there = heads.filter((head) => head.window === window).map(of).filter((lift) => lift !== null);
      return there.reduce((a, b) => a + b, 0) / there.length;
    }).filter((lift) => !Number.isNaN(lift));
  return {
    kind: "stories",
    part,
    heads: maximaOf(heads),
    sinks: Array.from(
      { length: count },
      (_, window) =>
        heads.filter((head) => head.window === window).reduce((sum, { sinks }) => sum + sinks.length, 0),
    ),
    lifts: lifts(({ delimiterLift }) => delimiterLift),
    nullLifts: lifts(({ lagNull }) => lagNull.delimiterLift),
    firstNormRatios,
    loss,
  };
}

function maximaOf(heads: readonly HeadMeasurement[]): HeadMaximum[] {
  const maxima = new Map<string, HeadMaximum>();
  for (const { layer, head, largest, lagNull } of heads) {
    const before = maxima.get(`${layer}/${head}`);
    maxima.set(`${layer}/${head}`, {
      layer,
      head,
      largest: Math.max(largest, before?.largest ?? 0),
      nullLargest: Math.max(lagNull.largest, before?.nullLargest ?? 0),
    });
  }
  return [...maxima.values()];
}

/** Losses of windows that are spread evenly over the text. */
async function lossesOf(stories: Stories, most: number, { progress }: RunContext): Promise<number[]> {
  const { tokens } = textWindows(stories, most, "everywhere");
  const batch = 8 * length;
  const losses: number[] = [];
  for (let first = 0; first < tokens.length; first += batch) {
    const found = await tokenLosses(stories.model, tokens.subarray(first, first + batch), length);
    for (let at = 0; at < found.length; at += length - 1) {
      losses.push(found.subarray(at, at + length - 1).reduce((a, b) => a + b, 0) / (length - 1));
    }
    progress(Math.min(1, (first + batch) / tokens.length));
  }
  return losses;
}
