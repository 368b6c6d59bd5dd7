import {
  buildAll,
  checkFilterBankShape,
  describeWavelets,
  type FilterBankShape,
  type FilterSource,
} from "./filter_bank.ts";
import { FilterTransform } from "./filter_transform.ts";
import { addWavelet } from "./littlewood_paley.ts";
import { gaussianFilter, morletFilter } from "./morlet.ts";
import type { WaveletBank } from "./wavelet_bank.ts";

/** Section 2.2 of the paper: deviations of the wavelet's and of the low-pass filter's envelope. */
const SIGMA_PSI = 0.85;
const SIGMA_PHI = 0.7;

/**
 * The isotropic Morlet filter bank of Bruna and Mallat (2013), sections 2.2 and 3.1; the paper takes L = 6.
 *
 *     psi(u) = C1 (exp(i u.xi) - C2) exp(-|u|^2 / (2 0.85^2)), |xi| = 3 pi / 4;   psi_(j,l)(u) = 2^-2j psi(2^-j r u)
 *
 * with r the rotations by pi l / L in half a turn, 0 <= j < J. C2 gives mean zero on the grid. The low-pass is
 * a Gaussian of integral 1 and deviation 0.7 2^(J - 1), the scale of the coarsest wavelets: with 0.7 2^J, as
 * section 2.2 can also be read, the Littlewood-Paley sum falls to 0.36 between the two, which contradicts the
 * eps = 0.25 that the paper states. C1 is the largest constant that keeps the sum at most 1 (equation 8), so that
 * the transform is a contraction; the sum then stays above 1 - 0.25 for |w| <= pi / 2. Above that it sinks, to
 * about 0.4 at |w| = pi, since no wavelet is finer than j = 0.
 *
 * The paper defines the transform without sub-sampling: maps are kept two octaves above the critical rate.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { phi, wavelets } = brunaMallatBank.build({ height: 32, width: 32, J: 3, L: 6 });
 * assertAlmostEquals(phi[0]!, 1, 1e-14);
 * assertAlmostEquals(wavelets[4]!.angle, (4 * Math.PI) / 6);
 * ```
 */
export const brunaMallatBank: WaveletBank = {
  name: "bruna-mallat",
  largestOrder: 2,
  oversampling: 2,
  smallestSide: 1,
  coarseFilters: "crop",
  isTightFrame: false,
  build: (shape) => buildAll(shape, oneByOne(shape)),
  oneByOne,
};

function oneByOne(shape: FilterBankShape): FilterSource {
  checkFilterBankShape(shape);
  const { height, width, J, L } = shape;
  const transform = new FilterTransform(height, width);
  const grid = { height, width, slant: 1, copies: Infinity };
  const wavelets = describeWavelets(shape, (theta) => (Math.PI * theta) / L);
  const withoutConstant = (n: number, out?: Float64Array) => {
    const { j, angle, centreFrequency } = wavelets[n]!;
    const options = { ...grid, sigma: SIGMA_PSI * 2 ** j, angle, xi: centreFrequency };
    return morletFilter(options, 4 ** -j, transform, out);
  };
  const lowPass = (out?: Float64Array) => {
    const sigma = SIGMA_PHI * 2 ** (J - 1);
    const gaussian = gaussianFilter({ ...grid, sigma, angle: 0, xi: 0 }, 1, transform, out);
    const atZero = gaussian[0]!;
    return scaleBy(gaussian, (value) => value / atZero); // sum 1 on the grid
  };
  const constant = Math.sqrt(largestSquare(shape, wavelets.length, withoutConstant, lowPass));
  return {
    wavelets,
    psi: (n, out) => scaleBy(withoutConstant(n, out), (value) => value * constant),
    phi: lowPass,
  };
}

/** The largest C1^2 with which sum = phi^2 + C1^2 bandPass <= 1 at every frequency but zero, where both sides of the bound vanish. */
function largestSquare(
  { height, width }: FilterBankShape,
  wavelets: number,
  wavelet: (n: number, out: Float64Array) => Float64Array,
  lowPass: (out: Float64Array) => Float64Array,
): number {
  const bandPass = new Float64Array(height * width);
  const filter = new Float64Array(height * width);
  for (let n = 0; n < wavelets; n++) addWavelet(bandPass, wavelet(n, filter), height, width);
  const phi = lowPass(filter);
  let largest = Infinity;
  for (let i = 1; i < phi.length; i++) largest = Math.min(largest, (1 - phi[i]! ** 2) / bandPass[i]!);
  return largest;
}

/** Replaces each value of a filter. */
function scaleBy(filter: Float64Array, scale: (value: number) => number): Float64Array {
  for (let i = 0; i < filter.length; i++) filter[i] = scale(filter[i]!);
  return filter;
}
