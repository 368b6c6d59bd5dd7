import { Fft2 } from "../numeric/fourier/fft2.ts";
import { powerSpectrum } from "../numeric/fourier/power_spectrum.ts";
import type { RectifiedFilters } from "./rectified_filters.ts";
import { channelDeviations, withoutMean } from "./covariance_options.ts";

/**
 * The power spectrum of a field as its wavelet bands tell it: constant over each band, but for the shape of the filters.
 *
 * @param field `(N, N)`.
 * @param N Pixels of a side.
 * @param filters Wavelets and low-pass.
 * @returns `(N, N)`; the same at w and -w, and 0 at 0.
 */
export function bandSpectrum(field: Float64Array, N: number, { psi, phi }: RectifiedFilters): Float64Array {
  const d = N * N;
  const filters = [...psi, withoutMean(phi)];
  const deviations = channelDeviations(powerSpectrum(field, N), filters);
  const spectrum = new Float64Array(d);
  for (const [index, filter] of filters.entries()) {
    const energy = filter.reduce((sum, value) => sum + value * value, 0) / d;
    const level = deviations[index]! * deviations[index]! / energy;
    for (let i = 0; i < d; i++) spectrum[i]! += level * filter[i]! * filter[i]!;
  }
  spectrum[0] = 0;
  return spectrum.map((value, i) => (value + spectrum[opposite(i, N)]!) / 2);
}

/** The place of -w. */
function opposite(i: number, N: number): number {
  const row = Math.floor(i / N);
  const column = i % N;
  return ((N - row) % N) * N + (N - column) % N;
}

/**
 * The variable that a field is sought in: x = mean + deviation H y, where H is the fourth root of the band spectrum, scaled so that white noise y of variance 1
 * gives the deviation. A start from noise then lies between white noise and the field's own spectrum, and small scales do not lag behind.
 */
export class BandPreconditioner {
  readonly #fft: Fft2;
  readonly #factor: Float64Array;
  readonly #mean: number;

  /**
   * Prepares H.
   *
   * @param field `(N, N)`: its mean, deviation and spectrum are taken.
   * @param N Pixels of a side.
   * @param filters Wavelets and low-pass.
   */
  constructor(field: Float64Array, N: number, filters: RectifiedFilters) {
    this.#fft = new Fft2(N, N);
    const roots = bandSpectrum(field, N, filters).map((value) => Math.sqrt(Math.sqrt(value)));
    const energy = roots.reduce((sum, value) => sum + value * value, 0);
    this.#mean = field.reduce((sum, value) => sum + value, 0) / field.length;
    const variance = field.reduce((sum, value) => sum + (value - this.#mean) ** 2, 0) / field.length;
    const scale = Math.sqrt(variance * field.length / energy);
    this.#factor = roots.map((value) => value * scale);
  }

  /** The field of a variable. */
  field(variable: Float64Array): Float64Array {
    return this.#filter(variable).map((value) => value + this.#mean);
  }

  /** The gradient by the variable, of one by the field: H is its own adjoint. */
  pullBack(gradient: Float64Array): Float64Array {
    return this.#filter(gradient);
  }

  #filter(values: Float64Array): Float64Array {
    const re = values.slice();
    const im = new Float64Array(values.length);
    this.#fft.forward(re, im);
    for (let i = 0; i < re.length; i++) {
      re[i]! *= this.#factor[i]!;
      im[i]! *= this.#factor[i]!;
    }
    this.#fft.inverse(re, im);
    return re;
  }
}
