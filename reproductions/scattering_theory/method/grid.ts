/**
 * What all measurements share: square periodic maps, their transforms, norms.
 *
 * @module
 */
import { Fft2 } from "../../../src/numeric/fourier/fft2.ts";
import { frequencies } from "../../../src/scattering/banks/filter_bank.ts";

/** A complex map, or the spectrum of one, of shape (height, width). */
export interface Complex {
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

const plans = new Map<string, Fft2>();

/** The plan of one size; building it costs more than using it. */
export function planFor(height: number, width: number = height): Fft2 {
  const key = `${height}x${width}`;
  const plan = plans.get(key) ?? new Fft2(height, width);
  plans.set(key, plan);
  return plan;
}

/** The side of a square map. */
export function sideOf(map: Float64Array): number {
  return Math.sqrt(map.length);
}

/** The spectrum of a real square map. */
export function spectrumOf(map: Float64Array): Complex {
  const spectrum = { re: map.slice(), im: new Float64Array(map.length) };
  planFor(sideOf(map)).forward(spectrum.re, spectrum.im);
  return spectrum;
}

/** The real part of a square map whose spectrum is given. */
export function realPart({ re, im }: Complex): Float64Array {
  const real = re.slice();
  planFor(sideOf(re)).inverse(real, im.slice());
  return real;
}

/** The inner product of two maps. */
export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The norm of a map. */
export function norm(map: Float64Array): number {
  return Math.sqrt(inner(map, map));
}

/** The norm of the difference of two maps. */
export function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

/** A map times a number. */
export function scaled(map: Float64Array, factor: number): Float64Array {
  return map.map((value) => factor * value);
}

/** a + factor b. */
export function added(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  return a.map((value, i) => value + factor * b[i]!);
}

/** A map less its mean. */
export function withoutMean(map: Float64Array): Float64Array {
  const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
  return map.map((value) => value - mean);
}

/** |w| at every frequency of a square grid, of shape (side, side). */
export function radii(side: number): Float64Array {
  const omega = frequencies(side);
  return Float64Array.from(
    { length: side * side },
    (_, i) => Math.hypot(omega[Math.floor(i / side)]!, omega[i % side]!),
  );
}

/** A function of the two frequencies, at every frequency of a square grid. */
export function ofFrequencies(side: number, value: (row: number, column: number) => number): Float64Array {
  const omega = frequencies(side);
  return Float64Array.from(
    { length: side * side },
    (_, i) => value(omega[Math.floor(i / side)]!, omega[i % side]!),
  );
}
