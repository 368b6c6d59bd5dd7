import type { Figure, FigureSource, Line, LinePanel } from "../../src/figure.ts";
import { brunaMallatFilterBank } from "../../src/scattering/bruna_mallat_filter_bank.ts";
import { kymatioFilterBank } from "../../src/scattering/kymatio_filter_bank.ts";
import { filterPanel } from "../filter_panel.ts";
import { cellOf, type ClassifierName, type Column, columns, sizes } from "./table.ts";

/** Names as the table prints its columns. */
const names: Readonly<Record<string, string>> = {
  x: "x",
  wf: "windowed Fourier",
  scat1: "Scat m <= 1",
  scat2: "Scat m <= 2",
  convnet: "conv. net",
};

/** Error against training size, one panel a classifier, one line a feature; the network stands beside the SVMs. */
export function errorByTrainingSize(source: Pick<FigureSource, "cell">): Figure {
  const panel = (title: string, classifiers: readonly ClassifierName[]): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "training digits n", scale: "log", ticks: sizes },
    y: { label: "test error (%)", scale: "log", ticks: [0.5, 1, 2, 5, 10], domain: [0.35, 20] },
    lines: columns
      .filter(({ table, classifier }) => table === "table4" && classifiers.includes(classifier))
      .flatMap((column) => linesOf(column, source))
      .filter(({ points }) => points.some(({ y }) => y !== null)),
  });
  return {
    id: "error-by-n",
    title: "MNIST test error against the number of training digits",
    caption:
      "Table 4 of Bruna and Mallat. Solid: measured, with one standard error. Dashed: published; the " +
      "published network was pre-trained without labels, ours was not.",
    panels: [panel("Affine PCA", ["pca"]), panel("SVM and convolutional network", ["svm", "convnet"])],
  };
}

function linesOf(column: Column, { cell }: Pick<FigureSource, "cell">): Line[] {
  const name = names[column.classifier === "convnet" ? "convnet" : column.feature]!;
  const cells = sizes.map((n) => ({ n, cell: cell(cellOf(column, n)) }));
  return [
    {
      name,
      source: "measured",
      points: cells.map(({ n, cell }) => {
        const y = cell?.measured ?? null;
        const half = cell?.standardError ?? null;
        return { x: n, y, ...(y !== null && half !== null ? { lower: y - half, upper: y + half } : {}) };
      }),
    },
    { name, source: "published", points: cells.map(({ n, cell }) => ({ x: n, y: cell?.published ?? null })) },
  ];
}

/** Both banks of wavelets, on the grid of a digit. */
export function filters(): Figure {
  const grid = { height: 32, width: 32, J: 3 };
  return {
    id: "filters",
    title: "Morlet wavelets of 2^J = 8, real parts",
    caption:
      "One row a scale j, one column an orientation, then the low-pass filter phi; each in its own range around 0.",
    columns: 1,
    panels: [
      filterPanel("Elliptic, L = 8: the claim", kymatioFilterBank({ ...grid, L: 8 })),
      filterPanel("Isotropic, L = 6: as printed", brunaMallatFilterBank({ ...grid, L: 6 })),
    ],
  };
}
