import { cropFilter } from "../banks/crop_filter.ts";
import type { FilterBank } from "../banks/filter_bank.ts";
import { paddedShape, padImage, unpad } from "../padding.ts";
import { filtered, subsampled, toModulus, toRealPart, toSpectrum } from "./spectrum.ts";

/**
 * kymatio's scattering transform (`scattering2d/core/scattering2d.py` at 11552ed), in float64: like
 * `referenceScattering`, but the image is padded by reflection, and each map is sub-sampled as soon as its last
 * wavelet allows it, so that later filters act on coarse grids (`cropFilter`).
 *
 *     U1 = |x * psi_j1| at 2^j1,   U2 = |U1 * psi_j2| at 2^j2,   S = U * phi at 2^J, less one sample on each side
 *
 * @param image Of shape (height, width).
 * @param height Rows.
 * @param width Columns.
 * @param bank A bank on the padded grid, as `paddedShape` gives it.
 * @param maxOrder The largest order.
 * @returns One map for each path of `scatteringPaths`, of shape (padded height / 2^J - 2, padded width / 2^J - 2).
 * @throws {RangeError} Where image, sides and bank do not fit together.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { kymatioBank } from "../banks/kymatio_bank.ts";
 *
 * const bank = kymatioBank.build({ height: 16, width: 16, J: 2, L: 4 });
 * const image = Float64Array.from({ length: 64 }, (_, i) => i % 5);
 * const coefficients = kymatioReference(image, 8, 8, bank, 2);
 * assertEquals([coefficients.length, coefficients[0]!.length], [1 + 8 + 16, 2 * 2]);
 * ```
 */
export function kymatioReference(
  image: Float64Array,
  height: number,
  width: number,
  bank: FilterBank,
  maxOrder: number,
): Float64Array[] {
  const { J, wavelets } = bank;
  const shape = paddedShape(height, width, J);
  if (image.length !== height * width || shape.height !== bank.height || shape.width !== bank.width) {
    throw new RangeError(
      `Cannot transform an image of ${height} x ${width} pixels: the filter bank must have ` +
        `${shape.height} x ${shape.width}, and the image ${height * width}: ` +
        `current values are ${bank.height} x ${bank.width} and ${image.length}`,
    );
  }
  const atResolution = (filter: Float64Array, resolution: number) =>
    cropFilter(filter, bank.height, bank.width, resolution);

  const coefficients: Float64Array[] = [];
  let layer = [{
    lastScale: -1,
    spectrum: toSpectrum(padImage(image, height, width, shape, "reflect"), shape.height, shape.width),
  }];
  for (let order = 0; order <= maxOrder; order++) {
    for (const { lastScale, spectrum } of layer) {
      const resolution = Math.max(0, lastScale);
      const averaged = filtered(spectrum, atResolution(bank.phi, resolution));
      const coarse = subsampled(averaged, 2 ** (J - resolution));
      coefficients.push(unpad(toRealPart(coarse), coarse.height, coarse.width));
    }
    layer = order === maxOrder
      ? []
      : layer.flatMap(({ lastScale, spectrum }) =>
        wavelets.filter(({ j }) => j > lastScale).map(({ j, psi }) => {
          const resolution = Math.max(0, lastScale);
          const coarse = subsampled(filtered(spectrum, atResolution(psi, resolution)), 2 ** (j - resolution));
          return { lastScale: j, spectrum: toSpectrum(toModulus(coarse), coarse.height, coarse.width) };
        })
      );
  }
  return coefficients;
}
