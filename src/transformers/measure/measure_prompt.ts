import { UsageError } from "../../errors.ts";
import { forwardBytes, gibibytes, largestForwardBytes, longestWindow } from "../model/forward_memory.ts";
import type { LanguageModel } from "../model/language_model.ts";
import { measureAttention } from "./measure_attention.ts";
import type { HeadMeasurement } from "./measure_head.ts";
import type { ModelConfig } from "../model/model_config.ts";
import { type AttentionSummary, summariseAttention } from "./summarise_attention.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import { cutIntoWindows, type Windows } from "./windows.ts";

/** What a prompt shows of a model. */
export interface PromptMeasurement extends AttentionSummary {
  readonly family: string;
  readonly layers: number;
  readonly headsPerLayer: number;
  /** Tokens of a window, T. */
  readonly length: number;
  readonly windows: number;
  /** Tokens at the end of the prompt that fill no window. */
  readonly leftOut: number;
  /** The token that receives the largest attention. */
  readonly mostToken: string;
  /** Mean of -ln p, in nats a token. */
  readonly loss: number;
  /** Norm of the residual stream at the first token over the median, by layer. */
  readonly firstNormRatios: readonly number[];
  /** Every head on every window; `tokens` are those of its sinks. */
  readonly heads: readonly (HeadMeasurement & { readonly tokens: readonly string[] })[];
}

/** Options of {@linkcode measurePrompt}. */
export interface PromptOptions {
  /** Tokens of a window; by default the prompt is one. */
  readonly length?: number;
  /** Begins each window and is none of the text, such as `"<|startofprev|>"`; by default what the tokenizer puts first. */
  readonly prefix?: string;
  /** Hears which share of the windows is done. */
  readonly progress?: (share: number) => void;
}

/**
 * Measures a model on a prompt: the table of the reproduction for any model.
 *
 * @param opened The model, on the current backend, and its tokenizer.
 * @param prompt The text.
 * @throws {UsageError} Where the prompt or a window does not fit the context or the memory, or has fewer than 8 tokens.
 * @throws {DataError} Where `forward` does.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { startBackend } from "../../compute/tfjs/start_backend.ts";
 * import { readHuggingFaceTokenizer } from "../formats/hugging_face_tokenizer.ts";
 * import { randomModel } from "../model/random_model.ts";
 * import { tinyConfig } from "../model/tiny_config.ts";
 * import { tinyTokenizerJson } from "../formats/tiny_tokenizer.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const model = randomModel(tinyConfig("gpt2"), "prompt");
 * const tokenizer = readHuggingFaceTokenizer(tinyTokenizerJson(["a", "b", "."]), "{}", 96, "tokenizer.json");
 * const { windows, leftOut } = await measurePrompt({ model, tokenizer }, "ab.ab.ab.ab.ab.ab.a", { length: 9 });
 * assertEquals([windows, leftOut], [2, 1]);
 * backend.dispose();
 * ```
 */
export async function measurePrompt(
  { model, tokenizer }: { readonly model: LanguageModel; readonly tokenizer: Tokenizer },
  prompt: string,
  { length, prefix, progress }: PromptOptions = {},
): Promise<PromptMeasurement> {
  const text = tokenizer.encode(prompt);
  const first = prefix !== undefined
    ? tokenizer.encode(prefix)
    : Int32Array.from(tokenizer.bos === null ? [] : [tokenizer.bos]);
  const windows = promptWindows(text, length, first, model.config);
  const { heads, loss, firstNormRatios } = await measureAttention(model, tokenizer, windows, {
    // One window at a time: the maps of a large model fill the memory.
    batch: 1,
    ...progress === undefined ? {} : { progress },
  });
  const piece = (window: number, position: number) =>
    tokenizer.piece(windows.tokens[window * windows.length + position]!);
  const summary = summariseAttention(heads);
  const count = windows.tokens.length / windows.length;
  return {
    family: model.config.family,
    layers: model.config.layers,
    headsPerLayer: model.config.heads,
    length: windows.length,
    windows: count,
    leftOut: text.length - count * (windows.length - first.length),
    ...summary,
    mostToken: piece(summary.most.window, summary.most.position),
    loss,
    firstNormRatios,
    heads: heads.map((head) => ({ ...head, tokens: head.sinks.map((sink) => piece(head.window, sink)) })),
  };
}

/** Fewer tokens leave no four quarters to speak of. */
const fewest = 8;

function promptWindows(
  text: Int32Array,
  length: number | undefined,
  prefix: Int32Array,
  config: ModelConfig,
): Windows {
  const { context } = config;
  const all = text.length + prefix.length;
  if (length === undefined && all > context) {
    throw new UsageError(
      `Cannot run the prompt of ${all} tokens: it must fit the context of ${context}: cut it into windows with --tokens N`,
    );
  }
  if (length !== undefined && (length > context || length < fewest)) {
    throw new UsageError(
      `Cannot run windows of ${length} tokens: --tokens must be from ${fewest} to the context of the model, ${context}`,
    );
  }
  if (all < (length ?? fewest)) {
    throw new UsageError(
      `Cannot run the prompt of ${all} tokens: it must have ${
        length ?? fewest
      } at least: give a longer one with --prompt FILE`,
    );
  }
  const own = (length ?? all) - prefix.length;
  if (own < 1) {
    throw new UsageError(
      `Cannot run windows of ${length} tokens behind a prefix of ${prefix.length}: a token of the text must have a place: take a larger --tokens`,
    );
  }
  checkMemory(config, length ?? all);
  return cutIntoWindows(text, length ?? all, prefix);
}

/** Before anything is computed: the scores of all heads grow with the square of the window. */
function checkMemory(config: ModelConfig, length: number): void {
  const bytes = forwardBytes(config, 1, length);
  if (bytes <= largestForwardBytes) return;
  const longest = Math.min(longestWindow(config), config.context);
  const mend = longest < fewest
    ? "the weights of a layer alone take more"
    : `cut the prompt into windows with --tokens ${longest} or fewer`;
  throw new UsageError(
    `Cannot run windows of ${length} tokens: ${config.heads} heads take ${gibibytes(bytes)} GiB for them, ` +
      `and there are ${gibibytes(largestForwardBytes)} GiB: ${mend}`,
  );
}
