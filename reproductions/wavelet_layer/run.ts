/**
 * The work of wavelet_layer: a linear classifier behind fixed layers.
 *
 * @module
 */
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import type { LabelledImages } from "../../src/data/readers/labelled_images.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { OrthonormalWavelet } from "../../src/numeric/wavelets/orthonormal_wavelet.ts";
import { inverseWaveletTransform2 } from "../../src/numeric/wavelets/wavelet_transform2.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { balancedSample } from "./method/balanced_sample.ts";
import { coefficientsOf, greyImages, levels, pixels, side } from "./method/coefficients.ts";
import {
  applyNonlinearity,
  featureCount,
  type FixedLayer,
  type Nonlinearity,
  thresholdKeeping,
} from "./method/layers.ts";
import {
  fixedLayers,
  layerRepresentation,
  type Representation,
  type RepresentationName,
  scatteringRepresentation,
} from "./method/representations.ts";
import {
  classify,
  learnSoftmaxRegression,
  type RegressionOptions,
  type SoftmaxRegression,
} from "./method/softmax_regression.ts";
import { nameOf, transformations, transformImages } from "./method/transformations.ts";

/** What every job is told. */
export type Learning = {
  /** How many images are learnt from. */
  readonly n: number;
  /** The number of the sample. */
  readonly draw: number;
  /** The L2 penalty. */
  readonly lambda: number;
  /** Steps of L-BFGS. */
  readonly iterations: number;
  /** The share of coefficients that each threshold keeps. */
  readonly keep: Readonly<Record<"hard" | "soft", number>>;
};

/** What a job reads. */
type Readings = { readonly train: ImageReading; readonly test: ImageReading };

/** A classifier behind one fixed layer. */
export interface LayerRun {
  /** The layer. */
  readonly nonlinearity: Nonlinearity;
  /** The test images that it gets wrong. */
  readonly mistakes: Mistakes;
  /** Its threshold. */
  readonly tau: number;
  /** Steps of L-BFGS that were taken, and what was left of the gradient. */
  readonly iterations: number;
  /** See `iterations`. */
  readonly gradientLeft: number;
}

/** Images whose coefficients decide the thresholds. */
const thresholdImages = 2000;

/** Images that are described at a time. */
const blockImages = 2000;

/** The images that are learnt from. */
interface Sample {
  /** `(n, 32, 32)`. */
  readonly images: Float32Array;
  /** `(n)`. */
  readonly labels: Uint8Array;
}

async function readSample(
  reading: ImageReading,
  { n, draw }: Learning,
  context: RunContext,
): Promise<Sample> {
  const all = await readImages(reading, context);
  const rows = balancedSample(all.labels, n, context.rng(`wavelet_layer/sample of ${n}`, draw));
  return { images: greyImages(all, rows), labels: Uint8Array.from(rows, (row) => all.labels[row]!) };
}

function firstImages(all: LabelledImages, count: number): Sample {
  const rows = Uint32Array.from(all.labels.subarray(0, count).keys());
  return { images: greyImages(all, rows), labels: all.labels.subarray(0, count) };
}

/** The threshold of a layer; 0 where it has none. */
function thresholdOf(
  nonlinearity: Nonlinearity,
  coefficients: Float32Array,
  { keep }: Pick<Learning, "keep">,
): number {
  const share = {
    "hard": keep.hard,
    "printed-hard": keep.hard,
    "soft": keep.soft,
    "printed-soft": keep.soft,
  };
  return nonlinearity in share
    ? thresholdKeeping(
      coefficients.subarray(0, thresholdImages * pixels),
      share[nonlinearity as keyof typeof share],
    )
    : 0;
}

/** Learns a classifier of the coefficients behind a nonlinearity. */
function learnLayer(
  coefficients: Float32Array,
  labels: Uint8Array,
  layer: FixedLayer,
  tau: number,
  options: RegressionOptions,
): SoftmaxRegression {
  const dimension = featureCount(layer, pixels);
  // One array for all blocks, each of which is read before the next is asked for.
  const features = new Float32Array(Math.min(blockImages, labels.length) * dimension);
  const blocks = function* () {
    for (let at = 0; at < coefficients.length; at += blockImages * pixels) {
      const part = coefficients.subarray(at, at + blockImages * pixels);
      const own = features.subarray(0, part.length / pixels * dimension);
      yield applyNonlinearity(part, pixels, layer.nonlinearity, tau, own);
    }
  };
  return learnSoftmaxRegression({ blocks, dimension, labels }, options);
}

/** Learns and tests a classifier behind each of some nonlinearities of one wavelet's coefficients. */
async function learn(
  { parameters, reads }: TaskInput<
    Learning & {
      readonly wavelet: OrthonormalWavelet | null;
      readonly nonlinearities: readonly Nonlinearity[];
    },
    Readings
  >,
  context: RunContext,
): Promise<LayerRun[]> {
  const { wavelet, nonlinearities } = parameters;
  const { coefficients, labels } = await readCoefficients(reads.train, wavelet, parameters, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const classifiers = nonlinearities.map((nonlinearity, done) => {
      const tau = thresholdOf(nonlinearity, coefficients, parameters);
      const options = {
        ...parameters,
        progress: (share: number) => context.progress((done + share) / nonlinearities.length),
      };
      return {
        nonlinearity,
        tau,
        regression: learnLayer(coefficients, labels, { wavelet, nonlinearity }, tau, options),
      };
    });
    const test = await readImages(reads.test, context);
    const found = classifiers.map(() => new Uint8Array(test.count));
    for (let first = 0; first < test.count; first += blockImages) {
      const rows = Array.from({ length: Math.min(blockImages, test.count - first) }, (_, i) => first + i);
      const part = coefficientsOf(greyImages(test, rows), wavelet);
      classifiers.forEach(({ nonlinearity, tau, regression }, i) => {
        found[i]!.set(classify(regression, applyNonlinearity(part, pixels, nonlinearity, tau)), first);
      });
    }
    return classifiers.map(({ nonlinearity, tau, regression: { iterations, gradientLeft } }, i) => ({
      nonlinearity,
      mistakes: mistakesOf(found[i]!, test.labels),
      tau,
      iterations,
      gradientLeft,
    }));
  } finally {
    backend.dispose();
  }
}

/** The coefficients of a sample, whose images are not kept. */
async function readCoefficients(
  reading: ImageReading,
  wavelet: OrthonormalWavelet | null,
  learning: Learning,
  context: RunContext,
): Promise<{ readonly coefficients: Float32Array; readonly labels: Uint8Array }> {
  const { images, labels } = await readSample(reading, learning, context);
  return { coefficients: coefficientsOf(images, wavelet, images), labels };
}

/** What a classifier makes of transformed digits. */
export interface InvarianceRun {
  /** What digits are described by. */
  readonly representation: RepresentationName;
  /** The digits that it gets wrong as they are. */
  readonly untouched: Mistakes;
  /** Those that it gets wrong under each transformation, by its name. */
  readonly mistakes: Readonly<Record<string, Mistakes>>;
  /** ‖f(L x) - f(x)‖ / ‖f(x)‖ of each digit under each shift L, by its name. */
  readonly moves: Readonly<Record<string, readonly number[]>>;
}

/** Learns from digits as they are, and tests on transformed ones. */
async function invariance(
  { parameters, reads }: TaskInput<
    Learning & { readonly representation: RepresentationName; readonly tested: number },
    Readings
  >,
  context: RunContext,
): Promise<InvarianceRun> {
  const sample = await readSample(reads.train, parameters, context);
  const tested = firstImages(await readImages(reads.test, context), parameters.tested);
  const backend = await startBackend({ threads: context.threads });
  const representation = represent(parameters.representation, sample.images, parameters, context.threads);
  try {
    const features = await representation.describe(sample.images);
    const { dimension } = representation;
    const blocks = () => [features];
    const regression = learnSoftmaxRegression({ blocks, dimension, labels: sample.labels }, parameters);
    const before = await representation.describe(tested.images);
    const wrong = (features: Float32Array) => mistakesOf(classify(regression, features), tested.labels);
    const mistakes: Record<string, Mistakes> = {};
    const moves: Record<string, number[]> = {};
    for (const [done, transformation] of transformations.entries()) {
      const after = await representation.describe(transformImages(tested.images, transformation));
      mistakes[nameOf(transformation)] = wrong(after);
      if (transformation.kind === "shift") moves[nameOf(transformation)] = movesOf(before, after, dimension);
      context.progress((done + 1) / transformations.length);
    }
    return { representation: parameters.representation, untouched: wrong(before), mistakes, moves };
  } finally {
    representation.dispose();
    backend.dispose();
  }
}

function represent(
  name: RepresentationName,
  images: Float32Array,
  learning: Learning,
  threads: number,
): Representation {
  if (name === "scattering") return scatteringRepresentation(threads);
  const layer = fixedLayers[name];
  const sampled = coefficientsOf(images.subarray(0, thresholdImages * pixels), layer.wavelet);
  return layerRepresentation(layer, thresholdOf(layer.nonlinearity, sampled, learning));
}

/** How far each image's features moved, as a share of their norm. */
function movesOf(before: Float32Array, after: Float32Array, dimension: number): number[] {
  return Array.from({ length: before.length / dimension }, (_, image) => {
    let squares = 0;
    let moved = 0;
    for (let i = image * dimension; i < (image + 1) * dimension; i++) {
      squares += before[i]! ** 2;
      moved += (after[i]! - before[i]!) ** 2;
    }
    return Math.sqrt(moved / squares);
  });
}

/** How far apart weights are that were learnt in two coordinate systems, both seen in pixels, over the norm of the first. */
export interface WeightDistances {
  /** Of wavelet coefficients. */
  readonly wavelet: number;
  /** Of their moduli. */
  readonly abs: number;
}

/** Learns from pixels, from wavelet coefficients and from their moduli, and compares the weights. */
async function weights(
  { parameters, reads }: TaskInput<Learning, Pick<Readings, "train">>,
  context: RunContext,
): Promise<WeightDistances> {
  const { images, labels } = await readSample(reads.train, parameters, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const learnt = (layer: FixedLayer) =>
      learnLayer(coefficientsOf(images, layer.wavelet), labels, layer, 0, parameters).parameters;
    const ofPixels = learnt({ wavelet: null, nonlinearity: "identity" });
    const distance = (nonlinearity: Nonlinearity) =>
      distanceInPixels(ofPixels, learnt({ wavelet: "db2", nonlinearity }), "db2");
    return { wavelet: distance("identity"), abs: distance("abs") };
  } finally {
    backend.dispose();
  }
}

function distanceInPixels(
  inPixels: Float64Array,
  inWavelets: Float64Array,
  wavelet: OrthonormalWavelet,
): number {
  let squares = 0;
  let apart = 0;
  for (let k = 0; k < 10; k++) {
    const column = (values: Float64Array) =>
      Float64Array.from({ length: pixels }, (_, i) => values[i * 10 + k]!);
    const back = inverseWaveletTransform2(column(inWavelets), side, levels, wavelet);
    const own = column(inPixels);
    for (let i = 0; i < pixels; i++) {
      squares += own[i]! ** 2;
      apart += (back[i]! - own[i]!) ** 2;
    }
  }
  return Math.sqrt(apart / squares);
}

/** A digit through the layer: images for a figure. */
export interface LayerExample {
  /** `(32, 32)` each, by what they show. */
  readonly images: readonly { readonly label: string; readonly values: readonly number[] }[];
  /** The share of coefficients that is not 0. */
  readonly kept: number;
}

/** Takes the first test digit through the layer. */
async function example(
  { parameters, reads }: TaskInput<
    { readonly wavelet: OrthonormalWavelet; readonly keep: Learning["keep"] },
    Pick<Readings, "test">
  >,
  context: RunContext,
): Promise<LayerExample> {
  const { wavelet } = parameters;
  const { images } = firstImages(await readImages(reads.test, context), thresholdImages);
  const coefficients = coefficientsOf(images, wavelet);
  const own = coefficients.subarray(0, pixels);
  const through = (nonlinearity: Nonlinearity) =>
    applyNonlinearity(own, pixels, nonlinearity, thresholdOf(nonlinearity, coefficients, parameters));
  const back = (values: Float32Array) =>
    Array.from(inverseWaveletTransform2(Float64Array.from(values), side, levels, wavelet));
  const hard = through("hard");
  return {
    images: [
      { label: "digit", values: Array.from(images.subarray(0, pixels)) },
      { label: "coefficients", values: Array.from(own) },
      { label: "hard", values: Array.from(hard) },
      { label: "hard as printed", values: Array.from(through("printed-hard")) },
      { label: "abs", values: Array.from(through("abs")) },
      { label: "digit from hard", values: back(hard) },
      { label: "from soft", values: back(through("soft")) },
      { label: "from hard as printed", values: back(through("printed-hard")) },
    ],
    kept: hard.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) / pixels,
  };
}

/** The tasks of wavelet_layer. */
export const tasks = { learn, invariance, weights, example } satisfies Tasks;
