/**
 * The work of nterm_approximation: errors of n terms and counts by scale of one image.
 *
 * @module
 */
import { centreSquare, type PictureReading, readPictures } from "../../src/data/sources/pictures.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { paintAtoms } from "./method/atoms.ts";
import { type CartoonName, cartoons, paintCartoon, samplePlacement } from "./method/cartoons.ts";
import { checkFrame } from "./method/check_frame.ts";
import { CurveletFrame, firstRing, lastRing } from "./method/curvelet_frame.ts";
import { type CurveletMeasures, measureCurvelets } from "./method/measure_curvelets.ts";
import { termCounts, type TermError } from "./method/rates.ts";
import { squaredFourierCoefficients } from "./method/real_fourier.ts";
import { countForShare, tailEnergies } from "./method/sorted_energy.ts";
import { squaredWaveletCoefficients } from "./method/wavelet_scales.ts";

/** The orthonormal bases. */
export const bases = ["fourier", "haar", "db2", "db4"] as const;

/** The name of a basis. */
export type BasisName = typeof bases[number];

/** The systems whose coefficients are counted scale by scale. */
export type CountedSystem = "curvelets" | "haar" | "db2";

/** The share of the energy of a scale that is counted. */
const countedShare = 0.9;

/** Which cartoon, and where. */
type CartoonParameters = { readonly cartoon: CartoonName; readonly placement: number; readonly side: number };

/** No data. */
type Nothing = Record<never, never>;

/** Which cartoon was measured. */
interface Measured {
  /** Its name. */
  readonly cartoon: CartoonName;
  /** Pixels of a side. */
  readonly side: number;
}

/** The relative squared errors of an image in every basis. */
export type BasisErrors = Readonly<Record<BasisName, readonly TermError[]>>;

function paint(
  { cartoon, placement, side }: CartoonParameters,
  context: Pick<RunContext, "rng">,
): Float64Array {
  return paintCartoon(
    cartoon,
    side,
    samplePlacement(context.rng(`nterm_approximation/${cartoon}`, placement)),
  );
}

/** Those of a cartoon. */
export type CartoonErrors = BasisErrors & Measured;

/** The errors of one cartoon in the bases. */
function measureBases(
  { parameters }: TaskInput<CartoonParameters, Nothing>,
  context: RunContext,
): CartoonErrors {
  const { cartoon, side } = parameters;
  return { cartoon, side, ...basisErrors(paint(parameters, context), side, termCounts(side)) };
}

function basisErrors(image: Float64Array, side: number, counts: readonly number[]): BasisErrors {
  return Object.fromEntries(bases.map((basis) => [basis, errorsIn(basis, image, side, counts)])) as Record<
    BasisName,
    TermError[]
  >;
}

function errorsIn(
  basis: BasisName,
  image: Float64Array,
  side: number,
  counts: readonly number[],
): TermError[] {
  const squares = basis === "fourier"
    ? squaredFourierCoefficients(image, side)
    : squaredWaveletCoefficients(image, side, basis).squares;
  const norm = image.reduce((sum, value) => sum + value * value, 0);
  return tailEnergies(squares, counts).map((tail, i) => ({ n: counts[i]!, error: tail / norm }));
}

/** The frame that this worker used last: it takes as long to build as an image to transform. */
let lastFrame: CurveletFrame | undefined;

function frameOf(side: number): CurveletFrame {
  if (lastFrame?.side !== side) lastFrame = new CurveletFrame(side);
  return lastFrame;
}

/** How many coefficients of each scale hold most of its energy. */
export interface ScaleCount {
  /** The scale is 2^-j of the side. */
  readonly j: number;
  /** Real coefficients. */
  readonly count: number;
}

/** What curvelets make of a cartoon, and wavelets beside them. */
export interface CurveletComparison extends Omit<CurveletMeasures, "counts">, Measured {
  /** The errors of Daubechies' wavelets with two moments at the same n. */
  readonly db2: readonly TermError[];
  /** The counts of all scales but the last one. */
  readonly counts: Readonly<Record<CountedSystem, readonly ScaleCount[]>>;
}

/** The errors and counts of one cartoon in curvelets. */
function measureInCurvelets(
  { parameters }: TaskInput<CartoonParameters, Nothing>,
  context: RunContext,
): CurveletComparison {
  const { cartoon, side } = parameters;
  const image = paint(parameters, context);
  // The octaves of the window in which slopes are compared between sides.
  const terms = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1].map((share) => share * side);
  const { counts, ...measures } = measureCurvelets(frameOf(side), image, terms, countedShare);
  const rings = Array.from({ length: lastRing(side) - firstRing }, (_, i) => firstRing + i);
  const waveletCounts = (wavelet: "haar" | "db2") => {
    const coefficients = squaredWaveletCoefficients(image, side, wavelet);
    return rings.map((j) => ({ j, count: countForShare(coefficients.ofScale(j), countedShare) }));
  };
  return {
    cartoon,
    side,
    ...measures,
    db2: errorsIn("db2", image, side, terms),
    counts: {
      curvelets: rings.map((j, i) => ({ j, count: counts[i]! })),
      haar: waveletCounts("haar"),
      db2: waveletCounts("db2"),
    },
  };
}

/** The errors of photographs in the bases: of those that are large enough. */
async function measurePhotographs(
  { parameters: { side }, reads }: TaskInput<
    { readonly side: number },
    { readonly photographs: PictureReading }
  >,
  context: RunContext,
): Promise<readonly BasisErrors[]> {
  const errors: BasisErrors[] = [];
  for await (const photograph of readPictures(reads.photographs, context)) {
    if (Math.min(photograph.height, photograph.width) < side) continue;
    errors.push(basisErrors(centreSquare(photograph, side), side, termCounts(side)));
  }
  return errors;
}

/** How far the curvelets are from a tight frame, on images that would show it. */
function measureTightness(
  { parameters: { side } }: TaskInput<{ readonly side: number }, Nothing>,
  context: RunContext,
) {
  const image = paint({ cartoon: "trefoil", placement: 0, side }, context);
  return checkFrame(frameOf(side), image, context.rng("nterm_approximation/noise", 0));
}

/** Pixels of a side of a cartoon as a figure shows it. */
const shownSide = 96;

/** What the figures show: the cartoons in their first placement, and atoms of every system. */
function illustrate(_: TaskInput<Nothing, Nothing>, context: RunContext) {
  return {
    side: shownSide,
    cartoons: cartoons.map((cartoon) => ({
      cartoon,
      values: Array.from(paint({ cartoon, placement: 0, side: shownSide }, context), rounded),
    })),
    atoms: paintAtoms(shownSide).map(({ values, ...atom }) => ({
      ...atom,
      values: Array.from(values, rounded),
    })),
  };
}

/** Four digits: more than a pixel shows, and a file of a readable size. */
function rounded(value: number): number {
  return Math.round(1e4 * value) / 1e4;
}

/** The tasks of nterm_approximation. */
export const tasks = {
  measureBases,
  measureInCurvelets,
  measurePhotographs,
  measureTightness,
  illustrate,
} satisfies Tasks;
