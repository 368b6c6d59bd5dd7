/**
 * What is measured of Whisper's decoder on windows of text behind one prefix.
 *
 * @module
 */
import { explainedBySpan } from "../../../../src/transformers/attention/explained_by_sinks.ts";
import type { Points } from "../../../../src/transformers/attention/points.ts";
import { measureHead } from "../../../../src/transformers/measure/measure_head.ts";
import { norm } from "../../../../src/transformers/measure/norm.ts";
import type { HeadTrace } from "../../../../src/transformers/model/layer_trace.ts";
import type { Whisper } from "./read_whisper.ts";
import type { PrefixName, WhisperWindows } from "./whisper_prompts.ts";
import { purity } from "../purity.ts";
import { twoMeans } from "../two_means.ts";
import { type HeadReceived, isChosen, releasedTags } from "./heads.ts";
import { type Losses, lossPlaces, measureLosses } from "./measure_losses.ts";
import { tokenLosses } from "../../../../src/transformers/model/token_losses.ts";
import {
  firstQuery,
  type Labels,
  labelTokens,
  measureTags,
  near,
  rowsAt,
  rowsFrom,
  silhouetteOf,
} from "./measure_tags.ts";
import { pairwiseDistances, silhouetteByDistances } from "../silhouette.ts";
import type { RandomStream } from "../../../../src/numeric/random/random_stream.ts";

/** How the two halves of a window lie apart. */
export interface Halves {
  /** 2-means purity of the halves in the residual stream after the last layer. */
  readonly purity: number;
  /** Silhouettes of the halves in the chosen head. */
  readonly outputs: number;
  readonly values: number;
  /** Share of tokens that attend more to the sink of their own half than to the other's; `null` where a half has none. */
  readonly own: number | null;
  /** Whether both expected keys are sinks of the chosen head. */
  readonly twoSinks: boolean;
}

/** One window. Means are over the heads with a sink; `null` where there is none to measure. */
export interface WhisperWindow {
  readonly heads: readonly HeadReceived[];
  readonly tagShare: number | null;
  readonly otherShare: number | null;
  readonly beyondPosition: number | null;
  /** Silhouette of tokens by the key they attend to the most. */
  readonly silhouettes: Readonly<Record<"outputs" | "values" | "residual", number>> | null;
  /** Share of the variance of the residual stream after the last layer along the released tags. */
  readonly released: number | null;
  /** Norm of the residual stream at the expected sink over its median, by layer; `null` without prefix. */
  readonly normRatios: readonly number[] | null;
  readonly halves: Halves | null;
  readonly losses: Losses | null;
}

/** How windows are measured. */
export interface WhisperMeasuring {
  readonly name: PrefixName;
  /** Losses are taken of every so many-th token of the text. */
  readonly stride: number;
  /** Windows that run side by side; no result depends on it. */
  readonly batch: number;
  /** The random stream of a window, for what is random about it. */
  readonly stream: (window: number) => RandomStream;
  readonly progress: (share: number) => void;
}

/** What the clean pass leaves of a window. */
interface Seen {
  readonly traces: HeadTrace[];
  readonly residuals: Float32Array[];
}

/**
 * Measures windows.
 *
 * @param whisper The model, on the current backend.
 * @param windows What it reads.
 * @param measuring How.
 */
export async function measureWhisper(
  whisper: Whisper,
  windows: WhisperWindows,
  { name, stride, batch, stream, progress }: WhisperMeasuring,
): Promise<WhisperWindow[]> {
  const { length } = windows;
  const count = windows.tokens.length / length;
  const measured: WhisperWindow[] = [];
  for (let first = 0; first < count; first += batch) {
    const tokens = windows.tokens.subarray(first * length, (first + batch) * length);
    const own = tokens.length / length;
    const places = name === "sot" || name === "prev" ? lossPlaces(windows, stride) : [];
    const { seen, clean } = await observe(whisper, tokens, length, places);
    const heads = seen.map(({ traces }) => traces.map(received));
    const streams = Array.from({ length: own }, (_, window) => stream(first + window));
    const losses = await measureLosses(whisper, { ...windows, tokens }, {
      name,
      places,
      clean,
      heads,
      streams,
    });
    for (const [window, one] of seen.entries()) {
      measured.push({
        heads: heads[window]!,
        ...await ofSinkHeads(whisper, one, heads[window]!),
        normRatios: windows.sinks.length === 0 ? null : normRatios(one.residuals, windows.sinks[0]!, whisper),
        halves: name === "prev" || name === "prevsot"
          ? measureHalves(one, heads[window]!, windows, whisper)
          : null,
        losses: losses?.[window] ?? null,
      });
    }
    progress(Math.min(1, (first + batch) / count));
  }
  return measured;
}

async function observe(
  { model }: Whisper,
  tokens: Int32Array,
  length: number,
  places: readonly number[],
): Promise<{ readonly seen: Seen[]; readonly clean: Float64Array }> {
  const seen = Array.from({ length: tokens.length / length }, (): Seen => ({ traces: [], residuals: [] }));
  const clean = await tokenLosses(model, tokens, length, {
    places,
    observe: (layer) => {
      for (const trace of layer.heads()) seen[trace.window]!.traces.push(trace);
      const residual = layer.residual();
      const size = length * model.config.dim;
      for (const [window, { residuals }] of seen.entries()) {
        residuals.push(residual.slice(window * size, (window + 1) * size));
      }
    },
  });
  return { seen, clean };
}

function received(trace: HeadTrace): HeadReceived {
  const { layer, head, largest, position, sinks, lagNull } = measureHead(trace, []);
  return { layer, head, largest, position, sinks, nullLargest: lagNull.largest };
}

/** Means over the heads that have a sink. */
async function ofSinkHeads(
  { model }: Whisper,
  { traces, residuals }: Seen,
  heads: readonly HeadReceived[],
): Promise<Pick<WhisperWindow, "tagShare" | "otherShare" | "beyondPosition" | "silhouettes" | "released">> {
  const { dim } = model.config;
  const residual: Points = { values: residuals.at(-1)!, dimension: dim };
  const distances = pairwiseDistances(residual);
  const withSinks = traces.flatMap((trace, at) =>
    heads[at]!.sinks.length > 0 ? [{ trace, ...heads[at]! }] : []
  );
  const tags = withSinks.map(({ trace, sinks }) => measureTags(trace, sinks));
  const silhouettes = withSinks.flatMap(({ trace, sinks }) => {
    const labels = labelTokens(trace, sinks);
    if (labels === null) return [];
    const { values, outputs, dimension } = trace;
    return [{
      outputs: silhouetteOf({ values: outputs, dimension }, labels),
      values: silhouetteOf({ values, dimension }, labels),
      residual: silhouetteByDistances(distancesAt(distances, labels), labels.labels),
    }];
  });
  const released: number[] = [];
  for (const { trace, sinks, layer, head } of withSinks) {
    const directions = await releasedTags(model, trace, sinks, { layer, head });
    released.push(explainedBySpan(rowsFrom(residual.values, dim, firstQuery(sinks)), directions).share);
  }
  return {
    tagShare: meanOf(tags.map(({ share }) => share)),
    otherShare: meanOf(tags.map(({ others }) => others)),
    beyondPosition: meanOf(tags.map(({ beyondPosition }) => beyondPosition)),
    silhouettes: silhouettes.length === 0 ? null : {
      outputs: meanOf(silhouettes.map(({ outputs }) => outputs))!,
      values: meanOf(silhouettes.map(({ values }) => values))!,
      residual: meanOf(silhouettes.map(({ residual }) => residual))!,
    },
    released: meanOf(released),
  };
}

function distancesAt(distances: Float64Array, { tokens }: Labels): Float64Array {
  const length = Math.sqrt(distances.length);
  const taken = new Float64Array(tokens.length * tokens.length);
  let at = 0;
  for (const i of tokens) for (const j of tokens) taken[at++] = distances[i * length + j]!;
  return taken;
}

function normRatios(residuals: readonly Float32Array[], sink: number, { model }: Whisper): number[] {
  const { dim } = model.config;
  return residuals.map((residual) => {
    const norms = Array.from(
      { length: residual.length / dim },
      (_, at) => norm(residual.subarray(at * dim, (at + 1) * dim)),
    );
    return norms[sink]! / norms.toSorted((a, b) => a - b)[Math.floor(norms.length / 2)]!;
  });
}

function measureHalves(
  { traces, residuals }: Seen,
  heads: readonly HeadReceived[],
  { halves, sinks }: WhisperWindows,
  { model }: Whisper,
): Halves {
  const at = heads.findIndex(isChosen);
  const { map, values, outputs, dimension } = traces[at]!;
  const tokens = halves.flatMap(([from, to]) => range(from + near, to));
  const labels = tokens.map((token) => token < halves[0][1] ? 0 : 1);
  const residual = rowsAt({ values: residuals.at(-1)!, dimension: model.config.dim }, tokens);
  const clusters = (values: Float32Array | Float64Array) =>
    silhouetteByDistances(pairwiseDistances(rowsAt({ values, dimension }, tokens)), labels);
  const weight = (token: number, key: number) => map.weights[token * map.length + key]!;
  const own = sinks.length < 2
    ? null
    : tokens.filter((token, i) => weight(token, sinks[labels[i]!]!) > weight(token, sinks[1 - labels[i]!]!))
      .length /
      tokens.length;
  return {
    purity: purity(twoMeans(residual), labels),
    outputs: clusters(outputs),
    values: clusters(values),
    own,
    twoSinks: sinks.length === 2 && sinks.every((sink) => heads[at]!.sinks.includes(sink)),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
