import type { Figure, Line, LinePanel, LinePoint, TablePanel, Tile } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { errorRate } from "../../src/suite/error_rates.ts";
import { photographMistakes } from "./cells.ts";
import { digitJobId, epochsJobId, photographJobId } from "./job_ids.ts";
import type { DigitChange } from "./method/attack_digits.ts";
import type { ThreeSevenRun } from "./method/attack_logistic_regression.ts";
import { side } from "./method/digit_networks.ts";
import type { DigitRun, PhotographExample, PhotographRun, tasks } from "./run.ts";

/** Seeds, passes and parts that a figure may have. */
const most = 100;

/** The figures of adversarial. */
export function figures({ finished }: FigureSource<typeof tasks>): Figure[] {
  const digits = new Map(finished("digits").map(({ job, result }) => [job, result]));
  const [threeSeven] = finished("threeSeven");
  const [example] = finished("example");
  const photographs = [...finished("transfer"), ...finished("photographs")];
  const parts = (network: string) =>
    numbers.flatMap((part) => photographs.filter(({ job }) => job === photographJobId(network, part))).map((
      { result },
    ) => result);
  const byNetwork = { SqueezeNet: parts("squeezenet"), MobileNet: parts("mobilenet") };
  return [
    ...example === undefined ? [] : [panda(example.result)],
    ...threeSeven === undefined ? [] : [threesAndSevens(threeSeven.result)],
    ...digits.size === 0 ? [] : [digitTable(digits)],
    ...Object.values(byNetwork).every(({ length }) => length > 0) ? [photographFigure(byNetwork)] : [],
  ];
}

const numbers = Array.from({ length: most }, (_, i) => i);

/** The paper's first figure. */
function panda({ side, eps, pictures }: PhotographExample): Figure {
  const titles = ["photograph", "signs of the gradient", "their sum"];
  return {
    id: "panda",
    title: "A photograph, a step against it, and their sum",
    caption:
      `Below each picture: what SqueezeNet sees in it, and how sure it is. The step is ${
        eps.toFixed(1)
      } of 255 grey ` +
      "levels, the 0.007 of the paper's figure 1; its signs are shown at full contrast. Every second pixel of what the network saw.",
    panels: [{
      kind: "tiles",
      columns: 3,
      colours: "rgb",
      range: "panel",
      tiles: pictures.map(({ values, name, confidence }, i): Tile => ({
        ...everySecond(values, side),
        label: `${titles[i]!}: ${name}, ${(100 * confidence).toFixed(1)} %`,
      })),
    }],
  };
}

/** Every second row and column of `(side, side, 3)`. */
function everySecond(values: readonly number[], side: number): Pick<Tile, "width" | "height" | "values"> {
  const half = Math.ceil(side / 2);
  return {
    width: half,
    height: half,
    values: Array.from({ length: half * half * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      const from = 2 * Math.floor(pixel / half) * side + 2 * (pixel % half);
      return values[3 * from + i % 3]!;
    }),
  };
}

/** The paper's second figure. */
function threesAndSevens({ weights, examples }: ThreeSevenRun): Figure {
  const tile = (values: readonly number[], label: string): Tile => ({
    width: side,
    height: side,
    values: values.map((value) => Number(value.toPrecision(4))),
    label,
  });
  const mark = (right: boolean) => right ? "right" : "wrong";
  return {
    id: "three-seven",
    title: "Logistic regression of threes against sevens",
    caption:
      "First the weights of 7 less those of 3, and their signs, which are the step. Then the first test digits of each class and, " +
      "below each, the same after the step, with whether the classifier is right. As the paper's figure 2.",
    columns: 1,
    panels: [
      {
        kind: "tiles",
        columns: 8,
        colours: "diverging",
        range: "tile",
        tiles: [tile(weights, "weights"), tile(weights.map(Math.sign), "signs")],
      },
      {
        kind: "tiles",
        columns: examples.length,
        colours: "grey",
        range: "panel",
        tiles: [
          ...examples.map(({ before, right }) => tile(before, mark(right[0]))),
          ...examples.map(({ after, right }) => tile(after, mark(right[1]))),
        ],
      },
    ],
  };
}

/** Errors and confidences of classifiers of digits. */
function digitTable(digits: ReadonlyMap<string, DigitRun>): Figure {
  const runsOf = (id: (seed: number) => string) =>
    numbers.map((seed) => digits.get(id(seed))).filter((run) => run !== undefined);
  const rows: [string, DigitRun[]][] = [
    ...numbers.map((epochs): [string, DigitRun[]] => [
      `softmax, passes: ${epochs}`,
      [digits.get(epochsJobId(epochs))].filter((run) => run !== undefined),
    ]),
    ["softmax", runsOf((seed) => digitJobId("softmax", seed))],
    ["convolutional", runsOf((seed) => digitJobId("cnn", seed))],
    ["convolutional, 60,000 digits", runsOf((seed) => digitJobId("cnn-60000", seed))],
    ["convolutional to another one", runsOf((seed) => digitJobId("transfer/cnn-cnn", seed))],
    ["convolutional to softmax", runsOf((seed) => digitJobId("transfer/cnn-softmax", seed))],
    ["softmax to convolutional", runsOf((seed) => digitJobId("transfer/softmax-cnn", seed))],
  ];
  const columns: Readonly<Record<DigitChange, string>> = {
    "clean": "clean",
    "fgsm": "step",
    "fgsm-clipped": "step,\nclipped",
    "random-sign": "random\nsigns",
    "random-sign-clipped": "random signs,\nclipped",
    "brightness": "mean of\nclipped signs",
  };
  const text = (runs: readonly DigitRun[], change: DigitChange) => {
    const found = runs.map(({ changed }) => changed[change]).filter((one) => one !== undefined);
    if (found.length === 0) return "–";
    const { values } = errorRate(found.map(({ mistakes }) => mistakes), "seed");
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
    return `${mean(values).toFixed(1)} (${
      (100 * mean(found.map(({ confidence }) => confidence))).toFixed(0)
    })`;
  };
  const table: TablePanel = {
    kind: "table",
    columns: ["classifier", ...Object.values(columns)],
    rows: rows.filter(([, runs]) => runs.length > 0).map(([name, runs]) => [
      name,
      ...Object.keys(columns).map((change) => text(runs, change as DigitChange)),
    ]),
  };
  return {
    id: "digits",
    title: "Classifiers of digits, and steps of 1/4 against them",
    caption:
      "Test errors in per cent, in brackets the mean largest probability in per cent; means over seeds. Where a row says to, the step " +
      "follows the gradient of the first and is shown to the second. The mean of clipped signs has no noise in it: what is black " +
      "becomes brighter by half a step. How sure softmax regression is grows with the number of passes.",
    panels: [table],
  };
}

const steps = [0.25, 0.5, 1, 2, 4, 8];

/** What is left of the first guesses against the size of the step. */
function photographFigure(
  byNetwork: Readonly<Record<"SqueezeNet" | "MobileNet", readonly PhotographRun[][]>>,
): Figure {
  const point = (
    parts: readonly PhotographRun[][],
    eps: number,
    change: string,
    seenBy?: "transferred",
  ): LinePoint => {
    const { values: [error], standardError } = errorRate(
      [photographMistakes(parts, change, seenBy)],
      "image",
    );
    const y = 100 - error!;
    return { x: eps, y, lower: y - standardError!, upper: y + standardError! };
  };
  const line = (
    name: string,
    parts: readonly PhotographRun[][],
    signs: string,
    sizes: readonly number[],
    seenBy?: "transferred",
  ): Line => ({
    name,
    source: "measured",
    points: sizes.map((eps) => point(parts, eps, `${signs}/eps=${eps}`, seenBy)),
  });
  const panel = (title: string, lines: readonly Line[], clean: LinePoint): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "step (grey levels)", scale: "log", ticks: steps },
    y: { label: "first guess right (%)", domain: [0, 100] },
    lines,
    levels: [{ name: "clean", source: "bound", value: clean.y! }],
  });
  const { SqueezeNet, MobileNet } = byNetwork;
  const attacked = photographMistakes(SqueezeNet, "clean").tested;
  return {
    id: "photographs",
    title: "Trained networks on photographs after a step",
    caption:
      `Photographs of Caltech 101 whose class ImageNet has: ${attacked} of them, with one standard error. Steps follow the gradient ` +
      "of the network itself but where SqueezeNet's are shown to MobileNet, resized as photographs are; so are random signs there.",
    columns: 2,
    panels: [
      panel("SqueezeNet", [
        line("own step", SqueezeNet, "fgsm", steps),
        line("random signs", SqueezeNet, "noise", [1, 8]),
      ], point(SqueezeNet, 1, "clean")),
      panel("MobileNet", [
        line("own step", MobileNet, "fgsm", steps),
        line("random signs", MobileNet, "noise", [1, 8]),
        line("SqueezeNet's step", SqueezeNet, "fgsm", [1, 8], "transferred"),
        line("random, resized", SqueezeNet, "noise", [1, 8], "transferred"),
      ], point(MobileNet, 1, "clean")),
    ],
  };
}
