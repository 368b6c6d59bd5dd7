import {
  buildAll,
  checkFilterBankShape,
  describeWavelets,
  type FilterBankShape,
  type FilterSource,
} from "./filter_bank.ts";
import { FilterTransform } from "./filter_transform.ts";
import { gaussianFilter, morletFilter } from "./morlet.ts";
import type { WaveletBank } from "./wavelet_bank.ts";

/** kymatio's value of pi in the norm of its Gabor functions; results agree with it to rounding only so. */
const KYMATIO_PI = 3.1415;

/**
 * The elliptic Morlet filter bank of kymatio (`scattering2d/filter_bank.py` at 11552ed), in float64 throughout:
 * wavelets of deviation 0.8 2^j, frequency 2^-j 3 pi / 4 and slant 4 / L at the angles
 * (trunc(L / 2 - 1) - theta) pi / L, and a Gaussian of deviation 0.8 2^(J - 1); each divided by
 * 2 3.1415 sigma^2 / slant and summed over 5 x 5 periods. The Littlewood-Paley sum is not normalised. Filters hold the
 * real part of the Fourier transform; kymatio's grid is that of the image with its padding (`paddedShape`).
 *
 * Maps are kept at the critical rate, which is part of kymatio's definition.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const { phi, wavelets } = kymatioBank.build({ height: 32, width: 48, J: 2, L: 8 });
 * assertEquals(wavelets[3]!.angle, 0);
 * assertAlmostEquals(phi[0]!, Math.PI / 3.1415, 1e-12);
 * ```
 */
export const kymatioBank: WaveletBank = {
  name: "kymatio",
  largestOrder: 2,
  oversampling: 0,
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
  const gabor = (sigma: number, angle: number, xi: number, slant: number) => ({
    options: { height, width, sigma, angle, xi, slant, copies: 2 },
    factor: slant / (2 * KYMATIO_PI * sigma ** 2),
  });
  const wavelets = describeWavelets(shape, (theta) => (Math.trunc(L / 2 - 1) - theta) * (Math.PI / L));
  return {
    wavelets,
    psi: (n, out) => {
      const { j, angle, centreFrequency } = wavelets[n]!;
      const { options, factor } = gabor(0.8 * 2 ** j, angle, centreFrequency, 4 / L);
      return morletFilter(options, factor, transform, out);
    },
    phi: (out) => {
      const { options, factor } = gabor(0.8 * 2 ** (J - 1), 0, 0, 1);
      return gaussianFilter(options, factor, transform, out);
    },
  };
}
