/**
 * The work of first_layer_filters: banks of filters, and Gabor functions fitted to them.
 *
 * @module
 */
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import { type ImageReading, readImages } from "../../src/data/sources/labelled_image_sources.ts";
import { readLinearPictures } from "../../src/data/sources/linear_pictures.ts";
import type { PictureReading } from "../../src/data/sources/pictures.ts";
import type { Reading } from "../../src/data/sources/source.ts";
import { learnFirstLayer } from "../../src/nn/rbm/learn_first_layer.ts";
import { prepareImage } from "../../src/nn/rbm/prepare_image.ts";
import { leadingColour, livingFilters } from "../../src/numeric/gabor/filters.ts";
import { fitGabor, type GaborFitOptions } from "../../src/numeric/gabor/fit_gabor.ts";
import { paintGabor } from "../../src/numeric/gabor/gabor.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import type { BankName, NetworkName } from "./method/banks.ts";
import { type BankFits, fitBank } from "./method/fit_bank.ts";
import { type ColourFilters, readFilters } from "./method/read_filters.ts";
import { cifar10Side, type Cifar10Training, trainCifar10 } from "./method/train_cifar10.ts";

/** How Gabor functions are fitted to a bank and its controls. */
type Fitting = { readonly fits: GaborFitOptions; readonly draws: number };

/** A bank as it was measured. */
export interface BankRun extends BankFits {
  /** Its name. */
  readonly bank: BankName;
  /** Rows and columns of a filter. */
  readonly side: number;
  /** Filters of the layer, those that are as good as 0 included. */
  readonly all: number;
  /** The median share of a filter's energy in its leading colour; 1 of grey filters. */
  readonly colourShare: number;
  /** The filters that were fitted, `(filters, side, side)`, of norm 1, to three digits. */
  readonly filters: readonly number[];
  /** All filters in colour, `(all, side, side, 3)`, to three digits of the largest value of each; `null` of grey ones. */
  readonly colours: readonly number[] | null;
}

/** The share of the largest norm that a filter must have: others are as good as 0. */
const leastNorm = 0.05;

/** Fits a bank of filters in colour or in grey. */
function measure(
  bank: BankName,
  { values, shape }: ColourFilters,
  { fits, draws }: Fitting,
  context: RunContext,
  from = 0,
): BankRun {
  const { filters: all, shares } = leadingColour(values, shape);
  const filters = livingFilters(all, leastNorm);
  const found = fitBank(
    filters,
    draws,
    fits,
    (control, draw) => context.rng(`first_layer_filters/${bank}/${control}`, draw),
    (share) => context.progress(from + (1 - from) * share),
  );
  const [count, channels, side] = shape;
  return {
    bank,
    side,
    all: count,
    colourShare: shares.sort((a, b) => a - b)[Math.floor(count / 2)]!,
    filters: Array.from(filters.values, shortened),
    colours: channels === 3 ? coloursOf(values, count, side) : null,
    ...found,
  };
}

/** A number to three digits: more than a pixel shows. */
function shortened(value: number): number {
  return Number(value.toPrecision(3));
}

function coloursOf(values: Float32Array, count: number, side: number): number[] {
  const size = side * side;
  return Array.from({ length: count }, (_, filter) => {
    const own = values.subarray(filter * 3 * size, (filter + 1) * 3 * size);
    const most = own.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    return Array.from(own, (_, at) => shortened(own[(at % 3) * size + Math.floor(at / 3)]! / most));
  }).flat();
}

/** Fits the first filters of a network that others trained. */
async function fitNetwork(
  { parameters, reads }: TaskInput<Fitting & { readonly network: NetworkName }, { readonly files: Reading }>,
  context: RunContext,
): Promise<BankRun> {
  const { network } = parameters;
  return measure(network, await readFilters(network, reads.files, context), parameters, context);
}

/** First filters that are too small to be fitted. */
async function showFilters(
  { reads }: TaskInput<Record<never, never>, { readonly files: Reading }>,
  context: RunContext,
): Promise<{ readonly side: number; readonly colours: readonly number[] }> {
  const { values, shape: [count, , side] } = await readFilters("vgg16", reads.files, context);
  return { side, colours: coloursOf(values, count, side) };
}

/** How much of a job is its training. */
const trainingShare = 0.8;

/** Trains a network on CIFAR-10 and fits its first filters. */
async function fitCifar10(
  { parameters, reads }: TaskInput<
    Fitting & { readonly training: Cifar10Training },
    { readonly train: ImageReading }
  >,
  context: RunContext,
): Promise<BankRun & { readonly losses: readonly number[] }> {
  const { training } = parameters;
  const images = await readImages(reads.train, context);
  const backend = await startBackend({ threads: context.threads });
  try {
    const { values, losses } = await trainCifar10(
      images,
      training,
      { path: context.checkpoint, every: 200, settings: JSON.stringify(training) },
      (share) => context.progress(trainingShare * share),
    );
    const shape = [training.filters, 3, cifar10Side, cifar10Side] as const;
    return { ...measure("cifar10", { values, shape }, parameters, context, trainingShare), losses };
  } finally {
    backend.dispose();
  }
}

/** Learns bases of Kyoto's natural images and fits them. */
async function fitCdbn(
  { parameters, reads }: TaskInput<
    Fitting & { readonly updates: number; readonly seed: number },
    { readonly pictures: PictureReading }
  >,
  context: RunContext,
): Promise<BankRun> {
  const { updates, seed } = parameters;
  const images = (await Array.fromAsync(readLinearPictures(reads.pictures, context))).map(prepareImage);
  const backend = await startBackend({ threads: context.threads });
  try {
    const { rbm } = await learnFirstLayer(images, {
      updates,
      seed,
      rng: context.rng,
      checkpoint: { path: context.checkpoint, every: 200, settings: JSON.stringify({ updates, seed }) },
      progress: (share) => context.progress(trainingShare * share),
    });
    const { filters: count, side } = rbm.shape;
    const kernel = rbm.filter.variable.dataSync();
    const size = side * side;
    const values = Float32Array.from(kernel, (_, at) => kernel[(at % size) * count + Math.floor(at / size)]!);
    rbm.dispose();
    return measure("cdbn", { values, shape: [count, 1, side, side] }, parameters, context, trainingShare);
  } finally {
    backend.dispose();
  }
}

/** What was found of synthetic Gabor functions. */
export interface Recovery {
  /** The noise, as a share of the standard deviation of the function. */
  readonly noise: number;
  /** R² of each fit. */
  readonly r2: readonly number[];
  /** How far each direction is off, in degrees. */
  readonly angle: readonly number[];
  /** How far each frequency is off, as a share of it. */
  readonly frequency: readonly number[];
  /** Some of them, with what was found: `(side, side)` each. */
  readonly examples: readonly { readonly seen: readonly number[]; readonly found: readonly number[] }[];
}

/** What synthetic functions are sampled from, half of them on 7 x 7 and half on 11 x 11 pixels. */
const synthetic = {
  sides: [7, 11],
  alpha: [1, 4],
  beta: [0.5, 3],
  omega: [2, 5.5],
  shift: 0.25,
  examples: 6,
};

/** Seeks synthetic Gabor functions under noise. */
function recover(
  { parameters: { noise, count, seed, fits } }: TaskInput<
    { readonly noise: number; readonly count: number; readonly seed: number; readonly fits: GaborFitOptions },
    Record<never, never>
  >,
  context: RunContext,
): Recovery {
  const stream = context.rng(`first_layer_filters/synthetic/${noise}`, seed);
  const between = ([low, high]: readonly number[]) => low! + (high! - low!) * stream.uniform();
  const results = Array.from({ length: count }, (_, i) => {
    const side = synthetic.sides[i % 2]!;
    const gabor = {
      amplitude: 1,
      alpha: between(synthetic.alpha),
      beta: between(synthetic.beta),
      omega: between(synthetic.omega),
      phi: between([-Math.PI, Math.PI]),
      theta: between([0, Math.PI]),
      x0: between([-synthetic.shift, synthetic.shift]),
      y0: between([-synthetic.shift, synthetic.shift]),
    };
    const clean = paintGabor(gabor, side);
    const mean = clean.reduce((sum, value) => sum + value, 0) / clean.length;
    const deviation = Math.sqrt(clean.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clean.length);
    const seen = clean.map((value) => value + noise * deviation * stream.normal());
    const found = fitGabor(seen, side, fits);
    context.progress((i + 1) / count);
    return {
      r2: found.r2,
      angle: 180 / Math.PI * angleBetween(found.gabor.theta, gabor.theta),
      frequency: Math.abs(found.gabor.omega / gabor.omega - 1),
      example: {
        seen: Array.from(seen, shortened),
        found: Array.from(paintGabor(found.gabor, side), shortened),
      },
    };
  });
  return {
    noise,
    r2: results.map(({ r2 }) => r2),
    angle: results.map(({ angle }) => angle),
    frequency: results.map(({ frequency }) => frequency),
    examples: results.slice(0, synthetic.examples).map(({ example }) => example),
  };
}

/** The angle between two directions, in [0, pi / 2]. */
function angleBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % Math.PI;
  return Math.min(turn, Math.PI - turn);
}

/** What jobs can do, by the name of the task. */
export const tasks = { fitNetwork, showFilters, fitCifar10, fitCdbn, recover };
