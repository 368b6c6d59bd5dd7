/**
 * The figures of the toys: attention maps with the sink marked, the four panels of the paper, courses of training, and the
 * error of the construction.
 *
 * @module
 */
import type {
  Figure,
  Level,
  LinePanel,
  MatrixPanel,
  Panel,
  PointPanel,
  TokenPanel,
} from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { fisherExactTest } from "../../src/numeric/statistics/fisher_exact.ts";
import { printedRuns } from "./cells.ts";
import type { ToyExample, ToyRun } from "./method/measure_toy.ts";
import type { ToyTraining } from "./method/train_toys.ts";
import type { ConstructionResult } from "./run.ts";

/** What a cell is printed as, and what it may be. */
type CellSource = Pick<FigureSource, "cell">;

/** Where a training takes its loss. */
type ToyLoss = ToyTraining["loss"];

/** How the two trainings are named in titles. */
const lossNames: Readonly<Record<ToyLoss, string>> = {
  all: "loss at every token after [SEP]",
  last: "loss at the last token alone",
};

/**
 * The figures of a training: none where no run has finished.
 *
 * @param source The cells: how many runs the paper has solved, and what solved ones must reach.
 */
export function trainingFigures(loss: ToyLoss, runs: readonly ToyRun[], source: CellSource): Figure[] {
  if (runs.length === 0) return [];
  const solved = runs.find((run) => run.solved);
  return [
    lossFigure(loss, runs, source.cell(`toy/${loss}/solved`)?.published ?? null),
    mechanismFigure(loss, runs, source),
    mapFigure(loss, runs),
    ...solved === undefined ? [] : [fourPanels(loss, solved)],
  ];
}

/** The error of the explicit weights against their sharpness. */
export function constructionFigure({ errors }: ConstructionResult, { cell }: CellSource): Figure {
  const bound = cell("toy/construction/error")?.allowed?.upper ?? null;
  const sharpest = errors.at(-1)!.sharpness;
  const panel: LinePanel = {
    kind: "lines",
    x: { label: "sharpness β", ticks: errors.map(({ sharpness }) => sharpness) },
    y: { label: "largest error", scale: "log" },
    lines: [{
      name: "constructed network",
      source: "measured",
      points: errors.map(({ sharpness, error }) => ({ x: sharpness, y: error })),
    }],
    levels: bound === null ? [] : [{ name: `bound at β = ${sharpest}`, source: "bound", value: bound }],
  };
  return {
    id: "construction-error",
    title: "The explicit weights of Theorem 7.1 average the numbers after [SEP]",
    caption:
      "Largest absolute error of the constructed two-layer network over random sequences, against how sharp its attention is" +
      `${describeFall(errors)}.`,
    panels: [panel],
  };
}

/** The rate of an exponential fall from the first to the last error. */
function describeFall(errors: ConstructionResult["errors"]): string {
  const [first, last] = [errors[0]!, errors.at(-1)!];
  if (errors.length < 2) return "";
  const rate = Math.log(first.error / last.error) / (last.sharpness - first.sharpness);
  return `: from the first to the last it falls as exp(−${rate.toFixed(2)} β)`;
}

function lossFigure(loss: ToyLoss, runs: readonly ToyRun[], printed: number | null): Figure {
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
    caption: `Training loss of ${runs.length} runs that differ in their seed alone. ${describeErrors(runs)}` +
      `${printed === null ? "" : ` ${compareSolved(runs, printed)}`}`,
    panels: [panel],
  };
}

/** On fresh sequences: how far the runs that count as solved lie from those that do not. */
function describeErrors(runs: readonly ToyRun[]): string {
  const errors = (wanted: boolean) =>
    runs.filter(({ solved }) => solved === wanted).map(({ error }) => error);
  const [solved, others] = [errors(true), errors(false)];
  const parts = [
    ...(solved.length === 0
      ? []
      : [`at most ${Math.max(...solved).toExponential(1)} in the ${solved.length} that are solved`]),
    ...(others.length === 0
      ? []
      : [`at least ${Math.min(...others).toExponential(1)} in the ${others.length} that are not`]),
  ];
  return `On fresh sequences the mean squared error is ${parts.join(" and ")}.`;
}

/** The number of solved runs beside the printed one. */
function compareSolved(runs: readonly ToyRun[], printed: number): string {
  const ours = { count: runs.filter(({ solved }) => solved).length, trials: runs.length };
  const p = fisherExactTest(ours, { count: printed, trials: printedRuns });
  return `${ours.count} of ${ours.trials} are solved, where ${printed} of ${printedRuns} are printed: ` +
    `p = ${p.toFixed(2)} by the two-sided exact test of Fisher.`;
}

/** The bounds of cells of solved runs, where they have some. */
function boundLevels(loss: ToyLoss, { cell }: CellSource, vertical: "release" | null): Level[] {
  const bound = (name: string) => cell(`toy/${loss}/${name}`)?.allowed?.lower ?? null;
  const [catchBound, verticalBound] = [bound("catch"), vertical && bound(vertical)];
  return [
    ...(catchBound === null
      ? []
      : [{ name: "bound of solved runs", source: "bound", axis: "x", value: catchBound } as const]),
    ...(verticalBound === null
      ? []
      : [{ name: "bound of solved runs", source: "bound", value: verticalBound } as const]),
  ];
}

/** Whether runs catch and release, and how much of the variance the tag explains, by whether they are solved. */
function mechanismFigure(loss: ToyLoss, runs: readonly ToyRun[], source: CellSource): Figure {
  const panel = (label: string, y: (run: ToyRun) => number, levels: Level[]): PointPanel => ({
    kind: "points",
    x: { label: "catch mass", domain: [0, 1] },
    y: { label, domain: [0, 1] },
    groups: [true, false].map((solved) => ({
      name: solved ? "solved" : "not solved",
      points: runs.filter((run) => run.solved === solved).map((run) => ({ x: run.catch, y: y(run) })),
    })).filter(({ points }) => points.length > 0),
    levels,
  });
  return {
    id: `mechanism-${loss}`,
    title: `Catch, release and tag share after training with the ${lossNames[loss]}`,
    caption:
      "Each point is a run: the attention of the tokens after [SEP] to it in layer 1 (catch), that of the last token to those " +
      "after [SEP] in layer 2 (release), and the share of the variance of the outputs of layer 1 in the direction of the value " +
      `of [SEP]. ${describeMechanism(runs)}`,
    columns: 2,
    panels: [
      panel("release mass", ({ release }) => release, boundLevels(loss, source, "release")),
      panel("tag share", ({ tagShare }) => tagShare, boundLevels(loss, source, null)),
    ],
  };
}

/** From where to where solved runs lie. */
function describeMechanism(runs: readonly ToyRun[]): string {
  const solved = runs.filter((run) => run.solved);
  if (solved.length === 0) return "No run is solved.";
  const range = (name: string, of: (run: ToyRun) => number) => {
    const values = solved.map(of);
    return `${name} ${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
  };
  const ranges = [
    range("catch", (run) => run.catch),
    range("release", ({ release }) => release),
    range("tag share", ({ tagShare }) => tagShare),
  ];
  return `In the ${solved.length} solved runs: ${ranges.join(", ")}.`;
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
      { label: "values", tokens: colouredTokens(example, "values") },
      { label: "outputs", tokens: colouredTokens(example, "outputs") },
      { label: "residual stream after layer 2", tokens: colouredTokens(example, "residual") },
    ],
  }];
  return {
    id: `panels-${loss}`,
    title: `Catch, tag, release in the toy trained with the ${lossNames[loss]}`,
    caption:
      `Seed ${seed}. The first three principal components of each token as red, green and blue: values have the ` +
      "colour of their number, outputs of layer 1 that of the sink they attended to, before and after [SEP].",
    columns: 1,
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

function colouredTokens(
  { numbers, separator, colours }: ToyExample,
  of: keyof ToyExample["colours"],
): TokenPanel["rows"][number]["tokens"] {
  return numbers.map((number, i) => ({ text: tokenText(number, i === separator), rgb: colours[of][i]! }));
}

function tokenText(number: number, isSeparator: boolean): string {
  return isSeparator ? "[SEP]" : number.toFixed(1).replace("-", "−");
}
