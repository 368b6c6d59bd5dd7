/**
 * The figures of the toys: attention maps with the sink marked, the four panels of the paper, courses of training, and the
 * error of the construction.
 *
 * @module
 */
import type { Figure, LinePanel, MatrixPanel, Panel, TokenPanel } from "../../src/figure.ts";
import { type ConstructionResult, sharpnesses } from "./construction.ts";
import type { ToyExample, ToyRun } from "./measure_toy.ts";
import type { ToyLoss, TrainingResult } from "./toy_training.ts";

/** What the figures are drawn from. */
type ToyResult = ConstructionResult | TrainingResult;

/** How the two trainings are named in titles. */
const lossNames: Readonly<Record<ToyLoss, string>> = {
  all: "loss at every token after [SEP]",
  last: "loss at the last token alone",
};

/** The figures that the finished jobs allow. */
export function toyFigures(results: readonly ToyResult[]): Figure[] {
  const construction = results.find((result) => result.kind === "construction");
  const figures = construction === undefined ? [] : [constructionFigure(construction)];
  for (const loss of ["all", "last"] as const) {
    const runs = results.flatMap((result) =>
      result.kind === "training" && result.loss === loss ? result.runs : []
    );
    if (runs.length === 0) continue;
    figures.push(lossFigure(loss, runs), mapFigure(loss, runs));
    const solved = runs.find((run) => run.solved);
    if (solved !== undefined) figures.push(fourPanels(loss, solved));
  }
  return figures;
}

function constructionFigure({ errors }: ConstructionResult): Figure {
  const panel: LinePanel = {
    kind: "lines",
    x: { label: "sharpness beta", ticks: sharpnesses },
    y: { label: "largest error", scale: "log" },
    lines: [{
      name: "constructed network",
      source: "measured",
      points: sharpnesses.map((x, i) => ({ x, y: errors[i]! })),
    }],
  };
  return {
    id: "construction-error",
    title: "The explicit weights of Theorem 7.1 average the numbers after [SEP]",
    caption:
      "Largest absolute error of the constructed two-layer network over random sequences of 16 tokens, " +
      "against how sharp its attention is: it falls like exp(-beta).",
    panels: [panel],
  };
}

function lossFigure(loss: ToyLoss, runs: readonly ToyRun[]): Figure {
  const panel: LinePanel = {
    kind: "lines",
    x: { label: "part of the training", domain: [0, 1] },
    y: { label: "mean squared error", scale: "log" },
    lines: runs.map(({ solved, losses }) => ({
      name: solved ? "solved" : "not solved",
      source: "measured",
      points: losses.map((y, i) => ({ x: (i + 0.5) / losses.length, y })),
    })),
  };
  return {
    id: `training-${loss}`,
    title: `Training with the ${lossNames[loss]}`,
    caption:
      `Training loss of ${runs.length} runs that differ in their seed alone. A run is solved where its error on ` +
      "fresh sequences is below 1e-4.",
    panels: [panel],
  };
}

/** Both layers of the first solved run and, where there is one, of the first that is not. */
function mapFigure(loss: ToyLoss, runs: readonly ToyRun[]): Figure {
  const shown = [runs.find((run) => run.solved), runs.find((run) => !run.solved)].filter((run) =>
    run !== undefined
  );
  return {
    id: `attention-${loss}`,
    title: `Attention after training with the ${lossNames[loss]}`,
    caption:
      "Attention of both layers over one sequence; [SEP] is marked. In a solved run every token after [SEP] attends to it in " +
      "layer 1 (catch), and in layer 2 to the tokens that this has tagged (release).",
    columns: 2,
    panels: shown.flatMap((run) =>
      run.example.attention.map((_, layer) =>
        mapPanel(
          run.example,
          layer,
          `Seed ${run.seed}, ${run.solved ? "solved" : "not solved"}, layer ${layer + 1}`,
        )
      )
    ),
  };
}

/** Attention, values, outputs and residual stream, as figure 1 of the paper shows them for language models. */
function fourPanels(loss: ToyLoss, { example, seed }: ToyRun): Figure {
  const panels: Panel[] = [mapPanel(example, 0, "Attention of layer 1"), {
    kind: "tokens",
    title: "Principal components",
    rows: [
      { label: "values", tokens: tokensOf(example, "values") },
      { label: "outputs", tokens: tokensOf(example, "outputs") },
      { label: "residual stream after layer 2", tokens: tokensOf(example, "residual") },
    ],
  }];
  return {
    id: `panels-${loss}`,
    title: `Catch, tag, release in the toy trained with the ${lossNames[loss]}`,
    caption:
      `Seed ${seed}. The first three principal components of each token as red, green and blue: values have the ` +
      "colour of their number, outputs of layer 1 that of the sink they attended to, before and after [SEP].",
    panels,
  };
}

function mapPanel({ numbers, separator, attention }: ToyExample, layer: number, title: string): MatrixPanel {
  const names = numbers.map((number, i) => tokenText(number, i === separator));
  return {
    kind: "matrix",
    title,
    rowLabel: "query",
    columnLabel: "key",
    rows: numbers.length,
    columns: numbers.length,
    values: attention[layer]!,
    domain: [0, 1],
    rowNames: names,
    columnNames: names,
    marks: [{ column: separator, label: "[SEP]" }],
  };
}

function tokensOf(
  { numbers, separator, colours }: ToyExample,
  of: keyof ToyExample["colours"],
): TokenPanel["rows"][number]["tokens"] {
  return numbers.map((number, i) => ({ text: tokenText(number, i === separator), rgb: colours[of][i]! }));
}

function tokenText(number: number, isSeparator: boolean): string {
  return isSeparator ? "[SEP]" : number.toFixed(1);
}
