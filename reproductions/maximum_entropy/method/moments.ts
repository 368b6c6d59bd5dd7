/**
 * Moments of a field and of its differences and wavelet coefficients: what the statistics of the model do not hold.
 *
 * @module
 */
import { Fft2 } from "../../../src/numeric/fourier/fft2.ts";
import { mean } from "../../../src/numeric/statistics/mean.ts";

/** The mean of the values of a field. */
export function meanValue(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The kurtosis: 3 of a Gaussian. */
export function kurtosis(values: Float64Array): number {
  const centre = meanValue(values);
  let squares = 0;
  let quartics = 0;
  for (const value of values) {
    const square = (value - centre) ** 2;
    squares += square;
    quartics += square * square;
  }
  return quartics * values.length / (squares * squares);
}

/** The scales of which kurtoses are taken. */
export const kurtosisScales = [0, 1] as const;

/**
 * The kurtosis of the real part of wavelet coefficients of each of those scales, the mean over angles.
 *
 * @param field `(N, N)`.
 * @param N Pixels of a side.
 * @param psi Transfer functions of the wavelets.
 * @param L Angles.
 */
export function waveletKurtoses(
  field: Float64Array,
  N: number,
  psi: readonly Float64Array[],
  L: number,
): number[] {
  const fft = new Fft2(N, N);
  const re = field.slice();
  const im = new Float64Array(field.length);
  fft.forward(re, im);
  return kurtosisScales.map((j) =>
    mean(
      psi.slice(L * j, L * (j + 1)).map((filter) => {
        const x = re.map((value, i) => value * filter[i]!);
        fft.inverse(x, im.map((value, i) => value * filter[i]!));
        return kurtosis(x);
      }),
    )
  );
}

/** The orders of the structure functions that are compared. */
export const structureOrders = [3, 4, 5] as const;

/** Pixels between the two places of a difference. */
const lags = [1, 2, 4, 8, 16];

/**
 * The structure functions mean |x(u + lag) - x(u)|^q over both axes, one list for each order.
 *
 * @param field `(N, N)`, periodic.
 * @param N Pixels of a side.
 */
export function structureFunctions(field: Float64Array, N: number): number[][] {
  const sums = structureOrders.map(() => lags.map(() => 0));
  for (const [at, lag] of lags.entries()) {
    let i = 0;
    for (let u = 0; u < N; u++) {
      for (let v = 0; v < N; v++, i++) {
        const below = Math.abs(field[((u + lag) % N) * N + v]! - field[i]!);
        const beside = Math.abs(field[u * N + (v + lag) % N]! - field[i]!);
        for (const difference of [below, beside]) {
          const cube = difference * difference * difference;
          sums[0]![at]! += cube;
          sums[1]![at]! += cube * difference;
          sums[2]![at]! += cube * difference * difference;
        }
      }
    }
  }
  return sums.map((row) => row.map((sum) => sum / (2 * N * N)));
}

/** The relative errors of structure functions against those of an original, the mean over lags, for each order. */
export function structureErrors(found: number[][], original: number[][]): number[] {
  return original.map((row, order) =>
    mean(row.map((value, i) => Math.abs(found[order]![i]! - value) / value))
  );
}

/**
 * The largest correlation of a field with any shift of another.
 *
 * @param a `(N, N)`.
 * @param b `(N, N)`.
 * @param N Pixels of a side.
 */
export function largestCorrelation(a: Float64Array, b: Float64Array, N: number): number {
  const fft = new Fft2(N, N);
  const spectra = [a, b].map((field) => {
    const re = field.slice();
    const im = new Float64Array(field.length);
    fft.forward(re, im);
    re[0] = 0;
    im[0] = 0;
    return { re, im };
  });
  const [x, y] = spectra as [typeof spectra[number], typeof spectra[number]];
  const re = x.re.map((value, i) => value * y.re[i]! + x.im[i]! * y.im[i]!);
  const im = x.im.map((value, i) => value * y.re[i]! - x.re[i]! * y.im[i]!);
  fft.inverse(re, im);
  const energy = ({ re, im }: typeof x) =>
    re.reduce((sum, value, i) => sum + value * value + im[i]! * im[i]!, 0);
  // By Parseval the energy of a field is that of its spectrum over N N.
  return re.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * N * N /
    Math.sqrt(energy(x) * energy(y));
}
