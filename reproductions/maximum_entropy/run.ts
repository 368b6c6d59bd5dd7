/**
 * The work of maximum_entropy: models of one field, statistics of processes, regressions.
 *
 * @module
 */
import { CovarianceKernel } from "../../src/maximum_entropy/covariance_kernel.ts";
import { countStatistics } from "../../src/maximum_entropy/covariance_pairs.ts";
import { rectifiedFilters } from "../../src/maximum_entropy/rectified_filters.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { type RelativeDeviations, relativeDeviations } from "./method/concentration.ts";
import { rotationAverages, spectrumBands } from "./method/features.ts";
import { type ProcessName, simulate, type SimulatedField } from "./method/fields.ts";
import { measureModel, type ModelMeasures } from "./method/measure_model.ts";
import { type FamilyName, sampleFamily } from "./method/parameter_families.ts";
import { type FieldPair, type FieldReading, readField } from "./method/read_fields.ts";
import { ridgeScores } from "./method/ridge.ts";

/** No data. */
type Nothing = Record<never, never>;

/** What every model is made with. */
type ModelParameters = {
  readonly side: number;
  readonly seed: number;
  readonly iterations: number;
  /** Whether pictures are kept for a figure. */
  readonly isShown: boolean;
};

/** A model, and of what it is. */
export interface Model extends ModelMeasures {
  /** The name of the field. */
  readonly field: string;
  /** Pixels of a side. */
  readonly side: number;
}

async function model(
  field: string,
  pair: FieldPair,
  { side, seed, iterations, isShown }: ModelParameters,
  context: RunContext,
): Promise<Model> {
  const stream = (what: string) => context.rng(`maximum_entropy/${what}/${field}`, seed);
  const streams = { model: stream("model"), phases: stream("phases"), gaussian: stream("gaussian") };
  const measures = await measureModel(
    pair,
    { side, iterations, isShown },
    streams,
    (share) => context.progress(share),
  );
  return { field, side, ...measures };
}

/** A model of a simulated field; the other realisation is another simulation. */
function modelSimulated(
  { parameters }: TaskInput<ModelParameters & { readonly field: SimulatedField }, Nothing>,
  context: RunContext,
): Promise<Model> {
  const { field, side, seed } = parameters;
  const pair = {
    original: simulate(field, side, context.rng(`maximum_entropy/original/${field}`, seed)),
    second: simulate(field, side, context.rng(`maximum_entropy/second/${field}`, seed)),
  };
  return model(field, pair, parameters, context);
}

/** A model of a field that is read. */
async function modelRead(
  { parameters, reads }: TaskInput<ModelParameters, { readonly field: FieldReading }>,
  context: RunContext,
): Promise<Model> {
  return model(reads.field.field, await readField(reads.field, parameters, context), parameters, context);
}

/** The largest scales of the wavelets whose statistics are watched, the same at every side. */
const watchedScales = 3;

/** A part of the statistics. */
export type RelativePart = keyof RelativeDeviations;

/** Deviations of the statistics of samples of one process and side. */
export interface WatchedProcess extends RelativeDeviations {
  /** Pixels of a side. */
  readonly side: number;
  /** Which process. */
  readonly process: ProcessName;
}

/** The relative deviations of statistics over samples of a process. */
async function watchProcess(
  { parameters: { process, side, samples } }: TaskInput<
    { readonly process: ProcessName; readonly side: number; readonly samples: number },
    Nothing
  >,
  context: RunContext,
): Promise<WatchedProcess> {
  const sample = (seed: number) =>
    simulate(process, side, context.rng(`maximum_entropy/process/${process}/${side}`, seed));
  using kernel = await CovarianceKernel.start(sample(0), { N: side, J: watchedScales }, 1);
  const statistics = [kernel.target];
  for (let seed = 1; seed < samples; seed++) {
    statistics.push(kernel.statistics(sample(seed)));
    context.progress(seed / samples);
  }
  return { process, side, ...relativeDeviations(statistics, kernel) };
}

/** R^2 of every parameter of a family, from the two kinds of features, for each split. */
export interface FamilyScores {
  /** One list a split, one number a parameter. */
  readonly statistics: readonly (readonly number[])[];
  /** The same from the power spectrum. */
  readonly spectrum: readonly (readonly number[])[];
}

/** Regresses the parameters of a family. */
async function regress(
  { parameters: { family, side, training, testing, splits } }: TaskInput<
    {
      readonly family: FamilyName;
      readonly side: number;
      readonly training: number;
      readonly testing: number;
      readonly splits: number;
    },
    Nothing
  >,
  context: RunContext,
): Promise<FamilyScores> {
  const count = training + testing;
  const sample = (seed: number) =>
    sampleFamily(family, side, context.rng(`maximum_entropy/family/${family}`, seed));
  // Channels are divided by the deviations of a field that is neither learned from nor tested on.
  using kernel = await CovarianceKernel.start(sample(count).field, { N: side }, 1);
  const averages = rotationAverages(kernel);
  const items = Array.from({ length: count }, (_, seed) => {
    const { field, parameters } = sample(seed);
    context.progress(seed / count);
    return {
      parameters,
      statistics: averages(kernel.statistics(field)),
      spectrum: spectrumBands(field, side),
    };
  });
  const scores = (feature: "statistics" | "spectrum") =>
    Array.from({ length: splits }, (_, split) => {
      const order = [...context.rng("maximum_entropy/split", split).permutation(count)];
      const rows = order.map((item) => items[item]![feature]);
      return ridgeScores(rows, order.map((item) => items[item]!.parameters), training);
    });
  return { statistics: scores("statistics"), spectrum: scores("spectrum") };
}

/** How many statistics there are for some numbers of scales. */
function count(
  { parameters }: TaskInput<readonly { readonly J: number; readonly dj: number }[], Nothing>,
): number[] {
  return parameters.map(({ J, dj }) => countStatistics({ J, L: angles, dj }).total);
}

/** Angles of the wavelets. */
const angles = 4;

/** Transfer functions for a figure: of every wavelet of two angles, and the low-pass, zero frequency in the middle. */
function illustrateFilters(
  { parameters: { side } }: TaskInput<{ readonly side: number }, Nothing>,
): {
  readonly side: number;
  readonly filters: readonly { readonly label: string; readonly values: readonly number[] }[];
} {
  const J = Math.log2(side) - 2;
  const { psi, phi } = rectifiedFilters({ N: side, J, L: angles });
  const centred = (filter: Float64Array) =>
    Array.from(filter, (_, i) => {
      const row = (Math.floor(i / side) + side / 2) % side;
      const column = (i % side + side / 2) % side;
      return Math.round(1e3 * filter[row * side + column]!) / 1e3;
    });
  return {
    side,
    filters: [
      ...psi.map((filter, lambda) => ({
        label: `j = ${Math.floor(lambda / angles)}, ${180 * (lambda % angles) / angles}°`,
        values: centred(filter),
      })),
      { label: "low-pass", values: centred(phi) },
    ],
  };
}

/** The tasks of maximum_entropy. */
export const tasks = {
  modelSimulated,
  modelRead,
  watchProcess,
  regress,
  count,
  illustrateFilters,
} satisfies Tasks;
