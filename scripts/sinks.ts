/**
 * `deno task sinks --model DIR`: attention sinks, catch, tag and delimiter lift of a language model on disk, as
 * catch_tag_release measures them on stories260K.
 *
 * @module
 */
import { UsageError } from "../src/errors.ts";
import { describeError } from "../src/files/describe_error.ts";
import { readUtf8 } from "../src/files/read_utf8.ts";
import { defaultPrompt } from "../src/transformers/measure/default_prompt.ts";
import type { PromptMeasurement } from "../src/transformers/measure/measure_prompt.ts";
import { markdownTable } from "../src/suite/report/markdown_table.ts";
import { ProgressLine } from "../src/suite/report/progress_line.ts";
import type { Command } from "./lib/command.ts";
import {
  exitStatus,
  parseCount,
  parseThreads,
  print,
  runCommand,
  say,
  userPath,
} from "./lib/command_line.ts";
import { runApart } from "./lib/run_apart.ts";
import type { SinksInput, SinksOutput } from "./sinks_worker.ts";

const options = {
  model: {
    value: "DIR",
    text: "a Llama, Qwen2, GPT-2 or Whisper (its decoder)",
    required: true,
    parse: userPath,
  },
  prompt: { value: "FILE", text: "what the model reads", otherwise: "a built-in text", parse: userPath },
  prefix: {
    value: "TEXT",
    text: "tokens before each window",
    otherwise: "as in training",
    parse: (text: string) => text,
  },
  tokens: { value: "N", text: "tokens of a window", otherwise: "the whole prompt", parse: parseCount },
  threads: { value: "N", text: "threads, at most 9", otherwise: "one a core", parse: parseThreads },
  json: { text: "print the measurements as JSON" },
} as const;

const command: Command<typeof options> = {
  task: "sinks",
  summary: "Attention sinks of a language model on disk",
  options,
  example: "--model models/gpt2 --prompt text.txt",
};

/** A prompt of so many bytes fills any context a thousand times over. */
const longestPrompt = 2 ** 28;

await runCommand(
  command,
  async ({ options: { model, prompt: file, prefix, tokens: length, threads, json } }) => {
    const input: SinksInput = {
      model,
      prompt: file === undefined ? defaultPrompt : readPrompt(file),
      ...length === undefined ? {} : { length },
      ...prefix === undefined ? {} : { prefix },
      ...threads === undefined ? {} : { threads: Math.min(threads, 9) },
    };
    using line = new ProgressLine("sinks", "per cent");
    const { measured, notes } = await runApart<SinksInput, SinksOutput>(
      new URL("./sinks_worker.ts", import.meta.url),
      input,
      (share) => line.show({ done: Math.round(100 * share), total: 100, cached: 0, resumed: 0 }),
    );
    for (const note of notes) say(note);
    print(json ? `${JSON.stringify(measured)}\n` : describe(measured));
    return exitStatus.ok;
  },
);

function readPrompt(path: string): string {
  try {
    const text = readUtf8(path, longestPrompt);
    const at = text.indexOf("\0");
    if (at >= 0) {
      throw new RangeError(`it must be text: character ${at} is NUL, as in UTF-16 without its mark`);
    }
    return text;
  } catch (error) {
    throw new UsageError(`Cannot read the prompt ${path}: ${describeError(error)}`);
  }
}

function describe(found: PromptMeasurement): string {
  const { most, heads, layers, headsPerLayer, windows, length, leftOut } = found;
  const number = (value: number | null | undefined) =>
    value === null || value === undefined || Number.isNaN(value) ? "none" : value.toFixed(3);
  const place = (layer: number, head: number, position: number, token: string) =>
    `layer ${layer + 1}, head ${head + 1}, key ${position} ${JSON.stringify(token)}`;
  const normRatio = found.firstNormRatios.reduce((most, ratio) => Math.max(most, ratio), 0);
  const summary = markdownTable(["quantity", "model", "lag null"], [
    ["largest received attention", number(most.largest), number(found.nullLargest)],
    ["sinks a window (above 0.2)", number(found.sinks), number(found.nullSinks)],
    ["delimiter lift", number(found.delimiterLift), number(found.nullDelimiterLift)],
    ["loss (nats a token)", number(found.loss), ""],
    ["largest norm ratio of the first token", number(normRatio), ""],
  ]);
  const rows = heads.filter(({ sinks }) => sinks.length > 0).map((head) => [
    `${head.layer + 1}/${head.head + 1}`,
    ...windows > 1 ? [String(head.window + 1)] : [],
    head.sinks.map((sink, i) => `${sink} ${JSON.stringify(head.tokens[i]!)}`).join(", "),
    number(head.largest),
    number(head.lagNull.largest),
    number(head.catchMass),
    number(head.tagShare?.share),
    number(head.tagShare?.random),
  ]);
  const columns = ["layer/head", ...windows > 1 ? ["window"] : [], "sinks", "received", "lag null"];
  return [
    `${found.family}, ${layers} layers of ${headsPerLayer} heads; ${windows} window${
      windows === 1 ? "" : "s"
    } of ${length} tokens, ${leftOut} left out`,
    `largest at ${place(most.layer, most.head, most.position, found.mostToken)}`,
    "",
    ...summary,
    "",
    ...rows.length === 0
      ? [
        "No head has a sink: no key with at least T/4 later queries receives more than 0.2 of their attention",
      ]
      : markdownTable([...columns, "catch", "tag share", "random subspace"], rows),
    "",
  ].join("\n");
}
