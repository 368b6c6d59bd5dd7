/**
 * The work of convolutional_dbn: layers of bases, learnt one above the other.
 *
 * @module
 */
import type { ConvolutionalRbm } from "../../src/nn/rbm/convolutional_rbm.ts";
import { startBackend } from "../../src/compute/tfjs/start_backend.ts";
import type { GrayImage } from "../../src/data/readers/images/image.ts";
import { bilinear, resize } from "../../src/data/readers/images/resize.ts";
import { readLinearPictures } from "../../src/data/sources/linear_pictures.ts";
import { type PhotographReading, readPhotographs } from "../../src/data/sources/photographs.ts";
import type { PictureReading } from "../../src/data/sources/pictures.ts";
import { firstLayerShape, firstLayerSigma, learnFirstLayer } from "../../src/nn/rbm/learn_first_layer.ts";
import { prepareImage } from "../../src/nn/rbm/prepare_image.ts";
import { filterAt, type Filters, mixFilters } from "../../src/numeric/gabor/filters.ts";
import { fitGabor, type GaborFitOptions } from "../../src/numeric/gabor/fit_gabor.ts";
import type { RunContext, TaskInput } from "../../src/suite/reproduction.ts";
import type { UnitActivity } from "./method/average_precision.ts";
import { type BasisImages, coherences, firstBases, higherBases } from "./method/bases.ts";
import {
  channelActivity,
  higherShapes,
  learnLayer,
  type Maps,
  pooledMaps,
  reconstructionError,
} from "./method/learn_layer.ts";
import {
  describeMachine,
  type LearningRecord,
  type LearntMachine,
  rebuildMachine,
  sharedMachine,
} from "./method/machines.ts";

/** The classes of Caltech 101 that the paper shows. */
export type ClassName = "faces" | "cars" | "airplanes" | "motorbikes";

/** Kyoto's images, in parts. */
type KyotoReadings = { readonly learnt: PictureReading; readonly heldOut: PictureReading };

/** Kyoto's images, and photographs of classes. */
type Readings = KyotoReadings & Readonly<Record<ClassName, PhotographReading>>;

/** What decides the first layer. */
type FirstLayer = { readonly first: number; readonly seed: number };

/** What decides a second layer. */
type SecondLayer = FirstLayer & {
  /** Updates of it. */
  readonly second: number;
  /** How many times channels are permuted for a control. */
  readonly permutations: number;
};

/** Bases as a figure shows them. */
export interface ShownBases {
  /** Rows and columns. */
  readonly side: number;
  /** Each `(side, side)`, to three digits of its largest value. */
  readonly images: readonly (readonly number[])[];
}

/** The first layer as it was measured. */
export interface FirstLayerRun {
  /** Its bases. */
  readonly bases: ShownBases;
  /** R² of the Gabor function of each basis. */
  readonly r2: readonly number[];
  /** That of orthogonal mixtures of the bases. */
  readonly mixed: readonly number[];
  /** What it does not reconstruct of held-out images, on the way. */
  readonly records: readonly LearningRecord[];
}

/** A higher layer as it was measured. */
export interface HigherLayerRun {
  /** Its bases, as weighted sums of those below. */
  readonly bases: ShownBases;
  /** What it does not reconstruct of held-out images, over their variance. */
  readonly reconstruction: number;
  /** The mean orientation coherence of bases, and with permuted channels. */
  readonly coherence: { readonly learnt: number; readonly permuted: number };
  /** What it does not reconstruct, on the way. */
  readonly records: readonly LearningRecord[];
}

/** Layers of photographs, and what their units do on held-out photographs of every class. */
export interface PhotographRun {
  /** What the second layer saw. */
  readonly seen: ClassName | "mixture";
  /** The second layer. */
  readonly second: HigherLayerRun;
  /** The third layer, where there is one. */
  readonly third: HigherLayerRun | null;
  /** Units of each layer on held-out photographs; `random` is a second layer of random bases. */
  readonly activity: Readonly<Record<"first" | "second" | "random" | "third", UnitActivity | null>>;
}

/** Learns the first layer of Kyoto's images. */
async function firstLayer(
  { parameters, reads }: TaskInput<FirstLayer & { readonly fits: GaborFitOptions }, KyotoReadings>,
  context: RunContext,
): Promise<FirstLayerRun> {
  return await onBackend(context, async () => {
    const machine = await learntFirst(parameters, reads, context);
    const { side, images } = firstBases(machine);
    const filters: Filters = {
      count: images.length,
      side,
      values: Float64Array.from(images.flatMap((image) => [...image])),
    };
    const mixed = mixFilters(filters, context.rng("convolutional_dbn/mix", parameters.seed));
    const r2 = (bank: Filters) =>
      images.map((_, i) => fitGabor(filterAt(bank, i), bank.side, parameters.fits).r2);
    return {
      bases: shown({ side, stride: 1, images }),
      r2: r2(filters),
      mixed: r2(mixed),
      records: machine.records,
    };
  });
}

/** Learns a second layer of Kyoto's images. */
async function secondLayerOfKyoto(
  { parameters, reads }: TaskInput<SecondLayer, KyotoReadings>,
  context: RunContext,
): Promise<HigherLayerRun> {
  return await onBackend(context, async () => {
    const first = await learntFirst(parameters, reads, context);
    const maps = await withMachine(first, async (rbm) => ({
      learnt: mapsOf(rbm, await kyotoImages(reads.learnt, context)),
      heldOut: mapsOf(rbm, await kyotoImages(reads.heldOut, context)),
    }));
    const machine = await learntSecond("kyoto", maps, parameters, [reads.learnt, reads.heldOut], context);
    return measured(machine, maps.heldOut, firstBases(first), parameters, context);
  });
}

/** Learns a second layer of photographs of one class or of all, and of all a third one. */
async function layersOfPhotographs(
  { parameters, reads }: TaskInput<
    SecondLayer & { readonly third: number; readonly seen: ClassName | "mixture" },
    Readings
  >,
  context: RunContext,
): Promise<PhotographRun> {
  return await onBackend(context, async () => {
    const { seen, seed } = parameters;
    const first = await learntFirst(parameters, reads, context);
    const below = await withMachine(first, async (rbm) => {
      const all: { name: ClassName; learnt: Maps[]; heldOut: Maps[] }[] = [];
      for (const name of classNames) {
        const maps = mapsOf(rbm, await photographsOf(reads[name], context));
        all.push({
          name,
          learnt: maps.filter((_, i) => !isHeldOut(i)),
          heldOut: maps.filter((_, i) => isHeldOut(i)),
        });
      }
      return all;
    });
    const own = below.filter(({ name }) => seen === "mixture" || name === seen);
    const maps = {
      learnt: own.flatMap(({ learnt }) => learnt),
      heldOut: own.flatMap(({ heldOut }) => heldOut),
    };
    const readings = [reads.learnt, reads.heldOut, ...classNames.map((name) => reads[name])];
    const second = await learntSecond(seen, maps, parameters, readings, context);
    const bases = firstBases(first);
    const classes = below.flatMap(({ name, heldOut }) => heldOut.map(() => name));
    const tested = below.flatMap(({ heldOut }) => heldOut);
    const activityOf = (all: readonly Maps[]): UnitActivity => ({
      classes,
      activity: all.map(channelActivity),
    });
    const above = (machine: LearntMachine, all: readonly Maps[]) =>
      withMachine(machine, (rbm) => Promise.resolve(all.map((one) => pooledMaps(rbm, one, 1))));
    const secondTested = await above(second, tested);
    const random = randomBases(second, context.rng(`convolutional_dbn/random ${seen}`, seed));
    const activity = {
      first: activityOf(tested),
      second: activityOf(secondTested),
      random: activityOf(await above(random, tested)),
    };
    const run = {
      seen,
      second: await measured(second, maps.heldOut, bases, parameters, context),
    };
    if (seen !== "mixture") return { ...run, third: null, activity: { ...activity, third: null } };
    const thirdMaps = { learnt: await above(second, maps.learnt), heldOut: secondTested };
    const third = await learntThird(thirdMaps, parameters, readings, context);
    const secondBases = higherBases(second, bases, firstLayerShape.pool);
    return {
      ...run,
      third: await measured(third, thirdMaps.heldOut, secondBases, parameters, context),
      activity: { ...activity, third: activityOf(await above(third, secondTested)) },
    };
  });
}

const classNames: readonly ClassName[] = ["faces", "cars", "airplanes", "motorbikes"];

/** Every third photograph is held out. */
function isHeldOut(i: number): boolean {
  return i % 3 === 0;
}

/** How many pixels photographs have as the first layer sees them, rim included: 100 x 150. */
const photographPixels = 15_000;

/** Rows and columns of maps of Kyoto's images that the second layer sees at a time. */
const kyotoCut = 41;

async function onBackend<T>(context: RunContext, work: () => Promise<T>): Promise<T> {
  const backend = await startBackend({ threads: context.threads });
  try {
    return await work();
  } finally {
    backend.dispose();
  }
}

async function withMachine<T>(
  machine: LearntMachine,
  work: (rbm: ConvolutionalRbm) => Promise<T>,
): Promise<T> {
  const rbm = rebuildMachine("learnt", machine);
  try {
    return await work(rbm);
  } finally {
    rbm.dispose();
  }
}

async function kyotoImages(reading: PictureReading, context: RunContext): Promise<GrayImage[]> {
  return (await Array.fromAsync(readLinearPictures(reading, context))).map(prepareImage);
}

/** Photographs at one number of pixels, whitened. */
async function photographsOf(reading: PhotographReading, context: RunContext): Promise<GrayImage[]> {
  return (await Array.fromAsync(readPhotographs(reading, context))).map((image) => {
    const scale = Math.sqrt(photographPixels / (image.height * image.width));
    return prepareImage(
      resize(image, Math.round(scale * image.height), Math.round(scale * image.width), bilinear),
    );
  });
}

/** An image as maps of one channel. */
function imageMaps({ height, width, data }: GrayImage): Maps {
  return { height, width, channels: 1, values: Float32Array.from(data) };
}

/** What the pooling units of the first layer say of images. */
function mapsOf(rbm: ConvolutionalRbm, images: readonly GrayImage[]): Maps[] {
  return images.map((image) => pooledMaps(rbm, imageMaps(image), firstLayerSigma));
}

/** The first layer, which all jobs of a seed share. */
function learntFirst(
  { first: updates, seed }: FirstLayer,
  { learnt, heldOut }: KyotoReadings,
  context: RunContext,
): Promise<LearntMachine> {
  return sharedMachine({ layer: 1, updates, seed }, [learnt, heldOut], context, async (checkpoint) => {
    const held = (await kyotoImages(heldOut, context)).map(imageMaps);
    const { rbm, records } = await learnFirstLayer(await kyotoImages(learnt, context), {
      updates,
      seed,
      rng: context.rng,
      checkpoint,
      updatesPerEpoch: Math.max(1, Math.floor(updates / 10)),
      record: (rbm) => ({ heldOut: reconstructionError(rbm, held, firstLayerSigma) }),
      progress: (share) => context.progress(share / 2),
    });
    const machine = describeMachine(rbm, [0], records);
    rbm.dispose();
    return machine;
  });
}

type LearntFrom = { readonly learnt: readonly Maps[]; readonly heldOut: readonly Maps[] };

function learntSecond(
  seen: ClassName | "mixture" | "kyoto",
  { learnt, heldOut }: LearntFrom,
  { first, second: updates, seed }: SecondLayer,
  readings: Parameters<typeof sharedMachine>[1],
  context: RunContext,
): Promise<LearntMachine> {
  return sharedMachine(
    { layer: 2, seen, first, updates, seed },
    readings,
    context,
    (checkpoint) =>
      learnLayer(learnt, heldOut, {
        shape: { ...higherShapes.second, channels: firstLayerShape.filters },
        largest: seen === "kyoto" ? kyotoCut : null,
        updates,
        seed,
        label: `second-layer of ${seen}`,
        rng: context.rng,
        checkpoint,
        progress: (share) => context.progress(0.5 + share / 4),
      }),
  );
}

function learntThird(
  { learnt, heldOut }: LearntFrom,
  { first, second, third: updates, seed }: SecondLayer & { readonly third: number },
  readings: Parameters<typeof sharedMachine>[1],
  context: RunContext,
): Promise<LearntMachine> {
  return sharedMachine(
    { layer: 3, first, second, updates, seed },
    readings,
    context,
    (checkpoint) =>
      learnLayer(learnt, heldOut, {
        shape: { ...higherShapes.third, channels: higherShapes.second.filters },
        largest: null,
        updates,
        seed,
        label: "third-layer",
        rng: context.rng,
        checkpoint,
        progress: (share) => context.progress(0.75 + share / 4),
      }),
  );
}

/** The same machine with normal bases of the same mean square. */
function randomBases(
  machine: LearntMachine,
  stream: ReturnType<RunContext["rng"]>,
): LearntMachine {
  const squares = machine.filter.reduce((sum, value) => sum + value * value, 0) / machine.filter.length;
  return { ...machine, filter: machine.filter.map(() => Math.sqrt(squares) * stream.normal()) };
}

async function measured(
  machine: LearntMachine,
  heldOut: readonly Maps[],
  below: BasisImages,
  { permutations, seed }: SecondLayer,
  context: RunContext,
): Promise<HigherLayerRun> {
  const pool = firstLayerShape.pool;
  const stream = context.rng("convolutional_dbn/permutations", seed);
  return {
    bases: shown(higherBases(machine, below, pool)),
    reconstruction: await withMachine(
      machine,
      (rbm) => Promise.resolve(reconstructionError(rbm, heldOut, 1)),
    ),
    coherence: coherences(machine, below, pool, permutations, stream),
    records: machine.records,
  };
}

function shown({ side, images }: BasisImages): ShownBases {
  return {
    side,
    images: images.map((image) => {
      const most = image.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
      return Array.from(image, (value) => Number((value / most).toPrecision(3)));
    }),
  };
}

/** What jobs can do, by the name of the task. */
export const tasks = { firstLayer, secondLayerOfKyoto, layersOfPhotographs };
