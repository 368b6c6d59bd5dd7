/**
 * The work of gaussian_separation: quadratures, classifiers of samples, and the moments of a soft threshold in closed form.
 *
 * @module
 */
import { centreSquare, type PictureReading, readPictures } from "../../src/data/sources/pictures.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import { waveletTransform2 } from "../../src/numeric/wavelets/wavelet_transform2.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { type IdentityErrors, worstIdentityErrors } from "./method/mean_identity.ts";
import { boundRatio, worstMean } from "./method/oracle_bound.ts";
import { separateClasses, type Separation, type SeparationParameters } from "./method/separate_classes.ts";
import { type ClassMoments, classMoments, softMoments, universalThreshold } from "./method/soft_threshold.ts";

/** No data. */
type Nothing = Record<never, never>;

/** Seeks the largest errors of the mean identity. */
function checkIdentity(_: TaskInput<Nothing, Nothing>): IdentityErrors {
  return worstIdentityErrors();
}

/** Samples two classes and classifies them. */
function separate({ parameters }: TaskInput<SeparationParameters, Nothing>, context: RunContext): Separation {
  return separateClasses(parameters, context.rng);
}

/** Coordinates of the classes that are thresholded, and how many of them a sparse mean has. */
const coordinates = { all: 1024, sparse: 16 };

/** The amplitude of a sparse mean, in thresholds. */
const sparseAmplitude = 4;

/** What a threshold makes of a coordinate, for a figure. */
interface SoftCurvePoint {
  /** The mean of the coordinate, in deviations of the noise. */
  readonly mu: number;
  /** The share of the mean that is left. */
  readonly kept: number;
  /** The variance that is left, of 1. */
  readonly variance: number;
}

/** The moments of a soft threshold on means of equal norm, and by the mean of one coordinate. */
function thresholdClasses(_: TaskInput<Nothing, Nothing>) {
  const threshold = universalThreshold(coordinates.all);
  const amplitude = sparseAmplitude * threshold;
  const sparse = new Float64Array(coordinates.all).fill(amplitude, 0, coordinates.sparse);
  const dense = new Float64Array(coordinates.all).fill(
    amplitude * Math.sqrt(coordinates.sparse / coordinates.all),
  );
  // Amplitudes of 2 to 20 thresholds, in hundredths of one.
  const biases = Array.from({ length: 1801 }, (_, i) => {
    const mu = (2 + i / 100) * threshold;
    return Math.abs(softMoments(mu, threshold).mean / mu - (1 - threshold / mu));
  });
  const curve = Array.from({ length: 60 }, (_, i): SoftCurvePoint => {
    const mu = 0.25 * (i + 1);
    const { mean, variance } = softMoments(mu, threshold);
    return { mu, kept: mean / mu, variance };
  });
  return {
    threshold,
    sparse: classMoments(sparse, threshold),
    dense: classMoments(dense, threshold),
    largestBias: biases.reduce((a, b) => Math.max(a, b)),
    curve,
  };
}

/** What a threshold makes of photographs as means. */
interface ThresholdedPhotograph {
  /** In wavelets. */
  readonly db2: ClassMoments;
  /** As they are. */
  readonly pixels: ClassMoments;
}

/** The deviation of the noise, as a share of that of a photograph. */
const noiseShare = 0.25;

/** The side of the coarse square that the wavelet transform ends with. */
const coarseSide = 4;

/** Thresholds photographs in noise, in a basis where they are sparse and in one where they are not. */
async function thresholdPhotographs(
  { parameters: { side }, reads }: TaskInput<
    { readonly side: number },
    { readonly photographs: PictureReading }
  >,
  context: RunContext,
): Promise<readonly ThresholdedPhotograph[]> {
  const found: ThresholdedPhotograph[] = [];
  const threshold = universalThreshold(side * side);
  for await (const photograph of readPictures(reads.photographs, context)) {
    const square = centreSquare(photograph, side);
    const centre = mean([...square]);
    const deviation = Math.sqrt(mean(Array.from(square, (value) => (value - centre) ** 2)));
    const pixels = square.map((value) => (value - centre) / (noiseShare * deviation));
    const wavelets = waveletTransform2(pixels, side, Math.log2(side / coarseSide), "db2");
    found.push({ db2: classMoments(wavelets, threshold), pixels: classMoments(pixels, threshold) });
  }
  return found;
}

/** What is asked of the oracle bound. */
type RiskParameters = {
  /** Dimensions that are reported one by one. */
  readonly dimensions: readonly number[];
  /** The worst mean is sought in every dimension up to this one. */
  readonly every: number;
};

/** Seeks the worst means for the oracle bound. */
function seekWorstMeans({ parameters: { dimensions, every } }: TaskInput<RiskParameters, Nothing>) {
  const largest = dimensions.at(-1)!;
  const worst = (d: number) => worstMean(d, universalThreshold(d)).ratio;
  let worstOfEvery = { d: 1, ratio: 0 };
  for (let d = 1; d <= every; d++) {
    const ratio = worst(d);
    if (ratio > worstOfEvery.ratio) worstOfEvery = { d, ratio };
  }
  return {
    dimensions: dimensions.map((d) => ({
      d,
      ratio: worst(d),
      curve: Array.from({ length: 49 }, (_, i) => {
        const mu = 0.25 * i;
        return { mu, ratio: boundRatio(d, universalThreshold(d), mu) };
      }),
    })),
    worstOfEvery,
    halfThreshold: worstMean(largest, universalThreshold(largest) / 2).ratio,
    noThreshold: worstMean(largest, 0).ratio,
  };
}

/** The tasks of gaussian_separation. */
export const tasks = {
  checkIdentity,
  separate,
  thresholdClasses,
  thresholdPhotographs,
  seekWorstMeans,
} satisfies Tasks;
