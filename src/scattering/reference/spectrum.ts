/**
 * Maps in the Fourier domain, for the references: every function returns a new map and says what it does, and
 * nothing is done for speed.
 *
 * @module
 */
import { Fft2 } from "../../numeric/fourier/fft2.ts";

/** The discrete Fourier transform of a map of shape (height, width). */
export interface Spectrum {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

/**
 * The Fourier transform of a real map.
 *
 * @param map Of shape (height, width).
 * @param height Rows.
 * @param width Columns.
 * @returns Its spectrum.
 */
export function toSpectrum(map: Float64Array, height: number, width: number): Spectrum {
  const spectrum = { height, width, re: map.slice(), im: new Float64Array(map.length) };
  planFor(height, width).forward(spectrum.re, spectrum.im);
  return spectrum;
}

/**
 * The spectrum of a convolution.
 *
 * @param spectrum Any spectrum.
 * @param filter A real filter in the Fourier domain, of the same shape.
 * @returns The product.
 */
export function filtered({ height, width, re, im }: Spectrum, filter: Float64Array): Spectrum {
  return { height, width, re: re.map((v, i) => v * filter[i]!), im: im.map((v, i) => v * filter[i]!) };
}

/**
 * The spectrum of every `factor`-th sample of a map: the mean over the factor^2 aliases of each frequency.
 *
 * @param spectrum A spectrum whose sides are multiples of `factor`.
 * @param factor The step.
 * @returns A spectrum of shape (height / factor, width / factor).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const map = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
 * assertEquals([...toRealPart(subsampled(toSpectrum(map, 2, 4), 2))], [1, 3]);
 * ```
 */
export function subsampled(spectrum: Spectrum, factor: number): Spectrum {
  const height = spectrum.height / factor;
  const width = spectrum.width / factor;
  const coarse = {
    height,
    width,
    re: new Float64Array(height * width),
    im: new Float64Array(height * width),
  };
  for (let k = 0; k < spectrum.height; k++) {
    for (let l = 0; l < spectrum.width; l++) {
      const target = (k % height) * width + (l % width);
      coarse.re[target]! += spectrum.re[k * spectrum.width + l]! / factor ** 2;
      coarse.im[target]! += spectrum.im[k * spectrum.width + l]! / factor ** 2;
    }
  }
  return coarse;
}

/**
 * The modulus of the map that a spectrum belongs to.
 *
 * @param spectrum Any spectrum.
 * @returns A map of shape (height, width).
 */
export function toModulus(spectrum: Spectrum): Float64Array {
  const [re, im] = toMap(spectrum);
  return re.map((value, i) => Math.hypot(value, im[i]!));
}

/**
 * The map that a spectrum belongs to.
 *
 * @param spectrum Any spectrum.
 * @returns Its real and its imaginary part, of shape (height, width).
 */
export function toMap({ height, width, re, im }: Spectrum): readonly [re: Float64Array, im: Float64Array] {
  const parts = [re.slice(), im.slice()] as const;
  planFor(height, width).inverse(...parts);
  return parts;
}

/**
 * The real part of the map that a spectrum belongs to.
 *
 * @param spectrum Any spectrum.
 * @returns A map of shape (height, width).
 */
export function toRealPart({ height, width, re, im }: Spectrum): Float64Array {
  const real = re.slice();
  planFor(height, width).inverse(real, im.slice());
  return real;
}

const plans = new Map<string, Fft2>();

/** One plan for each size, since building it costs more than using it. */
function planFor(height: number, width: number): Fft2 {
  const key = `${height}x${width}`;
  const plan = plans.get(key) ?? new Fft2(height, width);
  plans.set(key, plan);
  return plan;
}
