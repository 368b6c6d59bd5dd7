import type {
  Figure,
  FigureSource,
  Line,
  LinePanel,
  Panel,
  PointPanel,
  TilePanel,
} from "../../src/figure.ts";
import type { Result } from "./cells.ts";
import { type SetName, sets } from "./data.ts";
import { windowsOf } from "./network.ts";
import type { FisherReport } from "./fisher_report.ts";
import type { RowResult } from "./row.ts";

const setTitles: Readonly<Record<SetName, string>> = { mnist: "MNIST", cifar10: "CIFAR-10" };
const methodTitles = { x: "x", soft: "soft threshold", relu: "ReLU" } as const;

const classNames: Readonly<Record<SetName, readonly string[]>> = {
  mnist: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  cifar10: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
};

/** The figures of the rows that have finished, of the first seed each. */
export function drawFigures(source: FigureSource<Result>): readonly Figure[] {
  const rows = source.results.map(({ result }) => result).filter((result) => result.kind === "row");
  const first = rows.filter((row, i) =>
    rows.findIndex(({ set, method }) => set === row.set && method === row.method) === i
  );
  if (first.length === 0) return [];
  const withFrame = first.filter(({ frame }) => frame !== null);
  return [
    learningCurves(first, source),
    classPlanes(first),
    ...(withFrame.length === 0 ? [] : [learnedAtoms(withFrame), spectra(withFrame)]),
  ];
}

function titleOf({ set, method }: RowResult): string {
  return `${setTitles[set]}, ${methodTitles[method]}`;
}

/** Error and Fisher ratio of the test images by epoch. */
function learningCurves(rows: readonly RowResult[], source: FigureSource<Result>): Figure {
  const names = new Set(rows.map(({ set }) => set));
  const panels = [...names].flatMap((set): LinePanel[] => {
    const own = rows.filter((row) => row.set === set);
    const panel = (quantity: "error" | "fisher", label: string, scale: "linear" | "log"): LinePanel => ({
      kind: "lines",
      title: setTitles[set],
      x: { label: "epoch" },
      y: { label, scale },
      lines: own.flatMap((row) => [measuredLine(row, quantity), ...publishedLine(row, quantity, source)]),
    });
    return [
      panel("error", "test error (%)", "log"),
      panel("fisher", "Fisher ratio of the test images", "linear"),
    ];
  });
  return {
    id: "learning-curves",
    title: "Error and Fisher ratio against epoch",
    caption:
      "Solid: measured, from the untrained network on; dashed: printed. Fisher ratios at the end, Sigma_B with 1/C: " +
      `${rows.map(fisherText).join("; ")}.`,
    columns: 2,
    panels,
  };
}

function measuredLine({ method, curve, tested, fisher }: RowResult, quantity: "error" | "fisher"): Line {
  const points = curve.flatMap((point, epoch) => {
    if (point === null) return [];
    // That of x is the same after every epoch, and measured once.
    const ratio = method === "x" ? fisher.test.ratio : point.fisher;
    const y = quantity === "error" ? 100 * point.errors / tested : ratio;
    // No error at all has no place on the logarithmic axis.
    return y === null || y === 0 ? [] : [{ x: epoch, y }];
  });
  return { name: methodTitles[method], source: "measured", points };
}

function publishedLine(row: RowResult, quantity: string, source: FigureSource<Result>): Line[] {
  const published = source.cell(`frames/${row.set}/${row.method}/${quantity}`)?.published ?? null;
  if (published === null) return [];
  const points = [0, row.curve.length - 1].map((x) => ({ x, y: published }));
  return [{ name: methodTitles[row.method], source: "published", points }];
}

/** A Fisher ratio with what has to be known about it. */
function fisherText(row: RowResult): string {
  const { test, train, floor } = row.fisher;
  const short = ({ ratio }: FisherReport) => ratio.toPrecision(4);
  return `${titleOf(row)} ${short(test)} (${
    test.unbiased.toPrecision(4)
  } with 1/(C - 1); ${test.n} images, ` +
    `${test.d} values, rank ${test.rank} at the cut ${test.cut}; ${short(floor)} with shuffled labels; ` +
    `${short(train)} on the ${train.n} training images)`;
}

/** Class means and images in the plane of the two leading discriminants. */
function classPlanes(rows: readonly RowResult[]): Figure {
  const panels = rows.map((row): PointPanel => ({
    kind: "points",
    title: titleOf(row),
    x: { label: "first discriminant" },
    y: { label: "second discriminant" },
    groups: row.plane.means.map(([x, y], label) => ({
      name: classNames[row.set][label]!,
      points: row.plane.points[label]!.map(([x, y]) => ({ x, y })),
      centre: { x, y },
    })),
  }));
  return {
    id: "class-planes",
    title: "Classes before and after the frame",
    caption:
      "Test images and the means of their classes along the two directions in which the means differ most, in units of the " +
      "within-class standard deviation. The directions are found on the same images, so that the distances include what " +
      "finite samples give. A better representation moves the means apart.",
    columns: 3,
    panels,
  };
}

/** The atoms with the largest mean coefficients. */
function learnedAtoms(rows: readonly RowResult[]): Figure {
  const panels = rows.map((row): Panel => {
    const { size } = windowsOf[row.set];
    return {
      kind: "tiles",
      title: titleOf(row),
      columns: 8,
      colours: sets[row.set].shape[2] === 3 ? "rgb" : "diverging",
      range: "tile",
      tiles: row.frame!.atoms.map((values) => ({ width: size, height: size, values })),
    } satisfies TilePanel;
  });
  return {
    id: "atoms",
    title: "Learned atoms",
    caption:
      "The 64 rows of F with the largest mean |rho(F x)| over patches of test images, the leading one first.",
    columns: 2,
    panels,
  };
}

/** The eigenvalues of F^T F. */
function spectra(rows: readonly RowResult[]): Figure {
  const names = new Set(rows.map(({ set }) => set));
  const panels = [...names].map((set): LinePanel => ({
    kind: "lines",
    title: setTitles[set],
    x: { label: "number of the eigenvalue" },
    y: { label: "eigenvalue of F^T F" },
    lines: rows.filter((row) => row.set === set).map(({ method, frame }): Line => ({
      name: methodTitles[method],
      source: "measured",
      points: frame!.spectrum.map((y, i) => ({ x: i + 1, y })),
    })),
  }));
  const norms = rows.map((row) => `${titleOf(row)} ${row.frame!.tightness.toPrecision(2)}`).join("; ");
  return {
    id: "spectrum",
    title: "How tight the trained frames are",
    caption: `All eigenvalues are 1 for a tight frame. The operator norm of F^T F - Id: ${norms}.`,
    panels,
  };
}
