import { polarDiscs } from "../../src/scattering/polar_discs.ts";
import { Scattering2D } from "../../src/scattering/scattering_2d.ts";
import type { DiscPanel, Figure, Line, LinePanel } from "../../src/suite/figure.ts";
import { filterPanel } from "../../src/suite/panels/filter_panel.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import {
  type ClassifierName,
  columns,
  errorCell,
  type LineName,
  networks,
  type PrintedFeature,
  sizes,
} from "./columns.ts";
import { digitSide, elliptic, isotropic, paddedSide } from "./method/features.ts";
import { type DigitCoefficients, figure7Options } from "./method/scatter_three.ts";
import type { tasks } from "./run.ts";

/** Names as the table prints its columns. */
const names: Readonly<Record<PrintedFeature, string>> = {
  x: "x",
  wf: "windowed Fourier",
  scat1: "Scat m ≤ 1",
  scat2: "Scat m ≤ 2",
};

/** The figures of mnist_scattering. */
export function figures(source: FigureSource<typeof tasks>): Figure[] {
  return [
    errorByTrainingSize(source),
    filters(),
    ...source.finished("figure7").map(({ result }) => figure7(result)),
  ];
}

/** Error against training size: one row of panels a line of the table, one panel a classifier, one curve a feature. */
function errorByTrainingSize(source: Pick<FigureSource, "cell">): Figure {
  const panel = (
    title: string,
    line: LineName,
    classifier: ClassifierName,
    network: Line[] = [],
  ): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "training digits n", scale: "log", ticks: sizes },
    y: { label: "test error (%)", scale: "log", ticks: [0.5, 1, 2, 5, 10], domain: [0.35, 20] },
    lines: [...curvesOfLine(line, classifier, source), ...network]
      .filter(({ points }) => points.some(({ y }) => y !== null)),
  });
  const network = curves("conv. net", errorsOfNetwork(), source);
  const panels = [
    panel("Affine PCA, isotropic wavelet, 8 × 8", "table4", "pca"),
    panel("SVM, isotropic wavelet, 8 × 8, and conv. net", "table4", "svm", network),
    panel("Affine PCA, isotropic wavelet, 8 × 8, cosines", "table4-cosine", "pca"),
    panel("SVM, isotropic wavelet, 8 × 8, cosines", "table4-cosine", "svm"),
    panel("Affine PCA, isotropic wavelet, 4 × 4", "table4-4x4", "pca"),
    panel("SVM, isotropic wavelet, 4 × 4", "table4-4x4", "svm"),
    panel("Affine PCA, elliptic wavelet", "table4-elliptic", "pca"),
    panel("SVM, elliptic wavelet", "table4-elliptic", "svm"),
  ];
  return {
    id: "error-by-n",
    title: "MNIST test error against the number of training digits",
    caption: [
      "Table 4 of Bruna and Mallat. Filled and joined: measured, with one standard error; hollow: published.",
      describeMeasured(panels),
      "The published network was pre-trained without labels, ours was not. Each row of panels is scattered in another way:",
      "with the isotropic wavelet that the paper prints, reduced by a cosine transform along paths, on a coarser grid, and with an",
      "elliptic wavelet; pixels and windowed Fourier transforms are the same in all of them.",
    ].filter((sentence) => sentence !== "").join(" "),
    columns: 2,
    panels,
  };
}

/** Up to how many digits the panels show a measured error. */
function describeMeasured(panels: readonly LinePanel[]): string {
  const measured = panels.flatMap(({ lines }) => lines.filter(({ source }) => source === "measured"));
  const reached = measured.flatMap(({ points }) => points.filter(({ y }) => y !== null).map(({ x }) => x));
  if (reached.length === 0) return "Nothing was measured.";
  const largest = Math.max(...reached);
  return largest === sizes.at(-1) ? "" : `Measured up to n = ${largest.toLocaleString("en")}.`;
}

/** A cell for each training size. */
type ErrorsBySize = readonly { readonly n: number; readonly id: string }[];

/** The curves of the features with one classifier: of scattering those of a line, of the others the only ones. */
function curvesOfLine(
  line: LineName,
  classifier: ClassifierName,
  source: Pick<FigureSource, "cell">,
): Line[] {
  return Object.keys(names).flatMap((key) => {
    const printed = key as PrintedFeature;
    const own = columns.filter((column) => column.printed === printed && column.classifier === classifier);
    const column = own.find((column) => column.line === line) ?? own[0]!;
    return curves(names[printed], sizes.map((n) => ({ n, id: errorCell(column, n) })), source);
  });
}

/** The network of the printed column: the first of a size. */
function errorsOfNetwork(): ErrorsBySize {
  return sizes.map((n) => ({ n, id: networks.find((row) => row.n === n)!.id }));
}

function curves(name: string, errors: ErrorsBySize, source: Pick<FigureSource, "cell">): Line[] {
  const cells = errors.map(({ n, id }) => ({ n, cell: source.cell(id) }));
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
function filters(): Figure {
  const grid = { height: paddedSide, width: paddedSide, J: 3 };
  return {
    id: "filters",
    title: `Morlet wavelets of 2^{J} = ${2 ** grid.J}, real parts`,
    caption:
      "One row a scale j, one column an orientation, then the low-pass filter φ; each in its own range around 0. Angles: the " +
      "direction of the frequency, counter-clockwise from the x axis.",
    columns: 1,
    panels: [
      filterPanel(
        `Isotropic, L = ${isotropic.L}: as printed`,
        isotropic.bank.build({ ...grid, L: isotropic.L }),
      ),
      filterPanel(`Elliptic, L = ${elliptic.L}`, elliptic.bank.build({ ...grid, L: elliptic.L })),
    ],
  };
}

/** Figure 7 of the paper. */
function figure7({ digit, coefficients, dirac }: DigitCoefficients): Figure {
  using transform = new Scattering2D(figure7Options);
  const paths = transform.paths();
  const panel = (order: 1 | 2): DiscPanel => ({
    kind: "discs",
    title: `m = ${order}`,
    columns: 4,
    discs: polarDiscs(coefficients, dirac, paths, order),
  });
  return {
    id: "figure-7",
    title: `Scattering coefficients of a digit "3", 2^{J} = ${2 ** figure7Options.J}`,
    caption:
      "As figure 7 of Bruna and Mallat: one disc a sample, the darker the larger, as shares of the largest coefficient of the " +
      "order. Radius: the frequency of the first wavelet, finest outermost; angle: its direction, 0° to the right and 90° " +
      "upwards. For m = 2 the second wavelet divides each sector.",
    panels: [
      {
        kind: "tiles",
        title: "the digit",
        columns: 1,
        colours: "grey",
        range: "tile",
        tiles: [{ width: digitSide, height: digitSide, values: digit }],
      },
      panel(1),
      panel(2),
    ],
  };
}
