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
import { firstSeeds, measuredLine, publishedLine, setTitles } from "./curve_lines.ts";
import { type SetName, sets } from "./data.ts";
import { fisherText } from "./fisher_report.ts";
import type { CurvePoint } from "./learning_curve.ts";
import { windowsOf } from "./network.ts";
import type { RowResult } from "./row.ts";

const methodTitles = { x: "x", soft: "soft threshold", relu: "ReLU" } as const;

const classNames: Readonly<Record<SetName, readonly string[]>> = {
  mnist: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  cifar10: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
};

/** The figures of the rows that have finished, of the first seed each. */
export function drawFigures(source: FigureSource<Result>): readonly Figure[] {
  const rows = source.results.map(({ result }) => result).filter((result) => result.kind === "row");
  const first = firstSeeds(rows);
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
      lines: own.flatMap((row) => linesOf(row, quantity, source)),
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
      `${rows.map((row) => `${titleOf(row)} ${fisherText(row.fisher)}`).join("; ")}.`,
    columns: 2,
    panels,
  };
}

function linesOf(row: RowResult, quantity: "error" | "fisher", source: FigureSource<Result>): Line[] {
  const { set, method, curve, tested, fisher } = row;
  const valueOf = ({ errors, fisher: ratio }: CurvePoint) => {
    if (quantity === "error") return 100 * errors / tested;
    // That of x is the same after every epoch, and measured once.
    return method === "x" ? fisher.test.ratio : ratio;
  };
  const published = source.cell(`frames/${set}/${method}/${quantity}`)?.published;
  const name = methodTitles[method];
  return [measuredLine(name, curve, valueOf), ...publishedLine(name, curve, published)];
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
      "The 64 rows of F with the largest mean |rho(F x)| over patches of test images, the leading one first. F has no weight " +
      "decay, and most of an atom is still its random start (README).",
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
