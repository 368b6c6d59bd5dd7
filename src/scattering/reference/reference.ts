import type { FilterBank } from "../banks/filter_bank.ts";
import { filtered, toModulus, toRealPart, toSpectrum } from "./spectrum.ts";

/**
 * The scattering transform as it is defined (Bruna and Mallat 2013, section 2.2), in float64:
 *
 *     S_J[p] x = U[p] x * phi_J,   U[lambda_1, ..., lambda_m] x = |...||x * psi_lambda_1| * psi_lambda_2|...|
 *
 * over the paths of `scatteringPaths`, with circular convolutions on the grid of the bank. Nothing is
 * sub-sampled before the end. It is slow, and the oracle that everything faster is tested against.
 *
 * @param image Of the shape (height, width) of the bank.
 * @param bank Any filter bank.
 * @param maxOrder The largest order m.
 * @param step The step at which the output is sampled along both axes; 2^J where it is not given.
 * @returns One map for each path, of shape (ceil(height / step), ceil(width / step)).
 * @throws {RangeError} Where the image has another shape than the bank.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { splineBank } from "../banks/spline_bank.ts";
 *
 * const bank = splineBank.build({ height: 8, width: 8, J: 2, L: 2 });
 * const coefficients = referenceScattering(new Float64Array(64).fill(5), bank, 2);
 * assertEquals(coefficients.length, 1 + 4 + 4);
 * assertAlmostEquals(coefficients[0]![3]!, 5, 1e-14); // the mean is in order 0, and nothing in the others
 * assertAlmostEquals(coefficients[1]![3]!, 0, 1e-14);
 * ```
 */
export function referenceScattering(
  image: Float64Array,
  bank: FilterBank,
  maxOrder: number,
  step: number = 2 ** bank.J,
): Float64Array[] {
  const { height, width, wavelets, phi } = bank;
  if (image.length !== height * width) {
    throw new RangeError(
      `Cannot transform the image as it must have the ${height} x ${width} pixels of the filter bank: ` +
        `current number is ${image.length}`,
    );
  }
  const coefficients: Float64Array[] = [];
  let layer = [{ lastScale: -1, propagated: image }];
  for (let order = 0; order <= maxOrder; order++) {
    const spectra = layer.map(({ lastScale, propagated }) => ({
      lastScale,
      spectrum: toSpectrum(propagated, height, width),
    }));
    for (const { spectrum } of spectra) {
      coefficients.push(sampled(toRealPart(filtered(spectrum, phi)), width, step));
    }
    layer = order === maxOrder ? [] : spectra.flatMap(({ lastScale, spectrum }) =>
      wavelets
        .filter(({ j }) => j > lastScale)
        .map(({ j, psi }) => ({ lastScale: j, propagated: toModulus(filtered(spectrum, psi)) }))
    );
  }
  return coefficients;
}

/** Every `step`-th sample along both axes. */
function sampled(map: Float64Array, width: number, step: number): Float64Array {
  return map.filter((_, i) => Math.floor(i / width) % step === 0 && (i % width) % step === 0);
}
