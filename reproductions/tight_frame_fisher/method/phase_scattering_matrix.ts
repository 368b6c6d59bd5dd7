import { Fft2 } from "../../../src/numeric/fourier/fft2.ts";
import { kymatioBank } from "../../../src/scattering/banks/kymatio_bank.ts";
import { paddedShape, padImage, unpad } from "../../../src/scattering/padding.ts";

/** The linear part of a phase scattering as a matrix. */
export interface PhaseScatteringMatrix {
  /** `(height * width, maps * rows * columns)`: a row is what one pixel of value 1 gives. */
  readonly values: Float32Array;
  /** Rows and columns of the result: half of those of the image. */
  readonly grid: readonly [rows: number, columns: number];
  /** 1 + 2 L maps: low-pass, then the real and the imaginary part of each wavelet. */
  readonly maps: number;
}

/**
 * The maps of the first scale, x * phi and Re and Im of x * psi_theta, at every second pixel, as one matrix: kymatio's filters of
 * J = 1 on its padded grid, reflected borders, sub-sampled by 2. The borders make the maps differ from plain convolutions, and
 * on maps of 4 x 4 pixels most of them are border.
 *
 * Computed in float64 by sending the image of each pixel through the definition.
 *
 * @param height Rows of the image, even.
 * @param width Columns of the image, even.
 * @param L Orientations.
 * @throws {RangeError} Where a side is odd or below 2.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const { values, grid, maps } = phaseScatteringMatrix(4, 4, 8);
 * assertEquals([grid, maps, values.length], [[2, 2], 17, 16 * 4 * 17]);
 * // A constant image keeps its value behind the low-pass, but for kymatio's pi of 3.1415 and its sampled Gaussian.
 * let low = 0;
 * for (let pixel = 0; pixel < 16; pixel++) low += values[pixel * 4 * 17]!;
 * assertAlmostEquals(low, 1, 1e-4);
 * ```
 */
export function phaseScatteringMatrix(height: number, width: number, L: number): PhaseScatteringMatrix {
  if ([height, width].some((side) => !Number.isInteger(side) || side < 2 || side % 2 !== 0)) {
    throw new RangeError(
      `Cannot take the phase scattering of ${height} x ${width} pixels: the sides must be even and at least 2`,
    );
  }
  const padded = paddedShape(height, width, 1);
  const { height: P, width: Q } = padded;
  const { phi, wavelets } = kymatioBank.build({ height: P, width: Q, J: 1, L });
  const filters = [phi, ...wavelets.map(({ psi }) => psi)];
  const fft = new Fft2(P, Q);
  const rows = height / 2;
  const columns = width / 2;
  const maps = 1 + 2 * L;
  const positions = rows * columns;
  const values = new Float32Array(height * width * positions * maps);
  const image = new Float64Array(height * width);
  for (let pixel = 0; pixel < image.length; pixel++) {
    image.fill(0);
    image[pixel] = 1;
    const spectrum = padImage(image, height, width, padded, "reflect");
    const imaginary = new Float64Array(P * Q);
    fft.forward(spectrum, imaginary);
    for (const [filter, gains] of filters.entries()) {
      const re = spectrum.map((value, i) => value * gains[i]!);
      const im = imaginary.map((value, i) => value * gains[i]!);
      fft.inverse(re, im);
      const parts = filter === 0 ? [re] : [re, im];
      for (const [part, filtered] of parts.entries()) {
        const kept = unpad(everySecond(filtered, P, Q), P / 2, Q / 2);
        const map = filter === 0 ? 0 : 2 * filter - 1 + part;
        values.set(kept, (pixel * maps + map) * positions);
      }
    }
  }
  return { values, grid: [rows, columns], maps };
}

/** The same as the mean over aliases in the Fourier domain. */
function everySecond(map: Float64Array, height: number, width: number): Float64Array {
  const half = width / 2;
  return Float64Array.from(
    { length: height / 2 * half },
    (_, i) => map[2 * Math.floor(i / half) * width + 2 * (i % half)]!,
  );
}
