/**
 * Mallat's slides: a rectifier separates Gaussian classes of equal means, and a soft threshold lowers variances while sparse means nearly stay
 * (Donoho & Johnstone). README.md says what is left open and what was chosen.
 *
 * @module
 */
import type { Mistakes } from "../../src/classify/mistakes.ts";
import { photographsOfImages, pictures } from "../../src/data/sources/pictures.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { errorDifference, errorRate } from "../../src/suite/error_rates.ts";
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
import {
  againstFewerRows,
  againstSamples,
  cells,
  frameRows,
  mostRows,
  riskCell,
  riskDimensions,
} from "./cells.ts";
import { figures } from "./figures.ts";
import type { Separation } from "./method/separate_classes.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The claims of the slides as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "gaussian_separation",
  paper: {
    title: "Ideal spatial adaptation by wavelet shrinkage",
    authors: ["David L. Donoho", "Iain M. Johnstone"],
    year: 1994,
    venue: "Biometrika 81(3), 425-455",
    doi: "10.1093/biomet/81.3.425",
  },
  statement:
    "A rectifier separates the means of Gaussian classes that have the same mean; a soft threshold lowers variances and nearly keeps sparse means.",
  datasets: ["images"],
  profiles,
  figures,
  plan,
};

function plan({ settings, seeds }: PlanRequest<Settings>): Plan {
  const { items, everyDimension, photographSide, standIns } = settings;
  const identity = job("checkIdentity", { id: "identity", parameters: {} });
  const separations = Array.from(
    { length: seeds },
    (_, seed) =>
      job("separate", { id: `separate/seed=${seed}`, parameters: { seed, rows: frameRows, ...items } }),
  );
  const threshold = job("thresholdClasses", { id: "threshold", parameters: {} });
  const photographs = job("thresholdPhotographs", {
    id: "photographs",
    parameters: { side: photographSide },
    reads: {
      photographs: pictures("images", photographsOfImages, {
        side: photographSide,
        seeds: Array.from({ length: standIns }, (_, seed) => seed),
      }),
    },
  });
  const risk = job("seekWorstMeans", {
    id: "risk",
    parameters: { dimensions: riskDimensions, every: everyDimension },
  });
  return {
    cells: [
      cell(cells.identity, [identity], ([found]) => ({ values: [found!.gaussian] })),
      cell(cells.identityOfMixture, [identity], ([found]) => ({ values: [found!.mixture] })),
      cell(cells.identityOfEllipse, [identity], ([found]) => ({ values: [found!.uniform] })),
      cell(cells.identityOffMean, [identity], ([found]) => ({ values: [found!.mean] })),
      ...separationCells(separations),
      cell(cells.sparseVariance, [threshold], ([found]) => ({ values: [found!.sparse.variance] })),
      cell(cells.denseVariance, [threshold], ([found]) => ({ values: [found!.dense.variance] })),
      cell(cells.sparseMean, [threshold], ([found]) => ({ values: [found!.sparse.kept] })),
      cell(cells.denseMean, [threshold], ([found]) => ({ values: [found!.dense.kept] })),
      cell(cells.sparseBias, [threshold], ([found]) => ({ values: [found!.largestBias] })),
      cell(cells.sparseSeparation, [threshold], ([found]) => ({ values: [found!.sparse.separation] })),
      cell(cells.denseSeparation, [threshold], ([found]) => ({ values: [found!.dense.separation] })),
      cell(
        cells.photographMeans,
        [photographs],
        ([found]) => overPhotographs(found!.map(({ pixels, db2 }) => pixels.kept - db2.kept)),
      ),
      cell(
        cells.photographVariance,
        [photographs],
        ([found]) => overPhotographs(found!.map(({ db2 }) => db2.variance)),
      ),
      ...riskDimensions.map((d, i) =>
        cell(riskCell(d), [risk], ([found]) => ({ values: [found!.dimensions[i]!.ratio] }))
      ),
      cell(cells.riskEverywhere, [risk], ([found]) => ({ values: [found!.worstOfEvery.ratio] })),
      cell(cells.halfThreshold, [risk], ([found]) => ({ values: [found!.halfThreshold] })),
      cell(cells.noThreshold, [risk], ([found]) => ({ values: [found!.noThreshold] })),
    ],
  };
}

function separationCells(separations: readonly Job<Separation>[]): Cell[] {
  const compare = (
    id: string,
    lower: (separation: Separation) => Mistakes,
    upper: (separation: Separation) => Mistakes,
  ) => cell(id, separations, (results) => errorDifference(results.map(lower), results.map(upper), "seed"));
  const chance = (id: string, mistakes: (separation: Separation) => Mistakes, sign: 1 | -1) =>
    cell(id, separations, (results) => {
      const { values, ...rest } = errorRate(results.map(mistakes), "seed");
      return { values: values.map((error) => sign * (error - 50)), ...rest };
    });
  const relu = (rows: number) => ({ relu }: Separation) => relu.find((one) => one.rows === rows)!.mistakes;
  return [
    chance(cells.fisherAtChance, ({ fisher }) => fisher, 1),
    chance(cells.affineAtChance, ({ affine }) => affine, -1),
    ...frameRows.map((p) => compare(againstSamples(p), relu(p), ({ fisher }) => fisher)),
    ...frameRows.slice(1).map((p, i) =>
      compare(againstFewerRows(p, frameRows[i]!), relu(p), relu(frameRows[i]!))
    ),
    compare(cells.reluBelowAffine, relu(mostRows), ({ affine }) => affine),
    compare(cells.bayesBelowRelu, ({ bayes }) => bayes, relu(mostRows)),
    compare(cells.gap, relu(mostRows), ({ bayes }) => bayes),
    chance(cells.sameCovariance, ({ sameCovariance }) => sameCovariance, 1),
    chance(cells.blindFrame, ({ blindFrame }) => blindFrame, 1),
  ];
}

function overPhotographs(values: readonly number[]): Measurement {
  const standardError = standardErrorOfMean(values);
  return {
    values: [mean(values)],
    ...(standardError === null ? {} : { standardError }),
    unitOfError: "image",
  };
}
