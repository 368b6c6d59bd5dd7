/**
 * The cells of Whisper's decoder: means over windows, with the standard error over them.
 *
 * @module
 */
import { type Cell, cell, type Job, type Measurement } from "../../src/suite/reproduction.ts";
import { perWindow } from "./cells.ts";
import type { Losses } from "./method/whisper/measure_losses.ts";
import type { WhisperWindow } from "./method/whisper/measure_whisper.ts";
import type { PrefixName } from "./method/whisper/whisper_prompts.ts";
import type { WhisperResult } from "./run.ts";

/** The jobs of each prefix. */
export type WhisperJobs = Readonly<Record<PrefixName, readonly Job<WhisperResult>[]>>;

/** Prefixes that stand before one text. */
const single = ["prev", "sot", "text"] as const;

/** Tokens that count as the first ones where the text has no prefix: as many as begin a transcript. */
const firstTokens = 4;

/** What Whisper's decoder shows. */
export function whisperCells(jobs: WhisperJobs): Cell[] {
  /** A mean over the windows of a prefix in which there is something to measure. */
  const mean = (
    prefix: PrefixName,
    name: string,
    value: (window: WhisperWindow) => number | null | undefined,
  ) =>
    cell(
      `whisper/${prefix}/${name}`,
      jobs[prefix],
      (results): Measurement =>
        perWindow(windowsOf(results).map(value).filter((one) => one !== null && one !== undefined)),
    );
  const ofLosses = <Kind extends Losses["kind"]>(
    kind: Kind,
    name: string,
    value: (losses: Extract<Losses, { kind: Kind }>) => number,
  ) =>
    mean(
      kind,
      name,
      ({ losses }) => losses?.kind === kind ? value(losses as Extract<Losses, { kind: Kind }>) : null,
    );
  const one = (is: boolean) => is ? 1 : 0;
  return [
    ...(["prev", "sot"] as const).map((prefix) => mean(prefix, "sink-heads", countSinkHeads)),
    cell("whisper/lag-null", Object.values(jobs).flat(), (results) => ({
      values: [
        Math.max(...windowsOf(results).flatMap(({ heads }) => heads.map(({ nullLargest }) => nullLargest))),
      ],
    })),
    ...single.map((prefix) => mean(prefix, "tag-share", ({ tagShare }) => tagShare)),
    ...single.map((prefix) =>
      mean(
        prefix,
        "tag-lift",
        ({ tagShare, otherShare }) => tagShare === null ? null : tagShare - otherShare!,
      )
    ),
    mean("text", "tag-share-beyond-position", ({ beyondPosition }) => beyondPosition),
    ofLosses("sot", "zero", ({ zero, clean }) => zero - clean),
    ofLosses("sot", "mean", ({ mean, clean }) => mean - clean),
    ofLosses("sot", "zero-excess", ({ zero, random }) => zero - random),
    mean("prevsot", "two-sinks", ({ halves }) => one(halves!.twoSinks)),
    mean("prevsot", "segments", ({ halves }) => halves!.own),
    mean("prevsot", "silhouette-outputs", ({ halves }) => halves!.outputs),
    mean("prevsot", "silhouette-values", ({ halves }) => halves!.values),
    ...(["prevsot", "prev"] as const).map((prefix) =>
      mean(prefix, "purity-residual", ({ halves }) => halves!.purity)
    ),
    ...single.map((prefix) =>
      mean(
        prefix,
        "silhouette-gain",
        ({ silhouettes }) => silhouettes && silhouettes.outputs - silhouettes.values,
      )
    ),
    ...single.map((prefix) =>
      mean(prefix, "silhouette-residual", ({ silhouettes }) => silhouettes && silhouettes.residual)
    ),
    ofLosses("prev", "remove-tag", ({ withoutTag, clean }) => withoutTag - clean),
    ofLosses("prev", "remove-random", ({ withoutRandom, clean }) => withoutRandom - clean),
    ofLosses("prev", "logit-lens", ({ speaks }) => one(speaks)),
    ...(["prev", "sot"] as const).map((prefix) =>
      mean(prefix, "norm", ({ normRatios }) => normRatios && Math.max(...normRatios))
    ),
    ...single.map((prefix) => mean(prefix, "second-sink", (window) => one(hasSecondSink(window, prefix)))),
    ...(["prev", "sot"] as const).map((prefix) => mean(prefix, "release", ({ released }) => released)),
  ];
}

/** All windows, in their order. */
export function windowsOf(results: readonly WhisperResult[]): WhisperWindow[] {
  return results.flatMap(({ windows }) => windows);
}

/** Heads that have a sink. */
export function countSinkHeads({ heads }: Pick<WhisperWindow, "heads">): number {
  return heads.filter(({ sinks }) => sinks.length > 0).length;
}

/** Whether a head has one sink among the first tokens and another in the text. */
export function hasSecondSink(
  { heads }: Pick<WhisperWindow, "heads">,
  prefix: typeof single[number],
): boolean {
  const first = prefix === "prev" ? 1 : firstTokens;
  return heads.some(({ sinks }) => sinks.some((sink) => sink < first) && sinks.some((sink) => sink >= first));
}
