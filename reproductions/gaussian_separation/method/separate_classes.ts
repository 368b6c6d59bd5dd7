/**
 * Two classes of mean zero, and what classifiers make of them.
 *
 * @module
 */
import { type Mistakes, mistakesOf } from "../../../src/classify/mistakes.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import {
  type Covariance,
  dot,
  equalDirection,
  extremeDirections,
  randomCovariance,
  randomRotation,
  sampleGaussian,
  squaredDistance,
  varianceAlong,
} from "./covariances.ts";
import { type AffineClassifier, fisherClassifier, momentsOf } from "./fisher_classifier.ts";
import { normalTail } from "./normal_distribution.ts";

/** Coordinates of x. */
export const dimension = 16;

/** The rows of the frames that serve as controls. */
const controlRows = 64;

/** How many items of each class are shown. */
const shown = 150;

/** What is sampled. */
export interface SeparationParameters {
  /** Which sample of covariances, frame and items. */
  readonly seed: number;
  /** Items of each class to learn from. */
  readonly train: number;
  /** Items of each class to test on. */
  readonly test: number;
  /** The numbers of rows of the frame, rising multiples of the dimension. */
  readonly rows: readonly number[];
}

/** Two coordinates of items of either class. */
export type ShownItems = readonly (readonly (readonly [number, number])[])[];

/** The mistakes of every classifier on the same test items, and what a figure shows. */
export interface Separation {
  /** Fisher's discriminant of x. */
  readonly fisher: Mistakes;
  /** The affine classifier of x that is best for the true covariances. */
  readonly affine: Mistakes;
  /** The error of that classifier in closed form, a share. */
  readonly affineError: number;
  /** Fisher's discriminant of rho(F x) with the first rows of the frame. */
  readonly relu: readonly { readonly rows: number; readonly mistakes: Mistakes }[];
  /** The classifier of the true covariances. */
  readonly bayes: Mistakes;
  /** Control: Fisher's discriminant of rho(F x), both classes of the first covariance. */
  readonly sameCovariance: Mistakes;
  /** Control: Fisher's discriminant of rho(F x) with rows along which both classes have the same variance. */
  readonly blindFrame: Mistakes;
  /** The largest relative difference of a class mean of rho(F x) from (w Sigma w^T / (2 pi))^(1/2), over the largest frame. */
  readonly meanError: number;
  /** Test items along the directions of x in which variances differ most. */
  readonly shownSamples: ShownItems;
  /** The same items, by Fisher's discriminant of rho(F x) with the fewest and with the most rows, in units of its deviation within classes. */
  readonly shownFeatures: ShownItems;
}

/** Samples two classes and classifies them. */
export function separateClasses(
  { seed, train, test, rows }: SeparationParameters,
  rng: (label: string, seed: number) => RandomStream,
): Separation {
  const stream = (name: string) => rng(`gaussian_separation/${name}`, seed);
  const first = randomCovariance(dimension, stream("first covariance"));
  const second = randomCovariance(dimension, stream("second covariance"));
  const sample = (covariance: Covariance, count: number, name: string) =>
    sampleGaussian(covariance, count, stream(name));
  const training = [sample(first, train, "train/first"), sample(second, train, "train/second")] as const;
  const tested = [sample(first, test, "test/first"), sample(second, test, "test/second")] as const;

  const frame = tightFrame(rows.at(-1)! / dimension, stream("frame"));
  const learned = learn(frame, training);
  const features = rectify(frame, tested);
  const classifiers = rows.map((p) => fisherClassifier(learned, p));
  const { largest, least } = extremeDirections(first, second);
  const affine = bestAffine(first, second);

  const same = [sample(first, train, "same/train/first"), sample(first, train, "same/train/second")] as const;
  const sameTested = [
    sample(first, test, "same/test/first"),
    sample(first, test, "same/test/second"),
  ] as const;
  const controlFrame = frame.subarray(0, controlRows * dimension);
  const blindStream = stream("blind frame");
  const blind = new Float64Array(controlRows * dimension);
  for (let row = 0; row < controlRows; row++) {
    blind.set(equalDirection(first, second, blindStream), row * dimension);
  }

  return {
    fisher: classify(
      tested,
      dimension,
      fisherClassifier(momentsOf({ dimension, samples: training }), dimension),
    ),
    affine: classify(tested, dimension, affine.classifier),
    affineError: affine.error,
    relu: classifiers.map((classifier, i) => ({
      rows: rows[i]!,
      mistakes: classify(features, rows.at(-1)!, classifier),
    })),
    bayes: mistakesOf(
      tested.flatMap((items) =>
        eachItem(items, dimension, (x) =>
          // Both covariances have the same determinant.
          squaredDistance(first, x) < squaredDistance(second, x) ? 0 : 1)
      ),
      labelsOf(tested, dimension),
    ),
    sameCovariance: learnAndClassify(controlFrame, same, sameTested),
    blindFrame: learnAndClassify(blind, training, tested),
    meanError: largestMeanError(learned.means, frame, [first, second]),
    shownSamples: tested.map((items) =>
      eachItem(
        items.subarray(0, shown * dimension),
        dimension,
        (x) => [dot(largest.w, x), dot(least.w, x)] as const,
      )
    ),
    shownFeatures: features.map((items) =>
      eachItem(items.subarray(0, shown * rows.at(-1)!), rows.at(-1)!, (x) =>
        [
          position(classifiers[0]!, x),
          position(classifiers.at(-1)!, x),
        ] as const)
    ),
  };
}

/**
 * A tight frame: orthonormal bases scaled so that F^T F = Id, each a random rotation. The first rows are a tight frame but for a factor, which
 * no discriminant sees.
 */
function tightFrame(bases: number, stream: RandomStream): Float64Array {
  const frame = new Float64Array(bases * dimension * dimension);
  for (let basis = 0; basis < bases; basis++) {
    frame.set(randomRotation(dimension, stream), basis * dimension * dimension);
  }
  return frame.map((value) => value / Math.sqrt(bases));
}

/** The samples of both classes. */
type Classes = readonly [first: Float64Array, second: Float64Array];

/** max(F x, 0) of the samples of both classes, each `(count, rows)`. */
function rectify(frame: Float64Array, classes: Classes): Classes {
  const rows = frame.length / dimension;
  const rectified = classes.map((items) => {
    const count = items.length / dimension;
    const features = new Float64Array(count * rows);
    for (let item = 0; item < count; item++) {
      for (let row = 0; row < rows; row++) {
        let sum = 0;
        for (let k = 0; k < dimension; k++) sum += frame[row * dimension + k]! * items[item * dimension + k]!;
        features[item * rows + row] = Math.max(sum, 0);
      }
    }
    return features;
  });
  return [rectified[0]!, rectified[1]!];
}

function learn(frame: Float64Array, classes: Classes) {
  return momentsOf({ dimension: frame.length / dimension, samples: rectify(frame, classes) });
}

function learnAndClassify(frame: Float64Array, training: Classes, tested: Classes): Mistakes {
  const rows = frame.length / dimension;
  return classify(rectify(frame, tested), rows, fisherClassifier(learn(frame, training), rows));
}

function classify(classes: Classes, stride: number, { w, threshold }: AffineClassifier): Mistakes {
  const found = classes.flatMap((items) =>
    eachItem(items, stride, (x) => dot(w, x.subarray(0, w.length)) > threshold ? 0 : 1)
  );
  return mistakesOf(found, labelsOf(classes, stride));
}

function labelsOf(classes: Classes, stride: number): number[] {
  return classes.flatMap((items, label) => Array<number>(items.length / stride).fill(label));
}

function eachItem<T>(items: Float64Array, stride: number, visit: (x: Float64Array) => T): T[] {
  return Array.from(
    { length: items.length / stride },
    (_, item) => visit(items.subarray(item * stride, (item + 1) * stride)),
  );
}

function position({ w, threshold }: AffineClassifier, x: Float64Array): number {
  return dot(w, x.subarray(0, w.length)) - threshold;
}

/** The affine classifier with the fewest errors, and their share. */
interface BestAffine {
  readonly classifier: AffineClassifier;
  readonly error: number;
}

/**
 * The best affine classifier of two Gaussians of mean zero. Along w let them have the deviations s and 1: of items beyond a threshold t > 0 the wider class
 * has more, and the error (P(wider below t) + P(narrower above t)) / 2 is least where both densities are equal. It falls as the ratio of the
 * deviations grows, so that w is one of the two directions in which the variances differ most.
 */
export function bestAffine(first: Covariance, second: Covariance): BestAffine {
  const { largest, least } = extremeDirections(first, second);
  const isFirstWider = largest.ratio > 1 / least.ratio;
  const { w, ratio } = isFirstWider ? largest : least;
  const first1 = Math.sqrt(ratio);
  const threshold = Math.sqrt(Math.log(ratio) / (1 - 1 / ratio));
  const wider = Math.max(first1, 1);
  const narrower = Math.min(first1, 1);
  const error = (1 - normalTail(threshold / wider) + normalTail(threshold / narrower)) / 2;
  // Where the second class is the wider one, the first is found on the other side.
  return {
    classifier: isFirstWider ? { w, threshold } : { w: w.map((value) => -value), threshold: -threshold },
    error,
  };
}

function largestMeanError(
  means: readonly Float64Array[],
  frame: Float64Array,
  covariances: readonly Covariance[],
): number {
  let most = 0;
  for (const [label, covariance] of covariances.entries()) {
    for (const [row, mean] of means[label]!.entries()) {
      const w = frame.subarray(row * dimension, (row + 1) * dimension);
      most = Math.max(most, Math.abs(mean / Math.sqrt(varianceAlong(covariance, w) / (2 * Math.PI)) - 1));
    }
  }
  return most;
}
