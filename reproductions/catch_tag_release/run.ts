/**
 * The tasks of catch_tag_release.
 *
 * @module
 */
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import type { Windows } from "../../src/transformers/measure/windows.ts";
import { constructionError } from "./method/construction_error.ts";
import { type ExampleHead, exampleHead } from "./method/example_head.ts";
import { greedyStory } from "./method/greedy_story.ts";
import { measureToy, type ToyRun } from "./method/measure_toy.ts";
import { measureWindows, type WindowsMeasurement } from "./method/measure_windows.ts";
import { ownStories, repeatedDelimiters, textWindows } from "./method/prompts.ts";
import { readStories, type Stories } from "./method/read_stories.ts";
import type { StoriesReading } from "./method/stories_source.ts";
import { type ToyTraining, trainToys } from "./method/train_toys.ts";

/** No data is read. */
type NoReadings = Record<never, never>;

/** What the check of the explicit weights depends on. */
export interface ConstructionParameters {
  /** How sharp the attention is, in turn: the error falls with it. */
  readonly sharpnesses: readonly number[];
  /** Random sequences that are tried. */
  readonly sequences: number;
  /** Tokens of a sequence. */
  readonly length: number;
}

/** The largest error at each sharpness. */
export interface ConstructionResult {
  /** In the order of the parameters. */
  readonly errors: readonly { readonly sharpness: number; readonly error: number }[];
}

/** Compares the network of Theorem 7.1 with the means, on the same sequences at every sharpness. */
function construction(
  { parameters: { sharpnesses, sequences, length } }: TaskInput<ConstructionParameters, NoReadings>,
  context: RunContext,
): ConstructionResult {
  const errors = sharpnesses.map((sharpness) => {
    const stream = context.rng("catch_tag_release/construction", 0);
    return { sharpness, error: constructionError(sharpness, sequences, length, stream) };
  });
  return { errors };
}

/** What a training job depends on. */
export interface TrainingParameters {
  readonly training: ToyTraining;
  /** The seeds that are trained side by side. */
  readonly seeds: readonly number[];
}

/** What a training job found. */
export interface TrainingResult {
  readonly loss: ToyTraining["loss"];
  readonly runs: readonly ToyRun[];
}

/**
 * Trains networks of two attention layers to average the numbers after [SEP], some seeds side by side, and measures each (section 7
 * and appendix K.1 of the paper).
 */
async function toyTraining(
  { parameters: { training, seeds } }: TaskInput<TrainingParameters, NoReadings>,
  context: RunContext,
): Promise<TrainingResult> {
  const { loss } = training;
  const streams = seeds.map((seed) => ({
    initial: context.rng(`catch_tag_release/${loss}/initial`, seed),
    sequences: context.rng(`catch_tag_release/${loss}/sequences`, seed),
  }));
  const toys = await trainToys(training, streams, (share) => context.progress(share));
  const runs = toys.map(({ network, losses }, i) => {
    // Every network is measured on the same sequences.
    const stream = context.rng("catch_tag_release/test", 0);
    return { ...measureToy(network, training, stream), seed: seeds[i]!, losses };
  });
  return { loss, runs };
}

/** What the language model reads: its own stories or Shakespeare, of which so many windows at most, or delimiters alone. */
export type Prompt =
  | { readonly text: "stories" | "shakespeare"; readonly windows: number }
  | { readonly text: "delimiters" };

/** What every head of the language model shows on a prompt. */
export interface PromptResult extends WindowsMeasurement {
  readonly text: Prompt["text"];
}

/** Measures every head of stories260K on a prompt. */
async function prompt(
  { parameters, reads }: TaskInput<Prompt, { readonly lm: StoriesReading }>,
  context: RunContext,
): Promise<PromptResult> {
  const stories = await readStories(reads.lm, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const windows = promptWindows(parameters, stories, context);
    return { text: parameters.text, ...await measureWindows(stories, windows, context.progress) };
  } finally {
    backend.dispose();
  }
}

function promptWindows(prompt: Prompt, stories: Stories, context: RunContext): Windows {
  switch (prompt.text) {
    case "stories":
      return ownStories(stories, prompt.windows, context);
    case "shakespeare":
      return textWindows(stories, prompt.windows);
    case "delimiters":
      return repeatedDelimiters(stories);
  }
}

/** Shows the head of stories260K whose attention is the most concentrated, on the beginning of its greedy story. */
async function example(
  { reads }: TaskInput<null, { readonly lm: StoriesReading }>,
  context: RunContext,
): Promise<ExampleHead> {
  const stories = await readStories(reads.lm, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    return await exampleHead(stories, greedyStory(stories));
  } finally {
    backend.dispose();
  }
}

/** The tasks by name. */
export const tasks = { construction, toyTraining, prompt, example };
