/**
 * What Whisper's decoder reads: windows of text behind and around the tokens that it was trained with.
 *
 * @module
 */
import type { ReadContext, Reading } from "../../../../src/data/sources/source.ts";
import type { Windows } from "../../../../src/transformers/measure/windows.ts";
import { cutIntoWindows } from "../../../../src/transformers/measure/windows.ts";
import type { Tokenizer } from "../../../../src/transformers/model/tokenizer.ts";
import { transcriptPrefix } from "../../../../src/transformers/formats/whisper.ts";
import { ownStories } from "../prompts.ts";
import type { Stories } from "../read_stories.ts";

/**
 * What stands before the text: `prev`, the token before earlier text; `sot`, those that begin a transcript, the mode that the decoder
 * was trained for; `text`, nothing; `prevsot`, the token before earlier text, one half, those that begin a transcript, and the other half.
 */
export type PrefixName = "prev" | "sot" | "text" | "prevsot";

/** A prefix as text, by its name; the `prevsot` has the tokens of `sot` in its middle besides. */
const prefixes: Readonly<Record<PrefixName, string>> = {
  prev: "<|startofprev|>",
  sot: transcriptPrefix,
  text: "",
  prevsot: "<|startofprev|>",
};

/** Windows behind a prefix. */
export interface WhisperWindows extends Windows {
  readonly prefix: number;
  /** Key of the token that a sink is expected at: of the prefix, and of the middle of `prevsot`; `null` without prefix. */
  readonly sinks: readonly number[];
  /** The two halves of the text, from one place to another. */
  readonly halves: readonly [readonly [number, number], readonly [number, number]];
}

/** The place of `<|en|>` among the tokens that begin a transcript. */
const languageAt = 1;

/**
 * Puts a prefix before, or around, windows of text.
 *
 * @param name Which.
 * @param text `(windows, length)` tokens of text; the length is even.
 */
export function prefixedWindows(
  name: PrefixName,
  { tokens: text, length }: Windows,
  tokenizer: Tokenizer,
): WhisperWindows {
  const first = tokenizer.encode(prefixes[name]);
  const middle = name === "prevsot" ? tokenizer.encode(transcriptPrefix) : new Int32Array();
  const half = length / 2;
  const whole = first.length + length + middle.length;
  const windows = text.length / length;
  const tokens = new Int32Array(windows * whole);
  const second = first.length + half + middle.length;
  for (let window = 0; window < windows; window++) {
    const own = text.subarray(window * length, (window + 1) * length);
    tokens.set(first, window * whole);
    tokens.set(own.subarray(0, half), window * whole + first.length);
    tokens.set(middle, window * whole + first.length + half);
    tokens.set(own.subarray(half), window * whole + second);
  }
  const expected: Readonly<Record<PrefixName, readonly number[]>> = {
    prev: [0],
    sot: [languageAt],
    text: [],
    prevsot: [0, first.length + half + languageAt],
  };
  return {
    tokens,
    length: whole,
    prefix: first.length,
    sinks: expected[name],
    halves: [[first.length, first.length + half], [second, whole]],
  };
}

/** More characters than a token has on average, in any text here. */
const charactersOfToken = 8;

/**
 * Windows from the second half of Shakespeare, without speakers and ends of lines.
 *
 * @param text The text.
 * @param windows How many.
 * @param length Tokens of a window.
 * @throws {RangeError} Where the text is too short.
 */
export function proseWindows(text: string, windows: number, length: number, tokenizer: Tokenizer): Windows {
  const from = text.indexOf("\n\n", Math.floor(text.length / 2)) + 1;
  const part = text.slice(from, from + windows * length * charactersOfToken);
  const speeches = part.split("\n\n").map((speech) =>
    speech.split("\n").filter((line) => !line.endsWith(":")).join(" ").trim()
  );
  return filled(speeches.filter((speech) => speech !== "").join(" "), windows, length, tokenizer);
}

/**
 * Windows of stories that stories260K tells, one after the other.
 *
 * @param stories The model that tells them.
 * @param reading What it was read from.
 * @param windows How many.
 * @param length Tokens of a window, of Whisper's.
 * @throws {RangeError} Where the stories are too short.
 */
export async function storyWindows(
  stories: Stories,
  reading: Reading,
  windows: number,
  length: number,
  tokenizer: Tokenizer,
  context: ReadContext,
): Promise<Windows> {
  // A model that was never trained repeats one token.
  if (stories.standIn) return filled(stories.text, windows, length, tokenizer);
  // A story has some 180 tokens of Whisper's.
  const count = Math.ceil(windows * length / 100);
  const bytes = await context.artifact({ whisperStories: count }, [reading], () => {
    const { tokens, length } = ownStories(stories, count, context);
    const texts = Array.from(
      { length: count },
      (_, i) => stories.tokenizer.decode(tokens.subarray(i * length, (i + 1) * length)),
    );
    return new TextEncoder().encode(texts.join(" ").replaceAll(/\s+/g, " "));
  });
  return filled(new TextDecoder().decode(bytes), windows, length, tokenizer);
}

function filled(text: string, windows: number, length: number, tokenizer: Tokenizer): Windows {
  const cut = cutIntoWindows(tokenizer.encode(text), length, [], windows);
  if (cut.tokens.length === windows * length) return cut;
  throw new RangeError(
    `Cannot cut ${windows} windows of ${length} tokens: the text must fill them: it fills ${
      cut.tokens.length / length
    }`,
  );
}
