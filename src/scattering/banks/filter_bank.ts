/**
 * What every filter bank gives: real filters in the Fourier domain, on the full grid of the image.
 *
 * A filter of shape (height, width) holds, row-major and with frequency zero first as in a discrete Fourier
 * transform, its value at the frequency (2 pi k / height, 2 pi l / width). The first component belongs to the
 * rows (axis 0), the second to the columns (axis 1); directions are measured from the first to the second.
 *
 * @module
 */

/** The grid, scales and orientations of a filter bank. */
export interface FilterBankShape {
  /** The number of rows. */
  readonly height: number;
  /** The number of columns. */
  readonly width: number;
  /** The number of scales: wavelets at j = 0 (finest) to J - 1, low-pass at 2^J. */
  readonly J: number;
  /** The number of orientations of each scale, which cover half a turn. */
  readonly L: number;
}

/** Where a wavelet lies in the Fourier domain. */
export interface WaveletDescription {
  /** Its scale 2^j, 0 <= j < J. */
  readonly j: number;
  /** The index of its orientation, 0 <= theta < L. */
  readonly theta: number;
  /** The direction of its centre frequency, in radians. */
  readonly angle: number;
  /** The length of its centre frequency, 2^-j 3 pi / 4, in radians per sample. */
  readonly centreFrequency: number;
}

/** A band-pass filter with its description. */
export interface Wavelet extends WaveletDescription {
  /** Its values in the Fourier domain, of shape (height, width). */
  readonly psi: Float64Array;
}

/** Wavelets and low-pass filter on one grid. */
export interface FilterBank extends FilterBankShape {
  /** The L J wavelets, scale outer, orientation inner. */
  readonly wavelets: readonly Wavelet[];
  /** The low-pass filter in the Fourier domain, of shape (height, width). */
  readonly phi: Float64Array;
}

/** The filters of a bank on one grid, built one by one, so that they need not all be in memory at a time. */
export interface FilterSource {
  /** The L J wavelets, scale outer, orientation inner. */
  readonly wavelets: readonly WaveletDescription[];
  /**
   * The n-th wavelet in the Fourier domain, of shape (height, width).
   *
   * @param n Its place in the list.
   * @param out Receives it; new where it is not given.
   */
  psi(n: number, out?: Float64Array): Float64Array;
  /**
   * The low-pass filter in the Fourier domain, of shape (height, width).
   *
   * @param out Receives it; new where it is not given.
   */
  phi(out?: Float64Array): Float64Array;
}

/**
 * Builds all filters of a source.
 *
 * @param shape Grid, scales and orientations.
 * @param source The filters.
 * @returns The bank.
 */
export function buildAll(shape: FilterBankShape, source: FilterSource): FilterBank {
  const wavelets = source.wavelets.map((wavelet, n) => ({ ...wavelet, psi: source.psi(n) }));
  return { ...shape, wavelets, phi: source.phi() };
}

/**
 * Describes the wavelets of a bank in their order.
 *
 * @param shape Grid, scales and orientations.
 * @param angleAt The direction of orientation theta, in radians.
 * @returns L J wavelets, scale outer, orientation inner.
 */
export function describeWavelets(
  { J, L }: Pick<FilterBankShape, "J" | "L">,
  angleAt: (theta: number) => number,
): WaveletDescription[] {
  return Array.from({ length: J * L }, (_, n) => {
    const j = Math.floor(n / L);
    const theta = n % L;
    return { j, theta, angle: angleAt(theta), centreFrequency: (0.75 * Math.PI) / 2 ** j };
  });
}

/**
 * Builds the wavelets of a bank in their order.
 *
 * @param shape Grid, scales and orientations.
 * @param angleAt The direction of orientation theta, in radians.
 * @param buildPsi The filter of one wavelet.
 * @returns L J wavelets, scale outer, orientation inner.
 */
export function buildWavelets(
  shape: FilterBankShape,
  angleAt: (theta: number) => number,
  buildPsi: (wavelet: WaveletDescription) => Float64Array,
): Wavelet[] {
  return describeWavelets(shape, angleAt).map((wavelet) => ({ ...wavelet, psi: buildPsi(wavelet) }));
}

/**
 * Refuses a shape that no filter bank has.
 *
 * @param shape Grid, scales and orientations.
 * @throws {RangeError} Where a number is not a positive integer, or 2^J exceeds the smaller side.
 *
 * @example Usage
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkFilterBankShape({ height: 64, width: 80, J: 9, L: 8 }),
 *   RangeError,
 *   "Cannot build the filter bank for J = 9: 2^J must be <= the smaller side (64)",
 * );
 * ```
 */
export function checkFilterBankShape(shape: FilterBankShape): void {
  for (const name of ["height", "width", "J", "L"] as const) {
    if (!Number.isSafeInteger(shape[name]) || shape[name] < 1) {
      throw new RangeError(
        `Cannot build the filter bank as ${name} must be a positive integer: current value is ${shape[name]}`,
      );
    }
  }
  const side = Math.min(shape.height, shape.width);
  if (2 ** shape.J > side) {
    throw new RangeError(
      `Cannot build the filter bank for J = ${shape.J}: 2^J must be <= the smaller side (${side})`,
    );
  }
}

/**
 * The frequencies of a discrete Fourier transform.
 *
 * @param length The number of samples.
 * @returns 2 pi k / length for k = 0, 1, ... and then the negative ones, in (-pi, pi].
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...frequencies(4)], [0, Math.PI / 2, Math.PI, -Math.PI / 2]);
 * ```
 */
export function frequencies(length: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, k) => (2 * Math.PI * (2 * k <= length ? k : k - length)) / length,
  );
}
