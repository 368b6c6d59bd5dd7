import { mean } from "../../src/numeric/statistics/mean.ts";
import type { Figure, Line, LinePanel, LinePoint, TablePanel, Tile } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { pointsLost } from "./cells.ts";
import { type ErrorTable, errorTable, type Estimate, estimate, trainingSets } from "./error_table.ts";
import { side } from "./method/coefficients.ts";
import { functions, type Nonlinearity } from "./method/layers.ts";
import { type RepresentationName, representationNames } from "./method/representations.ts";
import { nameOf, type Transformation, transformations } from "./method/transformations.ts";
import type { InvarianceRun, LayerExample, tasks } from "./run.ts";

/** The figures of wavelet_layer. */
export function figures({ finished }: FigureSource<typeof tasks>): Figure[] {
  const errors = errorTable(finished("learn"));
  const invariance = finished("invariance").map(({ result }) => result);
  return [
    thresholds(),
    ...finished("example").map(({ result }) => throughTheLayer(result)),
    ...errors.columns.length === 0 ? [] : [errorFigure(errors)],
    ...invariance.length === 0 ? [] : [invarianceFigure(invariance)],
  ];
}

/** The functions of one coefficient, the standard ones and the slide's. */
function thresholds(): Figure {
  const tau = 1;
  const panel = (title: string, names: Readonly<Record<string, Nonlinearity>>): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "coefficient / τ", ticks: [-3, -2, -1, 0, 1, 2, 3] },
    y: { label: "feature / τ", domain: [-3.2, 4.2] },
    lines: Object.entries(names).map(([name, nonlinearity]): Line => ({
      name,
      source: "measured",
      points: [-3, -2, -1.001, -1, -0.5, 0, 0.5, 1, 1.001, 2, 3].map((x) => ({
        x,
        y: functions[nonlinearity](x, tau),
      })),
    })),
  });
  return {
    id: "thresholds",
    title: "The thresholds as the slide prints them and as they are defined",
    caption:
      "The thresholds of Donoho and Johnstone are odd functions. The slide prints −x and −x + τ where x < −τ: its hard threshold is " +
      "even, a rectifier, and its soft one jumps to 2τ at −τ. Above −τ the two forms are the same.",
    columns: 2,
    panels: [
      panel("hard", { "printed": "printed-hard", "as defined": "hard" }),
      panel("soft", { "printed": "printed-soft", "as defined": "soft" }),
    ],
  };
}

/** A digit, its coefficients, and what thresholds leave of them. */
function throughTheLayer({ images, kept }: LayerExample): Figure {
  return {
    id: "through-the-layer",
    title: "A digit through the layer",
    caption:
      `A test digit, its db2 coefficients (coarse ones in the top left corner) and what follows; the hard threshold leaves ${
        (100 * kept).toFixed(0)
      } % of them. Second row, from the second tile on: the inverse transform of what thresholds gave. Each tile in its own range around 0.`,
    panels: [{
      kind: "tiles",
      columns: 4,
      colours: "diverging",
      range: "tile",
      tiles: images.map(({ label, values }): Tile => ({
        width: side,
        height: side,
        values: values.map((value) => Number(value.toPrecision(6))),
        label,
      })),
    }],
  };
}

/** Layers that the lines show; the table has all. */
const shownLayers: Readonly<Record<string, string>> = {
  "pixels": "pixels",
  "hard-db2": "hard threshold",
  "soft-db2": "soft threshold",
  "printed-hard-db2": "hard as printed",
  "printed-soft-db2": "soft as printed",
  "abs-db2": "abs",
  "split-db2": "split",
};

const columnTitles: Readonly<Record<string, string>> = {
  "mnist/n=1000": "MNIST\n1,000",
  "mnist/n=10000": "MNIST\n10,000",
  "mnist/n=60000": "MNIST\n60,000",
  "cifar10": "CIFAR-10\ngrey",
};

function around({ value, standardError }: Estimate): Pick<LinePoint, "y" | "lower" | "upper"> {
  return { y: value, lower: value - standardError, upper: value + standardError };
}

/** Test errors against training size, and all of them as a table. */
function errorFigure({ columns, rows }: ErrorTable): Figure {
  const sizes = trainingSets.filter(({ name, n }) => n !== null && columns.includes(name));
  const table: TablePanel = {
    kind: "table",
    title: "Test errors (%)",
    columns: ["layer", ...columns.map((name) => columnTitles[name]!)],
    rows: rows.map(({ layer, errors }) => [
      layer,
      ...columns.map((name) => {
        const found = errors.get(name);
        return found === undefined ? "–" : `${found.value.toFixed(2)} ± ${found.standardError.toFixed(2)}`;
      }),
    ]),
  };
  const lines = rows.filter(({ layer }) => layer in shownLayers).map(({ layer, errors }): Line => ({
    name: shownLayers[layer]!,
    source: "measured",
    points: sizes.flatMap(({ name, n }) => {
      const found = errors.get(name);
      return found === undefined ? [] : [{ x: n!, ...around(found) }];
    }),
  }));
  return {
    id: "errors",
    title: "A linear classifier behind a fixed layer",
    caption:
      "Test errors with one standard error, over samples of training sets or, of a single one, over test images. Lines: db2 on " +
      "MNIST. A layer's name is what follows the coefficients, then the wavelet.",
    columns: 2,
    panels: [{
      kind: "lines",
      title: "MNIST",
      x: { label: "training digits", scale: "log", ticks: sizes.map(({ n }) => n!) },
      y: { label: "test error (%)", scale: "log", ticks: [2, 3, 5, 10, 15], domain: [2, 16] },
      lines,
    }, table],
  };
}

const representationTitles: Readonly<Record<RepresentationName, string>> = {
  "pixels": "pixels",
  "hard-haar": "hard threshold, Haar",
  "split-db2": "split, db2",
  "scattering": "scattering",
};

/** Test errors under transformations that no training digit had. */
function invarianceFigure(runs: readonly InvarianceRun[]): Figure {
  const of = (representation: RepresentationName) =>
    runs.filter((run) => run.representation === representation);
  const shown = representationNames.filter((name) => of(name).length > 0);
  const panel = (kind: Transformation["kind"], label: string, untouched: number): LinePanel => ({
    kind: "lines",
    title: label,
    x: { label: `${kind} ${kind === "shift" ? "(pixels)" : kind === "rotation" ? "(degrees)" : "(factor)"}` },
    y: { label: "points lost", domain: [-2, 65] },
    lines: shown.map((representation): Line => ({
      name: representationTitles[representation],
      source: "measured",
      points: [
        { x: untouched, y: 0 },
        ...transformations.filter((transformation) => transformation.kind === kind).map((transformation) => ({
          x: transformation.by,
          ...around(estimate(pointsLost(of(representation), nameOf(transformation)))),
        })),
      ].toSorted((a, b) => a.x - b.x),
    })),
  });
  const moves = shown.map((representation) => {
    const byShift = transformations.filter(({ kind }) => kind === "shift").map((transformation) =>
      mean(of(representation)[0]!.moves[nameOf(transformation)]!).toFixed(2)
    );
    return `${representationTitles[representation]} ${byShift.join(", ")}`;
  });
  return {
    id: "invariance",
    title: "Digits that are shifted, turned and enlarged",
    caption:
      "Test errors less those of the same digits as they are, with one standard error over samples of training digits, none of " +
      `which was transformed: ${
        of(shown[0]!).length
      } samples. How far features move under shifts of 1, 2 and 3 pixels, as a share of ` +
      `their norm: ${moves.join("; ")}.`,
    columns: 3,
    panels: [
      panel("shift", "shifted", 0),
      panel("rotation", "turned", 0),
      panel("dilation", "enlarged", 1),
    ],
  };
}
