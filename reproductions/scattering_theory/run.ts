/**
 * The work of scattering_theory: what one job measures on one picture, one field or one operator.
 *
 * @module
 */
import { kymatioBank } from "../../src/scattering/banks/kymatio_bank.ts";
import { littlewoodPaleySum } from "../../src/scattering/banks/littlewood_paley.ts";
import { splineBank } from "../../src/scattering/banks/spline_bank.ts";
import type { FilterBank } from "../../src/scattering/banks/filter_bank.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import {
  commutatorNorm,
  type TorusWarp,
  warpMatrices,
  waveletFilters,
  windowFilters,
} from "./method/commutator.ts";
import { largestOfPairs, type PairSearch, seekPair, type SoughtPair } from "./method/contraction.ts";
import {
  type DisplacedDistances,
  gaborDistances,
  prepareForWarps,
  seekWarp as seekWorstWarp,
  type SoughtWarp,
  type WarpDistances,
  warpDistances,
} from "./method/deformation.ts";
import {
  type EnergiesLeft,
  energiesLeft,
  errorOfCriticalRate,
  missingFromIncreasing,
  normErrors,
} from "./method/energies.ts";
import { type Envelopes, measureEnvelopes } from "./method/envelopes.ts";
import { dirac, extremes, fields, gaussianLike, pinkNoise, planeWave } from "./method/fields.ts";
import { distance, norm, withoutMean } from "./method/grid.ts";
import { frameReconstruction } from "./method/frame_reconstruction.ts";
import { periodicComponent } from "../../src/numeric/fourier/periodic_component.ts";
import { type PictureReading, readPictures, toSquare } from "./method/pictures.ts";
import { lateChange } from "./method/power_iteration.ts";
import { type Propagated, propagateForFigure, type SignalLayers, signalLayers } from "./method/pictured.ts";
import { type FieldKind, type Separation, tellFromFields } from "./method/second_layer.ts";
import { analyse, innerProducts, splineLowPass, synthesise, truncated } from "./method/spline_filters.ts";
import {
  steepest,
  translationBound,
  type TranslationDistances,
  translationDistances,
} from "./method/translation.ts";
import { type WarpName, warpNames } from "./method/warps.ts";

/** What most jobs read. */
type Readings = { readonly pictures: PictureReading };

/** What jobs without data read. */
type NoReadings = Record<never, never>;

/** A bank on a grid. */
export type BankParameters = {
  readonly bank: "spline" | "kymatio";
  readonly side: number;
  readonly J: number;
  readonly L: number;
};

function buildBank({ bank, side, J, L }: BankParameters): FilterBank {
  return (bank === "spline" ? splineBank : kymatioBank).build({ height: side, width: side, J, L });
}

/** The pictures of a reading as squares of mean zero, at most `count`. */
async function squares(
  { pictures }: Readings,
  context: RunContext,
  side: number,
  count: number = Infinity,
): Promise<Float64Array[]> {
  const read = await readPictures(pictures, context);
  return read.slice(0, count).map((picture) => toSquare(picture, side));
}

// Contraction

/** How pairs are sought. */
export type SearchParameters = BankParameters & {
  readonly search: PairSearch;
  /** How many of the pictures or fields are started from. */
  readonly starts: number;
  /** What they are. */
  readonly kind: string;
};

/** Pairs that were sought, and what pairs of the pictures themselves give. */
export interface SearchResult {
  /** What was started from, and the bank. */
  readonly kind: string;
  readonly bank: BankParameters["bank"];
  readonly pairs: readonly SoughtPair[];
  /** The largest ratio of two of the pictures; 0 where there is one alone. */
  readonly largestOfPairs: number;
  /** The maximum of the Littlewood-Paley sum of the bank. */
  readonly littlewoodPaley: number;
}

function seekFrom(
  images: readonly Float64Array[],
  parameters: SearchParameters,
  context: RunContext,
): SearchResult {
  const bank = buildBank(parameters);
  const { search, starts, kind } = parameters;
  const pairs: SoughtPair[] = [];
  // A constant passes any low-pass as it is: one search is enough to show it.
  const searches = [
    { image: images[0]!, anyMean: true },
    ...images.slice(0, starts).map((image) => ({ image, anyMean: false })),
  ];
  for (const [index, { image, anyMean }] of searches.entries()) {
    pairs.push(seekPair(image, bank, search, anyMean, context.rng("scattering_theory/direction", index)));
    context.progress((index + 1) / searches.length);
  }
  return {
    kind,
    bank: parameters.bank,
    pairs,
    largestOfPairs: largestOfPairs(images, bank, search.maxOrder),
    littlewoodPaley: Math.max(...littlewoodPaleySum(bank)),
  };
}

async function seekPairs(
  { parameters, reads }: TaskInput<SearchParameters, Readings>,
  context: RunContext,
): Promise<SearchResult> {
  return seekFrom(await squares(reads, context, parameters.side), parameters, context);
}

function seekPairsOfFields(
  { parameters }: TaskInput<SearchParameters, NoReadings>,
  context: RunContext,
): SearchResult {
  return seekFrom(fields(buildBank(parameters), context.rng), parameters, context);
}

// Norm

/** The frame, and the largest m of the identity. */
export type NormParameters = {
  readonly frame: { readonly side: number; readonly J: number; readonly L: number };
  readonly maxOrder: number;
};

/** What is measured of one picture. */
export interface NormResult {
  /** Relative errors of the identity, by m. */
  readonly errors: readonly number[];
  /** The same with kymatio's bank, for m = 0. */
  readonly morlet: number;
  /** The share that increasing paths leave out. */
  readonly missing: number;
  /** What the critical rate does to the energy of order 1. */
  readonly subsampled: number;
}

/** The bank of the control: kymatio's with its own number of directions. */
const morletDirections = 8;

async function conserveNorm(
  { parameters: { frame, maxOrder }, reads }: TaskInput<NormParameters, Readings>,
  context: RunContext,
): Promise<NormResult[]> {
  const bank = buildBank({ bank: "spline", ...frame });
  const morlet = buildBank({ bank: "kymatio", ...frame, L: morletDirections });
  return (await squares(reads, context, frame.side)).map((image) => ({
    errors: normErrors(image, bank, maxOrder),
    morlet: normErrors(image, morlet, 0)[0]!,
    missing: missingFromIncreasing(image, bank, maxOrder),
    subsampled: errorOfCriticalRate(image, bank),
  }));
}

/** Errors of the identity where rounding and the edges of the spectrum would show. */
export interface ExtremeNorms {
  /** By map, then by m. */
  readonly errors: readonly (readonly number[])[];
  /** On grids of odd and unequal sides, for m = 1. */
  readonly oddSides: readonly number[];
}

/** Rows, columns and scales of grids that no power of two is. */
const oddGrids = [{ height: 15, width: 22, J: 2 }, { height: 31, width: 40, J: 3 }, {
  height: 33,
  width: 33,
  J: 4,
}];

function conserveNormOfExtremes(
  { parameters: { frame, maxOrder } }: TaskInput<NormParameters, NoReadings>,
  context: RunContext,
): ExtremeNorms {
  const bank = buildBank({ bank: "spline", ...frame });
  const maps = extremes(frame.side, context.rng);
  return {
    errors: maps.map((map, done) => {
      const errors = normErrors(map, bank, maxOrder);
      context.progress((done + 1) / maps.length);
      return errors;
    }),
    oddSides: oddGrids.map(({ height, width, J }) => {
      const stream = context.rng("scattering_theory/odd sides", 0);
      const image = Float64Array.from({ length: height * width }, () => stream.normal());
      const odd = splineBank.build({ height, width, J, L: frame.L });
      return Math.max(...normErrors(image, odd, 1));
    }),
  };
}

// Decay, translation, envelopes: all on one grid

/** The grid and the scales of the average. */
export type ScaleParameters = {
  readonly side: number;
  readonly L: number;
  readonly scales: readonly number[];
};

async function leaveEnergy(
  { parameters: { side, L, scales }, reads }: TaskInput<ScaleParameters, Readings>,
  context: RunContext,
): Promise<EnergiesLeft[][]> {
  return (await squares(reads, context, side)).map((image) => energiesLeft(image, scales, L));
}

function leaveEnergyOfDirac(
  { parameters: { side, L, scales } }: TaskInput<ScaleParameters, NoReadings>,
): EnergiesLeft[] {
  return energiesLeft(withoutMean(dirac(side)), scales, L);
}

/** Shifts beside the scales. */
export type TranslationParameters = ScaleParameters & { readonly shifts: readonly number[] };

async function translate(
  { parameters: { side, L, scales, shifts }, reads }: TaskInput<TranslationParameters, Readings>,
  context: RunContext,
): Promise<TranslationDistances[]> {
  return (await squares(reads, context, side)).map((image) => translationDistances(image, scales, shifts, L));
}

/** Distances of plane waves, as shares of the bound: by scale the largest over shifts, waves along the rows being sought there. */
function translateWaves(
  { parameters: { side, L, scales, shifts } }: TaskInput<TranslationParameters, NoReadings>,
): number[] {
  return scales.map((J) => {
    // The frequency of the grid nearest to where |t b(t)| is largest.
    const k = Math.max(1, Math.round((steepest().t * side) / (2 * Math.PI * 2 ** J)));
    const { averaged } = translationDistances(planeWave(side, k, 0), [J], shifts, L);
    return Math.max(...shifts.map((shift, n) => averaged[0]![n]! / translationBound(J, shift)));
  });
}

/** Wavelets of how many scales. */
export type EnvelopeParameters = ScaleParameters & { readonly waveletScales: number };

async function measureEnvelope(
  { parameters: { side, L, scales, waveletScales }, reads }: TaskInput<EnvelopeParameters, Readings>,
  context: RunContext,
): Promise<Envelopes[]> {
  return (await squares(reads, context, side)).map((image) =>
    measureEnvelopes(image, scales, waveletScales, L)
  );
}

// Deformation

/** The frame and the sizes of the warps. */
export type WarpParameters = {
  readonly frame: { readonly side: number; readonly J: number; readonly L: number };
  readonly sizes: readonly number[];
  readonly count: number;
};

async function deform(
  { parameters: { frame, sizes, count }, reads }: TaskInput<WarpParameters, Readings>,
  context: RunContext,
): Promise<Record<WarpName, DisplacedDistances>[]> {
  const bank = buildBank({ bank: "spline", ...frame });
  const images = (await squares(reads, context, frame.side, count)).map(prepareForWarps);
  return images.map((image, seed) => {
    const stream = () => context.rng("scattering_theory/smooth warp", seed);
    const entries = warpNames.map((name) => [name, warpDistances(image, bank, name, sizes, stream)]);
    return Object.fromEntries(entries) as Record<WarpName, DisplacedDistances>;
  });
}

/** How many of the eigenvectors are tried as warps. */
const candidates = 3;

async function seekWarp(
  { parameters: { frame, sizes }, reads }: TaskInput<WarpParameters, Readings>,
  context: RunContext,
): Promise<SoughtWarp[]> {
  const bank = buildBank({ bank: "spline", ...frame });
  const images = (await squares(reads, context, frame.side, 1)).map(prepareForWarps);
  return images.map((image) => seekWorstWarp(image, bank, sizes, candidates));
}

/** Gabor functions: the deviation of their envelope in pixels, and their frequency. */
export type GaborParameters = Omit<WarpParameters, "count"> & {
  readonly sigma: number;
  readonly frequency: number;
};

/** The distances of the Gabor function of one frequency. */
export interface GaborResult extends WarpDistances {
  readonly frequency: number;
}

function deformGabor(
  { parameters: { frame, sizes, sigma, frequency } }: TaskInput<GaborParameters, NoReadings>,
): GaborResult {
  const bank = buildBank({ bank: "spline", ...frame });
  return { frequency, ...gaborDistances(frame.side, sigma, frequency, sizes, bank) };
}

// Commutator

/** W, D and the band. */
export type CommutatorParameters = {
  readonly frame: { readonly side: number; readonly J: number; readonly L: number };
  readonly filters: "wavelets" | "windows";
  readonly warp: TorusWarp;
  readonly size: number;
  readonly band: number;
  readonly iterations: number;
};

/** The norm that was found, and how. */
export interface CommutatorResult {
  readonly filters: CommutatorParameters["filters"];
  readonly warp: TorusWarp;
  readonly size: number;
  readonly band: number;
  readonly norm: number;
  readonly lateChange: number;
  readonly trace: readonly number[];
}

function commute(
  { parameters }: TaskInput<CommutatorParameters, NoReadings>,
  context: RunContext,
): CommutatorResult {
  const { frame: { side, J, L }, filters, warp, size, band, iterations } = parameters;
  // Windows as wide in space as the low-pass of the frame: two frequencies of the scale 2^J.
  const w = filters === "wavelets" ? waveletFilters(side, J, L) : windowFilters(side, side / 2 ** J);
  const matrices = warpMatrices(warp, side, size, context.rng("scattering_theory/torus warp", 0));
  const stream = context.rng("scattering_theory/commutator", 0);
  const { value, trace } = commutatorNorm({ side, filters: w, warp: matrices, band }, iterations, stream);
  return { filters, warp, size, band, norm: value, lateChange: lateChange(trace), trace };
}

// Second layer

/** The side of a texture, the fields it is told from and their number, the directions. */
export type TextureParameters = {
  readonly side: number;
  readonly kind: FieldKind;
  readonly fields: number;
  readonly L: number;
  readonly name: string;
};

/** How a texture of a name is told from fields of a kind. */
export interface TextureResult extends Separation {
  readonly name: string;
  readonly kind: FieldKind;
}

async function tellTexture(
  { parameters: { side, kind, fields, L, name }, reads }: TaskInput<TextureParameters, Readings>,
  context: RunContext,
): Promise<TextureResult> {
  const [texture] = await squares(reads, context, side);
  const stream = context.rng("scattering_theory/fields", 0);
  const found = await tellFromFields(withoutMean(periodicComponent(texture!)), kind, fields, L, stream);
  return { name, kind, ...found };
}

async function tellGaussian(
  { parameters: { side, kind, fields, L, seed } }: TaskInput<
    Omit<TextureParameters, "name"> & { readonly seed: number },
    NoReadings
  >,
  context: RunContext,
): Promise<Separation> {
  const pink = withoutMean(pinkNoise(side, context.rng("scattering_theory/gaussian texture", seed)));
  const stream = context.rng("scattering_theory/fields", seed + 1);
  return await tellFromFields(gaussianLike(pink, stream), kind, fields, L, stream);
}

// Filter bank

/** The length of the signals, and the grid of the frame. */
export type FilterBankParameters = {
  readonly length: number;
  readonly frame: { readonly side: number; readonly J: number; readonly L: number };
};

/** Relative errors. */
export interface FilterBankResult {
  readonly reconstruction: number;
  readonly energy: number;
  readonly direct: number;
  readonly truncated: number;
  readonly frame: number;
  readonly morlet: number;
}

/** Taps on either side that are kept of the truncated filter. */
const keptTaps = 3;

async function tryFilterBanks(
  { parameters: { length, frame }, reads }: TaskInput<FilterBankParameters, Readings>,
  context: RunContext,
): Promise<FilterBankResult> {
  const octaves = Math.log2(length);
  const stream = context.rng("scattering_theory/signals", 0);
  const signals = [
    Float64Array.from({ length }, () => stream.normal()),
    Float64Array.from({ length }, (_, i) => i === 5 ? 1 : 0),
    Float64Array.from({ length }, (_, i) => i % 2 === 0 ? 1 : -1),
    Float64Array.from({ length }, (_, i) => i < length / 3 ? 1e6 : Math.sin((i * i) / length)),
  ];
  const parts = signals.map((signal) => analyse(signal, octaves));
  const relative = (found: readonly Float64Array[]) =>
    Math.max(...found.map((other, s) => distance(other, signals[s]!) / norm(signals[s]!)));
  const short = truncated(splineLowPass, keptTaps);
  const joined = ({ details, approximation }: ReturnType<typeof analyse>) =>
    Float64Array.from([...details, approximation].flatMap((part) => [...part]));
  const bank = buildBank({ bank: "spline", ...frame });
  const morlet = buildBank({ bank: "kymatio", ...frame, L: morletDirections });
  const pictures = await squares(reads, context, frame.side);
  return {
    reconstruction: relative(parts.map((coefficients) => synthesise(coefficients))),
    energy: Math.max(
      ...parts.map((coefficients, s) => Math.abs((norm(joined(coefficients)) / norm(signals[s]!)) ** 2 - 1)),
    ),
    direct: Math.max(
      ...parts.map((coefficients, s) =>
        distance(joined(coefficients), joined(innerProducts(signals[s]!, octaves))) / norm(signals[s]!)
      ),
    ),
    truncated: relative([synthesise(analyse(signals[0]!, octaves, short), short)]),
    frame: Math.max(
      ...[...extremes(frame.side, context.rng), ...pictures].map((image) => frameReconstruction(image, bank)),
    ),
    morlet: Math.min(...pictures.map((image) => frameReconstruction(image, morlet))),
  };
}

// Figures

/** The grid of the maps that a figure shows. */
export type FigureParameters = { readonly side: number; readonly J: number; readonly L: number };

async function propagate(
  { parameters: { side, J, L }, reads }: TaskInput<FigureParameters, Readings>,
  context: RunContext,
): Promise<Propagated> {
  const [image] = await squares(reads, context, side);
  return propagateForFigure(image!, buildBank({ bank: "spline", side, J, L }));
}

async function layerSignal(
  { parameters: { side, J }, reads }: TaskInput<FigureParameters, Readings>,
  context: RunContext,
): Promise<SignalLayers> {
  const [image] = await squares(reads, context, side);
  return signalLayers(image!.slice((side / 2) * side, (side / 2 + 1) * side), J);
}

/** The tasks of scattering_theory. */
export const tasks = {
  seekPairs,
  seekPairsOfFields,
  conserveNorm,
  conserveNormOfExtremes,
  leaveEnergy,
  leaveEnergyOfDirac,
  translate,
  translateWaves,
  measureEnvelope,
  deform,
  seekWarp,
  deformGabor,
  commute,
  tellTexture,
  tellGaussian,
  tryFilterBanks,
  propagate,
  layerSignal,
} satisfies Tasks;
