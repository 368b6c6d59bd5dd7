/**
 * The figures of Whisper's decoder: what keys receive, one head with sinks and one without, the norms of the sinks, and the causal
 * tests.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import type { Figure } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { headPanels } from "./head_panels.ts";
import type { WhisperWindow } from "./method/whisper/measure_whisper.ts";
import type { WhisperExample } from "./method/whisper/whisper_example.ts";
import type { PrefixName } from "./method/whisper/whisper_prompts.ts";
import type { WhisperResult } from "./run.ts";
import { windowsOf } from "./whisper_cells.ts";

const prefixNames: Readonly<Record<PrefixName, string>> = {
  prev: "<|startofprev|>",
  sot: "begin of a transcript",
  text: "text alone",
  prevsot: "two segments",
};

/** What all numbers of this model are of. */
const model = "Whisper tiny's decoder, which listens to silence";

/** The figures of the jobs that have finished. */
export function whisperFigures(
  results: readonly WhisperResult[],
  examples: readonly WhisperExample[],
  source: Pick<FigureSource, "cell">,
): Figure[] {
  const byPrefix = (["prev", "sot", "text", "prevsot"] as const)
    .map((prefix) => ({
      prefix,
      windows: windowsOf(results.filter((result) => result.prefix === prefix)),
    }))
    .filter(({ windows }) => windows.length > 0);
  if (byPrefix.length === 0) return examples.map(panels);
  return [
    receivedFigure(byPrefix, source),
    ...examples.map(panels),
    ...normFigures(byPrefix),
    ...causalFigures(byPrefix),
  ];
}

/** The windows of one prefix. */
interface OfPrefix {
  readonly prefix: PrefixName;
  readonly windows: readonly WhisperWindow[];
}

function receivedFigure(byPrefix: readonly OfPrefix[], { cell }: Pick<FigureSource, "cell">): Figure {
  const bound = cell("stories260k/max-received")?.allowed?.upper ?? null;
  const groups = byPrefix.map(({ prefix, windows }) => ({
    name: prefixNames[prefix],
    points: windows[0]!.heads.map((_, at) => ({
      x: mean(windows.map(({ heads }) => heads[at]!.nullLargest)),
      y: mean(windows.map(({ heads }) => heads[at]!.largest)),
    })),
  }));
  const counts = groups.map(({ name, points }) =>
    `${points.filter(({ y }) => bound !== null && y > bound).length} of ${points.length} ${name}`
  );
  return {
    id: "whisper-received",
    title: "What keys receive in every head of Whisper tiny's decoder",
    caption: `${model}. For each head the largest average attention that a key with enough later queries ` +
      `receives, mean over ${
        byPrefix[0]!.windows.length
      } windows, against the same in a null that keeps only how the head ` +
      `attends to each lag.${
        bound === null ? "" : ` Heads whose mean is above ${bound}, as a sink is: ${counts.join(", ")}.`
      }`,
    panels: [{
      kind: "points",
      x: { label: "largest received attention in the lag null" },
      y: { label: "largest received attention" },
      groups,
      levels: bound === null ? [] : [{ name: "sink", source: "bound", value: bound }],
    }],
  };
}

function panels(example: WhisperExample): Figure {
  const { kind, layer, head, sinks, catchMass } = example;
  const seen = kind === "with sinks"
    ? `Of the heads in which <|startofprev|> and <|en|> are both sinks (or any key, if there is no such head), the one ` +
      `whose sinks catch the most attention: ${catchMass!.toFixed(2)}; sinks are marked.`
    : "The head whose largest received attention is the least.";
  return {
    id: `whisper-panels-${kind === "with sinks" ? "sinks" : "none"}`,
    title: `A head of Whisper tiny's decoder ${kind}: layer ${layer + 1}, head ${head + 1}`,
    caption:
      `${model} and reads two segments of one text. ${seen} Below, the first three principal components of each ` +
      "token as red, green and blue, as in Figures 2 and 9 of the paper.",
    columns: 1,
    panels: headPanels(example, sinks),
  };
}

/** The norm of the residual stream at the sink, by layer. */
function normFigures(byPrefix: readonly OfPrefix[]): Figure[] {
  const lines = byPrefix.flatMap(({ prefix, windows }) => {
    const ratios = windows.flatMap(({ normRatios }) => normRatios === null ? [] : [normRatios]);
    if (ratios.length === 0) return [];
    const points = ratios[0]!.map((_, layer) => {
      const values = ratios.map((ratio) => ratio[layer]!);
      const [y, error] = [mean(values), standardErrorOfMean(values) ?? 0];
      return { x: layer + 1, y, lower: y - error, upper: y + error };
    });
    return [{ name: prefixNames[prefix], source: "measured" as const, points }];
  });
  if (lines.length === 0) return [];
  return [{
    id: "whisper-norms",
    title: "The residual stream at the sink of Whisper tiny's decoder",
    caption:
      `${model}. Norm of the residual stream at the sink, <|startofprev|> or, at the begin of a transcript, <|en|>, over ` +
      "its median over all tokens, after each layer; mean over windows.",
    panels: [{
      kind: "lines",
      x: { label: "after layer", ticks: lines[0]!.points.map(({ x }) => x) },
      y: { label: "norm over median", scale: "log" },
      lines,
    }],
  }];
}

/** What becomes of the loss. */
function causalFigures(byPrefix: readonly OfPrefix[]): Figure[] {
  const losses = byPrefix.flatMap(({ windows }) =>
    windows.flatMap(({ losses }) => losses === null ? [] : [losses])
  );
  const sot = losses.filter((one) => one.kind === "sot");
  const prev = losses.filter((one) => one.kind === "prev");
  if (sot.length === 0 || prev.length === 0) return [];
  const row = (prefix: PrefixName, what: string, values: readonly number[], clean: readonly number[]) => {
    const show = (values: readonly number[]) => {
      const error = standardErrorOfMean(values);
      // Adding 0 takes the sign from a mean that rounds to 0.
      const value = Math.round(1000 * mean(values)) / 1000 + 0;
      return `${value.toFixed(3)}${error === null ? "" : ` ± ${error.toFixed(3)}`}`;
    };
    const changes = values.map((value, i) => value - clean[i]!);
    return [prefixNames[prefix], what, show(values), values === clean ? "" : show(changes)];
  };
  const [ofSot, ofPrev] = [sot.map(({ clean }) => clean), prev.map(({ clean }) => clean)];
  return [{
    id: "whisper-causal",
    title: "What the sinks of Whisper tiny's decoder are for",
    caption:
      `${model}. Loss of text in nats a token over ${sot.length} windows, and its change, with standard errors over windows, where values ` +
      "are changed for the queries after their key alone.",
    panels: [{
      kind: "table",
      columns: ["behind", "changed", "loss", "change"],
      rows: [
        row("sot", "nothing", ofSot, ofSot),
        row("sot", "values of sinks zeroed", sot.map(({ zero }) => zero), ofSot),
        row("sot", "values of sinks replaced by the mean", sot.map(({ mean }) => mean), ofSot),
        row("sot", "values of random keys zeroed", sot.map(({ random }) => random), ofSot),
        row("prev", "nothing", ofPrev, ofPrev),
        row("prev", "tag of layer 4, head 3 taken away", prev.map(({ withoutTag }) => withoutTag), ofPrev),
        row(
          "prev",
          "random vector of its length taken away",
          prev.map(({ withoutRandom }) => withoutRandom),
          ofPrev,
        ),
      ],
    }],
  }];
}
