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
import { type WhisperExample, whisperExamples } from "./method/whisper/whisper_example.ts";
import { measureWhisper, type WhisperWindow } from "./method/whisper/measure_whisper.ts";
import { readWhisper, type Whisper } from "./method/whisper/read_whisper.ts";
import {
  prefixedWindows,
  type PrefixName,
  proseWindows,
  storyWindows,
} from "./method/whisper/whisper_prompts.ts";
import type { WhisperReading } from "./method/whisper/whisper_source.ts";
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

/** What Whisper's decoder reads: some windows of a text behind a prefix. */
export interface WhisperParameters {
  readonly prefix: PrefixName;
  readonly text: "stories" | "shakespeare";
  /** Windows of the text in all jobs together, and the part of this one. */
  readonly windows: number;
  readonly from: number;
  readonly to: number;
  /** Tokens of the text in a window. */
  readonly length: number;
  /** Losses are taken of every so many-th token. */
  readonly stride: number;
}

/** What windows show, in their order. */
export interface WhisperResult {
  readonly prefix: PrefixName;
  readonly text: WhisperParameters["text"];
  readonly windows: readonly WhisperWindow[];
}

/** The data of Whisper's jobs: the second is what tells stories and holds Shakespeare. */
type WhisperReadings = { readonly whisper: WhisperReading; readonly lm: StoriesReading };

/** Windows that run side by side. */
const whisperBatch = 4;

/** Measures every head of Whisper's decoder on windows of a text, and what its sinks are for. */
async function whisper(
  { parameters, reads }: TaskInput<WhisperParameters, WhisperReadings>,
  context: RunContext,
): Promise<WhisperResult> {
  const { prefix, text, from, to, length, stride } = parameters;
  const backend = await startBackend({ threads: context.threads });
  try {
    const model = await readWhisper(reads.whisper, context);
    const all = await whisperText(parameters, reads.lm, model, context);
    const own = { tokens: all.tokens.subarray(from * length, to * length), length };
    const windows = await measureWhisper(model, prefixedWindows(prefix, own, model.tokenizer), {
      name: prefix,
      stride,
      batch: whisperBatch,
      stream: (window) => context.rng(`catch_tag_release/whisper/${text}/${prefix}`, from + window),
      progress: context.progress,
    });
    return { prefix, text, windows };
  } finally {
    backend.dispose();
  }
}

async function whisperText(
  { text, windows, length }: Pick<WhisperParameters, "text" | "windows" | "length">,
  reading: StoriesReading,
  { tokenizer }: Whisper,
  context: RunContext,
): Promise<Windows> {
  const stories = await readStories(reading, context);
  return text === "stories"
    ? await storyWindows(stories, reading, windows, length, tokenizer, context)
    : proseWindows(stories.text, windows, length, tokenizer);
}

/** Shows two heads of Whisper's decoder on two short segments: one with sinks, and one without. */
async function whisperExample(
  { parameters, reads }: TaskInput<
    { readonly length: number },
    WhisperReadings
  >,
  context: RunContext,
): Promise<WhisperExample[]> {
  const backend = await startBackend({ threads: context.threads });
  try {
    const model = await readWhisper(reads.whisper, context);
    const text = await whisperText(
      { ...parameters, text: "shakespeare", windows: 1 },
      reads.lm,
      model,
      context,
    );
    return await whisperExamples(model, prefixedWindows("prevsot", text, model.tokenizer));
  } finally {
    backend.dispose();
  }
}

/** The tasks by name. */
export const tasks = { construction, toyTraining, prompt, example, whisper, whisperExample };
