/**
 * Candes & Donoho: how fast the error of the best n terms falls, of an image that is smooth apart from an edge. README.md says what is left open
 * and what was chosen.
 *
 * @module
 */
import { photographsOfImages, pictures } from "../../src/data/sources/pictures.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { clusteredStandardError } from "../../src/numeric/statistics/clustered_error.ts";
import { leastSquaresSlope } from "../../src/numeric/statistics/least_squares_slope.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import {
  type Cell,
  cell,
  type Job,
  jobMaker,
  type Measurement,
  type Plan,
  type PlanRequest,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import { cells, controlCountCell, controlRateCell, countCell, rateCell } from "./cells.ts";
import { figures } from "./figures.ts";
import { type CartoonName, kochDimension, type SmoothEdge, smoothEdges } from "./method/cartoons.ts";
import { lastRing } from "./method/curvelet_frame.ts";
import { errorSlope, type TermError, type Window, windows } from "./method/rates.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { BasisErrors, BasisName, CountedSystem, CurveletComparison, ScaleCount, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The rates as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "nterm_approximation",
  paper: {
    title:
      "New tight frames of curvelets and optimal representations of objects with piecewise C2 singularities",
    authors: ["Emmanuel J. Candès", "David L. Donoho"],
    year: 2004,
    venue: "Communications on Pure and Applied Mathematics 57(2), 219-266",
    doi: "10.1002/cpa.10116",
  },
  statement:
    "Of an image with a C² edge the squared error of the best n terms falls as n^-1/2 in Fourier, n^-1 in wavelets, n^-2 log^3 n in curvelets.",
  datasets: ["images", "coco128"],
  profiles,
  figures,
  plan,
};

function plan({ settings, seeds, dataset }: PlanRequest<Settings>): Plan {
  const { side, curveletPlacements, frameSide, photographSide, cocoPhotographs, standIns } = settings;
  const placements = Array.from({ length: seeds }, (_, placement) => placement);
  const inBases = (cartoon: CartoonName, ofSide: number) =>
    placements.map((placement) =>
      job("measureBases", {
        id: `bases/${cartoon}/side=${ofSide}/placement=${placement}`,
        parameters: { cartoon, placement, side: ofSide },
      })
    );
  const inCurvelets = (cartoon: CartoonName, ofSide: number) =>
    placements.slice(0, curveletPlacements).map((placement) =>
      job("measureInCurvelets", {
        id: `curvelets/${cartoon}/side=${ofSide}/placement=${placement}`,
        parameters: { cartoon, placement, side: ofSide },
      })
    );
  const onEdges = <J>(jobs: (edge: SmoothEdge) => J) =>
    Object.fromEntries(smoothEdges.map((edge) => [edge, jobs(edge)])) as Record<SmoothEdge, J>;
  const bases = onEdges((edge) => inBases(edge, side.bases));
  const smallBases = onEdges((edge) => inBases(edge, side.bases / 4));
  const curvelets = onEdges((edge) => inCurvelets(edge, side.curvelets));
  const koch = { bases: inBases("koch", side.bases), curvelets: inCurvelets("koch", side.curvelets) };
  const smooth = inBases("smooth", side.bases);
  const tightness = job("measureTightness", { id: "tightness", parameters: { side: frameSide } });
  const coco = dataset("coco128").files.filter((name) => name.endsWith(".jpg")).slice(0, cocoPhotographs);
  const photographs = [
    job("measurePhotographs", {
      id: "photographs/images",
      parameters: { side: photographSide },
      reads: {
        photographs: pictures("images", photographsOfImages, {
          side: photographSide,
          seeds: Array.from({ length: standIns }, (_, seed) => seed),
        }),
      },
    }),
    ...(cocoPhotographs === 0 ? [] : [job("measurePhotographs", {
      id: "photographs/coco128",
      parameters: { side: photographSide },
      reads: {
        photographs: pictures("coco128", coco, { side: photographSide, seeds: [standIns, standIns + 1] }),
      },
    })]),
  ];

  return {
    cells: [
      ...rateCells(bases, side.bases),
      ...comparingCells(bases, smallBases, curvelets, side),
      ...smoothEdges.flatMap((edge) =>
        (["curvelets", "haar", "db2"] as const).map((system) =>
          cell(
            countCell(system, edge),
            curvelets[edge],
            (results) =>
              perPlacement(results.map(({ counts }) => countSlope(counts[system]) - countLaw[system])),
          )
        )
      ),
      cell(cells.tightness, [tightness], ([found]) => ({ values: [found!.energy] })),
      cell(cells.reconstruction, [tightness], ([found]) => ({ values: [found!.reconstruction] })),
      ...controlCells(koch, smooth, side.bases),
      cell(
        cells.beyondWindow,
        bases,
        (results) =>
          pooled(
            results,
            ({ haar }) =>
              errorSlope(haar, windows.beyond(side.bases)) - errorSlope(haar, windows.wavelets(side.bases)),
          ),
      ),
      ...photographCells(photographs, bases, photographSide, side.bases),
    ],
    figureJobs: [job("illustrate", { id: "illustrations", parameters: {} })],
  };
}

/** The exponents of the theorems. */
const rates: Readonly<Record<BasisName, number>> = { fourier: 1 / 2, haar: 1, db2: 1, db4: 1 };

const countLaw: Readonly<Record<CountedSystem, number>> = { curvelets: 1 / 2, haar: 1, db2: 1 };

function windowOf(basis: BasisName, side: number): Window {
  return basis === "fourier" ? windows.fourier(side) : windows.wavelets(side);
}

/** Jobs of one task for every curve. */
type OnEdges<Result> = Readonly<Record<SmoothEdge, readonly Job<Result>[]>>;

function rateCells(bases: OnEdges<BasisErrors>, side: number): Cell[] {
  const distance = (basis: BasisName) => (errors: BasisErrors) =>
    errorSlope(errors[basis], windowOf(basis, side)) + rates[basis];
  return [
    ...smoothEdges.flatMap((edge) =>
      (["fourier", "haar", "db2"] as const).map((basis) =>
        cell(rateCell(basis, edge), bases[edge], (results) => perPlacement(results.map(distance(basis))))
      )
    ),
    cell(cells.rateOfDb4, bases, (results) => pooled(results, distance("db4"))),
    cell(
      cells.haarBelowFourier,
      bases,
      (results) => pooled(results, ({ haar, fourier }) => logErrorAt(haar, side) - logErrorAt(fourier, side)),
    ),
  ];
}

/**
 * The exponents of the counts on the Koch curve, of dimension D. It meets 2^(j D) wavelets of scale 2^-j. Curvelets are 2^(-j / 2) long: the curve
 * meets 2^(j D / 2) squares of that side, in each of them all 2^(j / 2) curvelets that lie side by side, as its projections are whole intervals, and
 * those of all 2^(j / 2) directions, since it has none.
 */
const kochCounts = { curvelets: 1 + kochDimension / 2, haar: kochDimension } as const;

/** What is said of slopes that the side or n changes, over windows that change with the side. */
function comparingCells(
  bases: OnEdges<BasisErrors>,
  smallBases: OnEdges<BasisErrors>,
  curvelets: OnEdges<CurveletComparison>,
  side: Settings["side"],
): Cell[] {
  const window = windows.relative(side.curvelets);
  return [
    cell(cells.db4Steepens, both(bases, smallBases), (results) =>
      pooledDifference(
        results,
        ({ db4 }) => errorSlope(db4, windows.relative(side.bases)),
        ({ db4 }) => errorSlope(db4, windows.relative(side.bases / 4)),
      )),
    cell(
      cells.rateOfCurvelets,
      curvelets,
      (results) =>
        pooled(
          results,
          ({ errors }) => errorSlope(errors, window) - errorSlope(errors.map(printedRate), window),
        ),
    ),
    cell(
      cells.curveletsAgainstDb2,
      curvelets,
      (results) => pooled(results, ({ errors, db2 }) => errorSlope(errors, window) - errorSlope(db2, window)),
    ),
    cell(
      cells.curveletsSteepen,
      curvelets,
      (results) =>
        pooled(results, ({ errors }) =>
          errorSlope(errors, windows.late(side.curvelets)) -
          errorSlope(errors, windows.early(side.curvelets))),
    ),
    cell(
      cells.crossing,
      curvelets,
      (results) =>
        pooled(results, ({ counts }) => crossing(counts.curvelets, counts.db2) - lastRing(side.curvelets)),
    ),
    cell(
      cells.curveletsBelowDb2,
      curvelets,
      (results) =>
        pooled(
          results,
          ({ errors, db2 }) => logErrorAt(errors, side.curvelets) - logErrorAt(db2, side.curvelets),
        ),
    ),
  ];
}

/** n^-2 log^3 n. */
function printedRate({ n }: TermError): TermError {
  const log = Math.log(n);
  return { n, error: log * log * log / (n * n) };
}

function controlCells(
  koch: {
    readonly bases: readonly Job<BasisErrors>[];
    readonly curvelets: readonly Job<CurveletComparison>[];
  },
  smooth: readonly Job<BasisErrors>[],
  side: number,
): Cell[] {
  const slopes = (basis: BasisName, plus: number) => (results: readonly BasisErrors[]) =>
    perPlacement(results.map((errors) => errorSlope(errors[basis], windowOf(basis, side)) + plus));
  return [
    cell(controlRateCell("fourier", "koch"), koch.bases, slopes("fourier", (2 - kochDimension) / 2)),
    cell(controlRateCell("haar", "koch"), koch.bases, slopes("haar", (2 - kochDimension) / kochDimension)),
    ...(["curvelets", "haar"] as const).map((system) =>
      cell(
        controlCountCell(system),
        koch.curvelets,
        (results) =>
          perPlacement(results.map(({ counts }) => countSlope(counts[system]) - kochCounts[system])),
      )
    ),
    cell(controlRateCell("fourier", "smooth"), smooth, slopes("fourier", 0)),
    cell(controlRateCell("db2", "smooth"), smooth, slopes("db2", 0)),
    cell(controlRateCell("haar", "smooth"), smooth, slopes("haar", rates.haar)),
  ];
}

function photographCells(
  photographs: readonly Job<readonly BasisErrors[]>[],
  bases: OnEdges<BasisErrors>,
  side: number,
  cartoonSide: number,
): Cell[] {
  const slope = (basis: BasisName, ofSide: number) => (errors: BasisErrors) =>
    errorSlope(errors[basis], windows.wavelets(ofSide));
  const perPhotograph = (
    results: readonly (readonly BasisErrors[])[],
    quantity: (errors: BasisErrors) => number,
  ) => perImage(results.flat().map(quantity));
  return [
    cell(cells.cartoonsBelowPhotographs, { photographs, ...bases }, ({ photographs, ...onEdges }) => {
      const cartoons = pooled(onEdges, slope("db2", cartoonSide));
      const pictures = perPhotograph(photographs, slope("db2", side));
      return {
        values: [cartoons.values[0]! - pictures.values[0]!],
        standardError: Math.hypot(cartoons.standardError ?? NaN, pictures.standardError ?? NaN),
        unitOfError: "image",
      };
    }),
    cell(
      cells.photographRates,
      photographs,
      (results) =>
        perPhotograph(results, (errors) => slope("db2", side)(errors) - slope("fourier", side)(errors)),
    ),
    cell(
      cells.photographErrors,
      photographs,
      (results) =>
        perPhotograph(results, ({ db2, fourier }) => logErrorAt(db2, side) - logErrorAt(fourier, side)),
    ),
    cell(
      cells.photographMoments,
      photographs,
      (results) => perPhotograph(results, ({ db2, haar }) => logErrorAt(db2, side) - logErrorAt(haar, side)),
    ),
  ];
}

/** The logarithm to the base 10 of the error of n terms. */
function logErrorAt(errors: readonly TermError[], n: number): number {
  return Math.log10(errors.find((one) => one.n === n)!.error);
}

/** The slope of log2 of the counts against j; the first ring is left out, and the last one was not counted. */
function countSlope(counts: readonly ScaleCount[]): number {
  return countLine(counts).slope;
}

/** The line through log2 of the counts against j. */
function countLine(counts: readonly ScaleCount[]): { readonly slope: number; at(j: number): number } {
  const inside = counts.slice(1);
  const scales = inside.map(({ j }) => j);
  const logarithms = inside.map(({ count }) => Math.log2(count));
  const { slope } = leastSquaresSlope(scales, logarithms);
  return { slope, at: (j) => mean(logarithms) + slope * (j - mean(scales)) };
}

/** The scale from which on the first system takes fewer coefficients than the second, if both go on as their lines do. */
function crossing(first: readonly ScaleCount[], second: readonly ScaleCount[]): number {
  const a = countLine(first);
  const b = countLine(second);
  return (a.at(0) - b.at(0)) / (b.slope - a.slope);
}

/** One value for each placement of a cartoon. */
function perPlacement(values: readonly number[]): Measurement {
  return { values, unitOfError: "draw" };
}

function perImage(values: readonly number[]): Measurement {
  const standardError = standardErrorOfMean(values);
  return {
    values: [mean(values)],
    ...(standardError === null ? {} : { standardError }),
    unitOfError: "image",
  };
}

/** The mean over all curves and placements, with its standard error over the curves: a placement says less than another curve. */
function pooled<Result>(
  results: Readonly<Record<string, readonly Result[]>>,
  quantity: (result: Result) => number,
): Measurement {
  const groups = Object.values(results).map((ofEdge) => ofEdge.map(quantity));
  const standardError = clusteredStandardError(groups);
  return {
    values: [mean(groups.flat())],
    ...(standardError === null ? {} : { standardError }),
    unitOfError: "class",
  };
}

/** The jobs of two sides, for `pooledDifference()`. */
function both<Result>(
  large: OnEdges<Result>,
  small: OnEdges<Result>,
): Record<string, readonly Job<Result>[]> {
  return Object.fromEntries(
    smoothEdges.flatMap((edge) => [[`large ${edge}`, large[edge]], [`small ${edge}`, small[edge]]]),
  );
}

/** A quantity of each cartoon at one side less another one of the same cartoon at a smaller side. */
function pooledDifference<Result>(
  results: Readonly<Record<string, readonly Result[]>>,
  large: (result: Result) => number,
  small: (result: Result) => number,
): Measurement {
  const differences = Object.fromEntries(smoothEdges.map((edge) => {
    const others = results[`small ${edge}`]!;
    return [edge, results[`large ${edge}`]!.map((result, i) => large(result) - small(others[i]!))];
  }));
  return pooled(differences, (difference) => difference);
}
