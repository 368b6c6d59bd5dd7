/**
 * The figures of the rows that have finished, of the first seed each.
 *
 * @module
 */
import { errorDifference } from "../../src/suite/error_rates.ts";
import type { Figure, Line, LinePanel, PointPanel, TilePanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { FisherReports } from "./method/fisher_report.ts";
import type { FrameReport } from "./method/frame_report.ts";
import { imageSets, type SetName } from "./method/image_sets.ts";
import type { CurvePoint } from "./method/learning_curve.ts";
import type {
  FrameResult,
  FrameRowName,
  Reduction,
  ScatteringResult,
  ScatteringRowName,
  SeparationResult,
  tasks,
} from "./run.ts";

/** Finished jobs, and what is printed. */
type FiguresSource = FigureSource<typeof tasks>;

const setTitles: Readonly<Record<SetName, string>> = { mnist: "MNIST", cifar10: "CIFAR-10" };

const reductions: readonly Reduction[] = ["channels", "atoms", "epochs"];

const rowTitles: Readonly<Record<FrameRowName | ScatteringRowName, string>> = {
  "x": "x",
  "soft": "soft threshold",
  "relu": "ReLU",
  "relu-authors-beta": "ReLU, the authors' beta",
  "scat": "Scat",
  "scat-J4": "Scat, J = 4",
  "1coscat": "1CoScat",
  "jcoscat": "JCoScat",
  "jcoscat-channels-x2": "JCoScat, twice the channels",
  "jcoscat-atoms-x2": "JCoScat, twice the atoms",
  "jcoscat-epochs-x2": "JCoScat, twice the epochs",
};

const classNames: Readonly<Record<SetName, readonly string[]>> = {
  mnist: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  cifar10: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
};

/** A row as figures show it. */
type ShownRow = SeparationResult & { readonly row: FrameRowName | ScatteringRowName };

/** Every figure that has something to show. */
export function figures(source: FiguresSource): readonly Figure[] {
  const frames = firstSeeds(source.finished("frame").map(({ result }) => result));
  const scattering = firstSeeds(source.finished("scattering").map(({ result }) => result));
  const withFrame = frames.filter(({ frame }) => frame !== null) as (FrameResult & { frame: FrameReport })[];
  return [
    ...(frames.length === 0 ? [] : [learningCurves(frames, source), classPlanes(frames)]),
    ...(withFrame.length === 0 ? [] : [learnedAtoms(withFrame), spectra(withFrame)]),
    ...(scattering.length === 0 ? [] : [scatteringCurves(scattering, source)]),
  ];
}

/** The first seed of each row. */
function firstSeeds<Row extends ShownRow>(rows: readonly Row[]): Row[] {
  return rows.filter((one, i) => rows.findIndex(({ set, row }) => set === one.set && row === one.row) === i);
}

/** The data sets of rows, each once, with its own rows. */
function bySet<Row extends ShownRow>(rows: readonly Row[]): { set: SetName; own: Row[] }[] {
  return [...new Set(rows.map(({ set }) => set))].map((set) => ({
    set,
    own: rows.filter((row) => row.set === set),
  }));
}

function titleOf({ set, row }: ShownRow): string {
  return `${setTitles[set]}, ${rowTitles[row]}`;
}

/** Error and Fisher ratio of the test images by epoch. */
function learningCurves(rows: readonly FrameResult[], source: FiguresSource): Figure {
  const panels = bySet(rows).flatMap(({ set, own }): LinePanel[] => {
    const published = ({ row }: FrameResult, quantity: "error" | "fisher") =>
      source.cell(`frames/${set}/${row}/${quantity}`)?.published;
    return [
      {
        kind: "lines",
        title: setTitles[set],
        x: { label: "epoch" },
        y: { label: "test error (%)", scale: "log" },
        lines: own.flatMap((row) => linesOf(row, errorPercent(row), published(row, "error"))),
      },
      {
        kind: "lines",
        title: setTitles[set],
        x: { label: "epoch" },
        y: { label: "Fisher ratio of the test images", scale: "linear" },
        lines: own.flatMap((row) => linesOf(row, fisherRatio(row), published(row, "fisher"))),
      },
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

/** Test error of the networks behind a scattering by epoch. */
function scatteringCurves(rows: readonly ScatteringResult[], source: FiguresSource): Figure {
  const panels = bySet(rows).map(({ set, own }): LinePanel => ({
    kind: "lines",
    title: setTitles[set],
    x: { label: "epoch" },
    y: { label: "test error (%)", scale: "log" },
    lines: own.flatMap((row) =>
      linesOf(row, errorPercent(row), source.cell(`scattering/${set}/${row.row}/error`)?.published)
    ),
  }));
  return {
    id: "scattering-curves",
    title: "Test error behind a scattering against epoch",
    caption:
      "Solid: measured, from the untrained network on; dashed: printed. Fisher ratios at the end, of the projected " +
      `and normalised features, Sigma_B with 1/C: ${
        rows.map((row) => `${titleOf(row)} ${fisherText(row.fisher)}`).join("; ")
      }.${textOfReductions(rows)}`,
    panels,
  };
}

/** What each of the reductions costs JCoScat, the one that moves the error most first; nothing where none was halved. */
function textOfReductions(rows: readonly ScatteringResult[]): string {
  const base = rows.find(({ row }) => row === "jcoscat");
  if (base === undefined) return "";
  const effects = reductions.flatMap((reduction) => {
    const doubled = rows.find(({ set, row }) => set === base.set && row === `jcoscat-${reduction}-x2`);
    if (doubled === undefined) return [];
    const { values, standardError } = errorDifference([doubled.mistakes], [base.mistakes], "seed");
    return [{ reduction, change: values[0]!, standardError: standardError! }];
  }).sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (effects.length === 0) return "";
  const texts = effects.map(({ reduction, change, standardError }) =>
    `${change.toFixed(2)} +- ${standardError.toFixed(2)} with twice the ${reduction}`
  );
  return ` The error of JCoScat moves by so many points (standard error paired by image), the largest first: ${
    texts.join(", ")
  }.`;
}

function errorPercent({ mistakes }: ShownRow): (point: CurvePoint) => number {
  return ({ errors }) => 100 * errors / mistakes.tested;
}

function fisherRatio({ row, fisher }: FrameResult): (point: CurvePoint) => number | null {
  // That of x is the same after every epoch, and measured once.
  return (point) => row === "x" ? fisher.test.ratio : point.fisher;
}

/** What was measured by epoch, and the printed value across all epochs where there is one. */
function linesOf(
  { row, curve }: ShownRow,
  valueOf: (point: CurvePoint) => number | null,
  published: number | null | undefined,
): Line[] {
  const name = rowTitles[row];
  const points = curve.flatMap((point, epoch) => {
    const y = point && valueOf(point);
    // On the logarithmic axis of errors there is no place for none at all.
    return y === null || y === 0 ? [] : [{ x: epoch, y }];
  });
  const measured: Line = { name, source: "measured", points };
  if (published === null || published === undefined) return [measured];
  const ends = [0, curve.length - 1].map((x) => ({ x, y: published }));
  return [measured, { name, source: "published", points: ends }];
}

/** The Fisher ratios with what has to be known about them, for a caption. */
function fisherText({ test, floor, train }: FisherReports): string {
  const short = (value: number) => value.toPrecision(4);
  const about = [
    `standard error ${short(test.standardError)}`,
    `${short(test.unbiased)} with 1/(C - 1)`,
    `${test.n} images, ${test.d} values, rank ${test.rank} at the cut ${test.cut}, ` +
    `${test.outside.toPrecision(1)} of Trace(Sigma_B) outside of it`,
    ...test.fewer.map(({ ratio, n }) => `${short(ratio)} on ${n} of the images`),
    `${short(floor.ratio)} with shuffled labels`,
    ...(train === null ? [] : [`${short(train.ratio)} on ${train.n} training images`]),
  ];
  return `${short(test.ratio)} (${about.join("; ")})`;
}

/** Class means and images in the plane of the two leading discriminants. */
function classPlanes(rows: readonly FrameResult[]): Figure {
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
function learnedAtoms(rows: readonly (FrameResult & { readonly frame: FrameReport })[]): Figure {
  const panels = rows.map((row): TilePanel => {
    const { shape: [, , channels], patches: { size } } = imageSets[row.set];
    return {
      kind: "tiles",
      title: titleOf(row),
      columns: 8,
      colours: channels === 3 ? "rgb" : "diverging",
      range: "tile",
      tiles: row.frame.atoms.map((values) => ({ width: size, height: size, values })),
    };
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
function spectra(rows: readonly (FrameResult & { readonly frame: FrameReport })[]): Figure {
  const panels = bySet(rows).map(({ set, own }): LinePanel => ({
    kind: "lines",
    title: setTitles[set],
    x: { label: "number of the eigenvalue" },
    y: { label: "eigenvalue of F^T F" },
    lines: own.map(({ row, frame }): Line => ({
      name: rowTitles[row],
      source: "measured",
      points: frame.spectrum.map((y, i) => ({ x: i + 1, y })),
    })),
  }));
  const norms = rows.map((row) => `${titleOf(row)} ${row.frame.tightness.toPrecision(2)}`).join("; ");
  return {
    id: "spectrum",
    title: "How tight the trained frames are",
    caption: `All eigenvalues are 1 for a tight frame. The operator norm of F^T F - Id: ${norms}.`,
    panels,
  };
}
