/**
 * The figures of the rows that have finished, of the first seed each.
 *
 * @module
 */
import { errorDifference } from "../../src/suite/error_rates.ts";
import type {
  Figure,
  Level,
  Line,
  LinePanel,
  PointPanel,
  TablePanel,
  TilePanel,
} from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { FisherReport } from "./method/fisher_report.ts";
import type { FrameReport } from "./method/frame_report.ts";
import { imageSets, type SetName } from "./method/image_sets.ts";
import type {
  CurvePoint,
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
    ...(withFrame.length === 0 ? [] : [learnedAtoms(withFrame), spectra(withFrame, source)]),
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
        lines: own.map((row) => lineOf(row, errorPercent(row))),
        levels: own.flatMap((row) => levelOf(row, published(row, "error"))),
      },
      {
        kind: "lines",
        title: setTitles[set],
        x: { label: "epoch" },
        y: { label: "Fisher ratio of the test images", scale: "linear" },
        lines: own.map((row) => lineOf(row, fisherRatio(row))),
        levels: own.flatMap((row) => levelOf(row, published(row, "fisher"))),
      },
    ];
  });
  return {
    id: "learning-curves",
    title: "Error and Fisher ratio against epoch",
    caption: `Measured from the untrained network on; dashed: what is printed for the trained one. ${
      fisherNote(rows)
    }`,
    columns: 2,
    panels: [...panels, ...fisherTables(rows)],
  };
}

/** Test error of the networks behind a scattering by epoch. */
function scatteringCurves(rows: readonly ScatteringResult[], source: FiguresSource): Figure {
  const panels = bySet(rows).map(({ set, own }): LinePanel => ({
    kind: "lines",
    title: setTitles[set],
    x: { label: "epoch" },
    y: { label: "test error (%)", scale: "log" },
    lines: own.map((row) => lineOf(row, errorPercent(row))),
    levels: own.flatMap((row) => levelOf(row, source.cell(`scattering/${set}/${row.row}/error`)?.published)),
  }));
  return {
    id: "scattering-curves",
    title: "Test error behind a scattering against epoch",
    caption:
      "Measured from the untrained network on; dashed: what is printed for the trained one. The Fisher ratios are of the " +
      `projected and normalised features. ${fisherNote(rows)}${textOfReductions(rows)}`,
    columns: 2,
    panels: [...panels, ...fisherTables(rows)],
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
    `${signed(change)} ± ${standardError.toFixed(2)} with twice the ${reduction}`
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

/** What was measured by epoch. */
function lineOf({ row, curve }: ShownRow, valueOf: (point: CurvePoint) => number | null): Line {
  const points = curve.flatMap((point, epoch) => {
    const y = valueOf(point);
    // On the logarithmic axis of errors there is no place for none at all.
    return y === null || y === 0 ? [] : [{ x: epoch, y }];
  });
  return { name: rowTitles[row], source: "measured", points };
}

/** What is printed, which belongs to no epoch: a line across all of them. */
function levelOf({ row }: ShownRow, published: number | null | undefined): Level[] {
  if (published === null || published === undefined) return [];
  return [{ name: rowTitles[row], source: "published", value: published }];
}

/** A number with its sign, a minus as wide as a digit. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}

function fourDigits(value: number): string {
  return value.toPrecision(4);
}

/** The heads of the tables; a column without any text is left out. */
const fisherHeads: readonly string[] = [
  "",
  "ratio",
  "standard\nerror",
  "with\n1/(C − 1)",
  "images",
  "values",
  "rank",
  "on fewer\nimages",
  "shuffled\nlabels",
  "on training\nimages",
];

/** The Fisher ratios at the end of each row with what has to be known about them: a table for each data set. */
function fisherTables(rows: readonly ShownRow[]): TablePanel[] {
  return bySet(rows).map(({ set, own }): TablePanel => {
    const texts = own.map(({ row, fisher: { test, floor, train } }) => [
      rowTitles[row],
      fourDigits(test.ratio),
      fourDigits(test.standardError),
      fourDigits(test.unbiased),
      grouped(test.n),
      grouped(test.d),
      grouped(test.rank),
      test.fewer.map(ratioOnImages).join(", "),
      fourDigits(floor.ratio),
      train === null ? "" : ratioOnImages(train),
    ]);
    const filled = fisherHeads.map((_, column) => column).filter((column) =>
      column === 0 || texts.some((row) => row[column] !== "")
    );
    return {
      kind: "table",
      title: `${setTitles[set]}: Fisher ratios at the end`,
      columns: filled.map((column) => fisherHeads[column]!),
      rows: texts.map((row) => filled.map((column) => row[column]!)),
    };
  });
}

function ratioOnImages({ ratio, n }: Pick<FisherReport, "ratio" | "n">): string {
  return `${fourDigits(ratio)} (${grouped(n)})`;
}

/** What holds for every row of the tables. */
function fisherNote(rows: readonly ShownRow[]): string {
  const cuts = [...new Set(rows.map(({ fisher }) => fisher.test.cut))];
  const outside = Math.max(...rows.map(({ fisher }) => fisher.test.outside));
  return `Fisher ratios are of the test images, Σ_{B} with 1/C. Rank: directions above the cut ${
    cuts.join(" or ")
  }; at most ` +
    `${outside.toPrecision(1)} of Trace(Σ_{B}) lies outside of them.`;
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
      nameAt: "centre",
    })),
  }));
  return {
    id: "class-planes",
    title: "Classes before and after the frame",
    caption:
      `${
        countPoints(rows)
      } test images a class, and the means of all of them, along the two directions in which the means ` +
      "differ most, in units of the within-class standard deviation. The directions are found on the same images, so that the " +
      "distances include what finite samples give. A better representation moves the means apart.",
    columns: 2,
    panels,
  };
}

/** How many points of a class are shown, where that differs from class to class the least and the most. */
function countPoints(rows: readonly FrameResult[]): string {
  const counts = rows.flatMap(({ plane }) => plane.points.map(({ length }) => length));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
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
      `The ${
        rows[0]!.frame.atoms.length
      } rows of F with the largest mean |ρ(F x)| over patches of test images, the leading one first. F has no weight ` +
      "decay, and most of an atom is still its random start (README).",
    columns: 2,
    panels,
  };
}

/** The eigenvalues of F^T F, and how far a cell allows them to lie from 1. */
function spectra(
  rows: readonly (FrameResult & { readonly frame: FrameReport })[],
  source: FiguresSource,
): Figure {
  const panels = bySet(rows).map(({ set, own }): LinePanel => {
    const bounds = own.flatMap(({ row }) =>
      source.cell(`frames/${set}/${row}/tightness`)?.allowed?.upper ?? []
    );
    // The operator norm of F^T F - Id is the largest distance of an eigenvalue from 1.
    const bound = Math.min(...bounds);
    return {
      kind: "lines",
      title: setTitles[set],
      x: { label: "number of the eigenvalue" },
      y: { label: "eigenvalue of F^{T} F" },
      lines: own.map(({ row, frame }): Line => ({
        name: rowTitles[row],
        source: "measured",
        points: frame.spectrum.map((y, i) => ({ x: i + 1, y })),
      })),
      levels: [{ name: "tight frame", source: "bound", value: 1 }],
      ...(bounds.length === 0 ? {} : { allowed: [1 - bound, 1 + bound] }),
    };
  });
  const norms = rows.map((row) => `${titleOf(row)} ${row.frame.tightness.toPrecision(2)}`).join("; ");
  return {
    id: "spectrum",
    title: "How tight the trained frames are",
    caption: `All eigenvalues are 1 for a tight frame. The operator norm of F^{T} F − Id: ${norms}.`,
    panels,
  };
}
