/**
 * A model of one field: its sample, what is Gaussian of the field, another realisation, and how each compares with the original.
 *
 * @module
 */
import { CovarianceKernel } from "../../../src/maximum_entropy/covariance_kernel.ts";
import { autocorrelationsAlone } from "../../../src/maximum_entropy/covariance_options.ts";
import { rectifiedFilters } from "../../../src/maximum_entropy/rectified_filters.ts";
import { synthesise, type SynthesisStep } from "../../../src/maximum_entropy/synthesise.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { randomPhases } from "../../../src/physics/gaussian_field.ts";
import { isingEnergy, largestCluster } from "../../../src/physics/ising.ts";
import { Scattering2D } from "../../../src/scattering/scattering_2d.ts";
import { type ChannelCorrelations, channelCorrelations } from "./channel_correlations.ts";
import type { FieldPair } from "./read_fields.ts";
import {
  kurtosis,
  largestCorrelation,
  meanValue,
  structureErrors,
  structureFunctions,
  waveletKurtoses,
} from "./moments.ts";

/** The fields that are compared with an original, and the original itself. */
export const comparedFields = ["original", "model", "gauss", "second"] as const;

/** The name of one. */
export type ComparedField = typeof comparedFields[number];

/** What is measured of a field beside an original. */
export interface FieldMeasures {
  /** The loss over the squares of the statistics of the original. */
  readonly relativeLoss: number;
  /** The kurtosis. */
  readonly kurtosis: number;
  /** Those of wavelet coefficients of two scales. */
  readonly waveletKurtoses: readonly number[];
  /** Relative errors of structure functions of orders 3, 4 and 5. */
  readonly structureErrors: readonly number[];
  /** The relative distance of scattering coefficients of order 2. */
  readonly scatteringDistance: number;
  /** The largest correlation with a shift of the original. */
  readonly correlation: number;
  /** Of wavelet channels of two scales. */
  readonly channels: ChannelCorrelations;
  /** Of the signs: energy of a site, share of the largest cluster; and the share of values near -1 and 1. */
  readonly spins: { readonly energy: number; readonly largestCluster: number; readonly near: number };
  /** The mean. */
  readonly mean: number;
}

/** What is measured of a model. */
export interface ModelMeasures {
  /** Of each field. */
  readonly fields: Readonly<Record<ComparedField, FieldMeasures>>;
  /** Kurtoses of a sample of the model of autocorrelations alone: of the field, and of two scales of wavelets. */
  readonly gaussianModel: { readonly kurtosis: number; readonly waveletKurtoses: readonly number[] };
  /** The relative loss after each step. */
  readonly losses: readonly number[];
  /** Pictures of original, model and random phases, where they were asked for: `(side, side)` each. */
  readonly pictures: Readonly<Record<"original" | "model" | "gauss", readonly number[]>> | null;
}

/** How a model is made. */
export interface ModelOptions {
  /** Pixels of a side. */
  readonly side: number;
  /** Steps of the synthesis. */
  readonly iterations: number;
  /** Whether pictures are kept. */
  readonly isShown: boolean;
}

/** Angles of the wavelets of the scattering transform that compares. */
const scatteringAngles = 8;

/** A spin counts as near -1 or 1 within this distance. */
const nearSpin = 1 / 4;

/**
 * Makes a model of a field and measures it.
 *
 * @param pair The original, and another realisation.
 * @param options How.
 * @param streams Random numbers for the model, for random phases, and for the Gaussian model.
 * @param progress Is told which share is done.
 */
export async function measureModel(
  { original, second }: FieldPair,
  { side, iterations, isShown }: ModelOptions,
  streams: Readonly<Record<"model" | "phases" | "gaussian", RandomStream>>,
  progress: (share: number) => void,
): Promise<ModelMeasures> {
  using kernel = await CovarianceKernel.start(original, { N: side }, 1);
  const losses: number[] = [];
  const run = (stream: RandomStream, weights?: typeof autocorrelationsAlone) => {
    let last: SynthesisStep | undefined;
    for (
      const step of synthesise(original, kernel, stream, {
        iterations,
        ...(weights === undefined ? {} : { weights }),
      })
    ) {
      last = step;
      if (weights !== undefined) continue;
      losses.push(step.relativeLoss);
      progress(0.9 * step.iterations / iterations);
    }
    return last!.field();
  };
  const fields = {
    original,
    model: run(streams.model),
    gauss: randomPhases(original, side, streams.phases),
    second,
  };
  const { psi } = rectifiedFilters(kernel.options);
  const kurtoses = (field: Float64Array) => waveletKurtoses(field, side, psi, kernel.options.L);
  const structure = structureFunctions(original, side);
  using scattering = secondOrder(side);
  const imposed = await scattering.of(original);
  const measure = async (field: Float64Array): Promise<FieldMeasures> => ({
    relativeLoss: kernel.loss(field) / kernel.targetNorm,
    kurtosis: kurtosis(field),
    waveletKurtoses: kurtoses(field),
    structureErrors: structureErrors(structureFunctions(field, side), structure),
    scatteringDistance: relativeDistance(await scattering.of(field), imposed),
    correlation: largestCorrelation(field, original, side),
    channels: channelCorrelations(kernel.statistics(field), kernel),
    spins: {
      energy: isingEnergy(field.map((value) => value >= 0 ? 1 : -1), side),
      largestCluster: largestCluster(field, side),
      near: field.filter((value) => Math.abs(Math.abs(value) - 1) <= nearSpin).length / field.length,
    },
    mean: meanValue(field),
  });
  const gaussian = run(streams.gaussian, autocorrelationsAlone);
  return {
    fields: {
      original: await measure(fields.original),
      model: await measure(fields.model),
      gauss: await measure(fields.gauss),
      second: await measure(fields.second),
    },
    gaussianModel: { kurtosis: kurtosis(gaussian), waveletKurtoses: kurtoses(gaussian) },
    losses,
    pictures: isShown
      ? { original: shown(fields.original), model: shown(fields.model), gauss: shown(fields.gauss) }
      : null,
  };
}

/** Two digits behind the point of a field of variance 1: more than a pixel shows. */
function shown(field: Float64Array): number[] {
  return Array.from(field, (value) => Math.round(100 * value) / 100);
}

/** Gives the mean scattering coefficients of order 2 of fields. */
function secondOrder(side: number): { of(field: Float64Array): Promise<number[]> } & Disposable {
  const scattering = new Scattering2D({
    J: Math.log2(side) - 2,
    shape: [side, side],
    L: scatteringAngles,
    boundary: "periodic",
    threads: 1,
  });
  const [paths, rows, columns] = scattering.outputShape;
  const orders = scattering.paths().map(({ order }) => order);
  const size = rows * columns;
  return {
    of: async (field) => {
      const coefficients = await scattering.transform(field, [1]);
      return Array.from(
        { length: paths },
        (_, path) => meanValue(coefficients.subarray(path * size, (path + 1) * size)),
      ).filter((_, path) => orders[path] === 2);
    },
    [Symbol.dispose]: () => scattering[Symbol.dispose](),
  };
}

function relativeDistance(found: readonly number[], original: readonly number[]): number {
  const squares = found.reduce((sum, value, i) => sum + (value - original[i]!) ** 2, 0);
  return Math.sqrt(squares / original.reduce((sum, value) => sum + value * value, 0));
}
