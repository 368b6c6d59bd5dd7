/**
 * Causal tests: what becomes of the loss where the values of sinks, or of other keys, are replaced.
 *
 * @module
 */
import type { RandomStream } from "../../../../src/numeric/random/random_stream.ts";
import type { LayerOutputs } from "../../../../src/transformers/model/forward.ts";
import { likeliest } from "../../../../src/transformers/model/generate.ts";
import { readOut } from "../../../../src/transformers/model/read_out.ts";
import { tokenLosses } from "../../../../src/transformers/model/token_losses.ts";
import { chosenHead, type HeadReceived, isChosen, releasedTags } from "./heads.ts";
import { otherKeys } from "./measure_tags.ts";
import type { Whisper } from "./read_whisper.ts";
import { type HeadValues, removeDirection, replaceValues } from "./replace_values.ts";
import type { PrefixName, WhisperWindows } from "./whisper_prompts.ts";

/** Mean losses of a window, in nats a token of the text. */
export type Losses =
  & { readonly kind: "sot" | "prev"; readonly clean: number }
  & (
    | {
      readonly kind: "sot";
      /** Values of the sinks are zeroed in every head that has one. */
      readonly zero: number;
      /** They are replaced by the mean value of the other keys. */
      readonly mean: number;
      /** Values of as many random other keys are zeroed in the same heads. */
      readonly random: number;
    }
    | {
      readonly kind: "prev";
      /** The tag of the chosen head is taken away. */
      readonly withoutTag: number;
      /** A random vector of its length is. */
      readonly withoutRandom: number;
      /** Whether the tag, read out by itself, has the token that begins a transcript as its likeliest. */
      readonly speaks: boolean;
    }
  );

/** How losses are measured. */
export interface LossMeasuring {
  readonly name: PrefixName;
  /** The places in a window of the tokens whose losses are taken. */
  readonly places: readonly number[];
  /** `(windows, places)`: the losses where nothing is changed. */
  readonly clean: Float64Array;
  /** All heads of each window. */
  readonly heads: readonly (readonly HeadReceived[])[];
  /** What is random about each window. */
  readonly streams: readonly RandomStream[];
}

/** The places of every so many-th token of the text; the first of all has no loss. */
export function lossPlaces({ length, prefix }: WhisperWindows, stride: number): number[] {
  return Array.from({ length }, (_, place) => place).filter((place) =>
    place >= Math.max(prefix, 1) && (place - prefix) % stride === 0
  );
}

/** Changes the heads of one window in one layer. */
type Change = (
  at: { readonly window: number; readonly layer: number; readonly head: number },
  head: HeadValues,
) => void;

/**
 * Measures losses, behind prefixes for which there is a causal test.
 *
 * @param whisper The model, on the current backend.
 * @param windows What it reads.
 * @param measuring How.
 * @returns One for each window; `null` behind the other prefixes.
 */
export async function measureLosses(
  whisper: Whisper,
  { tokens, length }: WhisperWindows,
  { name, places, clean: cleanLosses, heads, streams }: LossMeasuring,
): Promise<Losses[] | null> {
  if (name !== "sot" && name !== "prev") return null;
  const { config } = whisper.model;
  const byWindow = (all: Float64Array) =>
    streams.map((_, window) => {
      const own = all.subarray(window * places.length, (window + 1) * places.length);
      return own.reduce((sum, loss) => sum + loss, 0) / own.length;
    });
  const losses = async (change: Change) =>
    byWindow(
      await tokenLosses(whisper.model, tokens, length, {
        places,
        edit: (made: LayerOutputs) => changeHeads(made, length, config, change),
      }),
    );
  const clean = byWindow(cleanLosses);
  if (name === "sot") {
    const keysOf = (choose: (head: HeadReceived, window: number) => readonly number[]) => {
      const keys = heads.map((own, window) => own.map((head) => choose(head, window)));
      return (by: "zero" | "mean"): Change => ({ window, layer, head }, made) =>
        replaceValues(made, keys[window]![layer * config.heads + head]!, by);
    };
    const ofSinks = keysOf(({ sinks }) => sinks);
    const ofOthers = keysOf(({ sinks }, window) =>
      sample(otherKeys(length, sinks), sinks.length, streams[window]!)
    );
    const zero = await losses(ofSinks("zero"));
    const mean = await losses(ofSinks("mean"));
    const random = await losses(ofOthers("zero"));
    return clean.map((clean, i) => ({
      kind: "sot",
      clean,
      zero: zero[i]!,
      mean: mean[i]!,
      random: random[i]!,
    }));
  }
  const directions = streams.map((stream) =>
    unit(Float64Array.from({ length: config.headSize }, () => stream.normal()))
  );
  const speaks: boolean[] = [];
  const tags: HeadValues[] = [];
  const withoutTag = await losses((at, made) => {
    if (!isChosen(at)) return;
    tags[at.window] = made;
    replaceValues(made, [0], "zero");
  });
  const withoutRandom = await losses((at, made) => {
    if (isChosen(at)) removeDirection(made, 0, directions[at.window]!);
  });
  const token = whisper.tokenizer.encode("<|startoftranscript|>")[0]!;
  for (const made of tags) {
    const [tag] = await releasedTags(whisper.model, made, [0], chosenHead);
    speaks.push(await readsAs(whisper, tag!, token));
  }
  return clean.map((clean, i) => ({
    kind: "prev",
    clean,
    withoutTag: withoutTag[i]!,
    withoutRandom: withoutRandom[i]!,
    speaks: speaks[i]!,
  }));
}

function changeHeads(
  { layer, attention, values, outputs }: LayerOutputs,
  length: number,
  { heads, headSize }: Whisper["model"]["config"],
  change: Change,
): void {
  const size = length * headSize;
  for (let at = 0; at < outputs.length / size; at++) {
    change({ window: Math.floor(at / heads), layer, head: at % heads }, {
      attention: attention.subarray(at * length * length, (at + 1) * length * length),
      values: values.subarray(at * size, (at + 1) * size),
      outputs: outputs.subarray(at * size, (at + 1) * size),
      dimension: headSize,
    });
  }
}

/** Some keys, without replacement. */
function sample(keys: readonly number[], count: number, stream: RandomStream): number[] {
  const left = [...keys];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(stream.integer(left.length), 1)[0]!,
  );
}

function unit(vector: Float64Array): Float64Array {
  const size = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / size);
}

/** Whether a vector of the residual stream, through the last norm and the read-out alone, has a token as its likeliest (the logit lens). */
async function readsAs({ model }: Whisper, vector: Float64Array, token: number): Promise<boolean> {
  const scale = await model.tensors.read("model.decoder.layer_norm.weight");
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
  // Neither the division by the deviation nor the norm's shift, which is the same for all vectors, is part of the tag.
  const lens = Float32Array.from(vector, (value, k) => (value - mean) * scale[k]!);
  return likeliest(await readOut(model, lens)) === token;
}
