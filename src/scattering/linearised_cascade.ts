import { cascadeFilters } from "./engine/cascade_filters.ts";
import { imageGeometry } from "./engine/image_geometry.ts";
import { OUTSIDE } from "./engine/kernel_constants.ts";
import { filtered, type Spectrum, subsampled, toMap, toRealPart, toSpectrum } from "./reference/spectrum.ts";
import { checkScatteringOptions, type Scattering2DOptions } from "./scattering_options.ts";

/** A map and its derivative, or their spectra. */
interface Dual<T> {
  readonly value: T;
  readonly derivative: T;
}

/**
 * The coefficients of an image and their derivative S'(x) v in a direction, in float64 and by the rules of differentiation: the oracle of
 * `Scattering2D.gradient`, whose transpose that is. The maps are sub-sampled where the engine sub-samples them.
 *
 *     d(x * psi) = dx * psi,   d|z| = Re(conj z dz) / |z|, and 0 where z is 0
 *
 * @param options What the `Scattering2D` computes.
 * @param image Of its shape.
 * @param direction Likewise.
 * @returns Coefficients and derivatives, in the order of `Scattering2D.transform`.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const image = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
 * // Coefficients are homogeneous of degree 1: in the direction of the image they are their own derivative.
 * const { value, derivative } = linearisedCascade({ J: 1, shape: [8, 8] }, image, image);
 * value.forEach((coefficient, i) => assertAlmostEquals(derivative[i]!, coefficient, 1e-14));
 * ```
 */
export function linearisedCascade(
  options: Scattering2DOptions,
  image: Float64Array,
  direction: Float64Array,
): Dual<Float64Array> {
  const { J, L, shape: [height, width], bank, sampling, boundary, maxOrder } = checkScatteringOptions(
    options,
  );
  const { grid, samples, sourceRows, sourceColumns } = imageGeometry(height, width, J, sampling, boundary);
  const filters = cascadeFilters(bank, { ...grid, J, L }, Math.log2(sampling));
  const resolutionAfter = (j: number) => j < 0 ? 0 : filters.resolutionAfter(j);
  const padded = (map: Float64Array) =>
    Float64Array.from(
      sourceRows.flatMap((row) =>
        sourceColumns.map((column) => row === OUTSIDE || column === OUTSIDE ? 0 : map[row * width + column]!)
      ),
    );
  const transformed = (map: Float64Array, resolution: number) =>
    toSpectrum(map, grid.height / 2 ** resolution, grid.width / 2 ** resolution);
  const sampled = (spectrum: Spectrum, resolution: number) => {
    const map = toRealPart(filtered(spectrum, filters.phi(resolution)));
    const at = (n: number) => (samples.first + n * samples.stride) / 2 ** resolution;
    return Array.from(
      { length: samples.rows * samples.columns },
      (_, i) => map[at(Math.floor(i / samples.columns)) * spectrum.width + at(i % samples.columns)]!,
    );
  };

  const value: number[][] = [];
  const derivative: number[][] = [];
  let layer = [{ lastScale: -1, spectra: both([image, direction], (map) => transformed(padded(map), 0)) }];
  for (let order = 0; order <= maxOrder; order++) {
    for (const { lastScale, spectra } of layer) {
      value.push(sampled(spectra.value, resolutionAfter(lastScale)));
      derivative.push(sampled(spectra.derivative, resolutionAfter(lastScale)));
    }
    layer = order === maxOrder
      ? []
      : layer.flatMap(({ lastScale, spectra }) =>
        filters.wavelets.filter(({ j }) => j > lastScale).map(({ j, theta }) => {
          const [from, to] = [resolutionAfter(lastScale), resolutionAfter(j)];
          const psi = filters.psi(j, theta, from);
          const z = both(
            [spectra.value, spectra.derivative],
            (spectrum) => toMap(subsampled(filtered(spectrum, psi), 2 ** (to - from))),
          );
          const modulus = differentiateModulus(z);
          return {
            lastScale: j,
            spectra: both([modulus.value, modulus.derivative], (map) => transformed(map, to)),
          };
        })
      );
  }
  return both([value, derivative], (maps) => Float64Array.from(maps.flat()));
}

function both<In, Out>([value, derivative]: readonly [In, In], act: (of: In) => Out): Dual<Out> {
  return { value: act(value), derivative: act(derivative) };
}

function differentiateModulus(
  { value: [re, im], derivative: [dRe, dIm] }: Dual<readonly [Float64Array, Float64Array]>,
): Dual<Float64Array> {
  const value = re.map((a, i) => Math.hypot(a, im[i]!));
  const derivative = value.map((length, i) =>
    length === 0 ? 0 : (re[i]! * dRe[i]! + im[i]! * dIm[i]!) / length
  );
  return { value, derivative };
}
