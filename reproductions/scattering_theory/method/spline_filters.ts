/**
 * The conjugate mirror filters of cubic splines in one dimension, and the filter bank algorithm: periodic signals, in the Fourier domain
 * (Mallat, A Wavelet Tour of Signal Processing, sections 7.1 to 7.3).
 *
 * @module
 */
import { Fft } from "../../../src/numeric/fourier/fft.ts";
import { battleLemarie } from "../../../src/scattering/banks/battle_lemarie.ts";
import { frequencies } from "../../../src/scattering/banks/filter_bank.ts";

/** The coefficients of a signal. */
export interface WaveletCoefficients {
  /** Details, finest first; half as many from octave to octave. */
  readonly details: readonly Float64Array[];
  /** What is left. */
  readonly approximation: Float64Array;
}

/** A low-pass filter: its Fourier transform at one frequency, real and even. */
export type LowPass = (omega: number) => number;

/** h(w) = 2^(1/2) b(2 w) / b(w), of period 2 pi, for the scaling function b of orthonormal cubic splines. */
export function splineLowPass(omega: number): number {
  const inPeriod = omega - 2 * Math.PI * Math.round(omega / (2 * Math.PI));
  return (Math.SQRT2 * battleLemarie(2 * inPeriod)) / battleLemarie(inPeriod);
}

/** A filter cut to its taps -reach to reach. */
export function truncated(lowPass: LowPass, reach: number): LowPass {
  const grid = 1024;
  const taps = Array.from({ length: reach + 1 }, (_, n) => {
    let sum = 0;
    for (let k = 0; k < grid; k++) {
      const omega = (2 * Math.PI * k) / grid;
      sum += lowPass(omega) * Math.cos(n * omega);
    }
    return sum / grid;
  });
  return (omega) => taps.reduce((sum, tap, n) => sum + (n === 0 ? tap : 2 * tap * Math.cos(n * omega)), 0);
}

/** A spectrum. */
interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** g(w) = exp(-i w) h(w + pi): real factor, with the phase left to the caller. */
function highPass(lowPass: LowPass, omega: number): Readonly<{ re: number; im: number }> {
  const value = lowPass(omega + Math.PI);
  return { re: Math.cos(omega) * value, im: -Math.sin(omega) * value };
}

function forward(signal: Float64Array): Spectrum {
  const spectrum = { re: signal.slice(), im: new Float64Array(signal.length) };
  new Fft(signal.length).forward(spectrum.re, spectrum.im);
  return spectrum;
}

function inverse({ re, im }: Spectrum): Float64Array {
  const length = re.length;
  const real = re.slice();
  // With real and imaginary parts exchanged, the forward transform is the inverse one times the length.
  new Fft(length).forward(im.slice(), real);
  return real.map((value) => value / length);
}

/**
 * Takes a signal apart, octave by octave: low-pass and high-pass, every second sample.
 *
 * @param signal As many samples as a power of two.
 * @param octaves How often, at most the logarithm of the length to base 2.
 * @param lowPass The filter; its mirror is the high-pass.
 */
export function analyse(
  signal: Float64Array,
  octaves: number,
  lowPass: LowPass = splineLowPass,
): WaveletCoefficients {
  const details: Float64Array[] = [];
  let approximation = signal;
  for (let octave = 0; octave < octaves; octave++) {
    const { re, im } = forward(approximation);
    const half = re.length / 2;
    const low = { re: new Float64Array(half), im: new Float64Array(half) };
    const high = { re: new Float64Array(half), im: new Float64Array(half) };
    for (let k = 0; k < re.length; k++) {
      const omega = (2 * Math.PI * k) / re.length;
      const h = lowPass(omega);
      const g = highPass(lowPass, omega);
      low.re[k % half]! += (h * re[k]!) / 2;
      low.im[k % half]! += (h * im[k]!) / 2;
      high.re[k % half]! += (g.re * re[k]! + g.im * im[k]!) / 2;
      high.im[k % half]! += (g.re * im[k]! - g.im * re[k]!) / 2;
    }
    details.push(inverse(high));
    approximation = inverse(low);
  }
  return { details, approximation };
}

/** Puts a signal together again: the adjoint of {@linkcode analyse}, which is its inverse where the filter is a conjugate mirror filter. */
export function synthesise(
  { details, approximation }: WaveletCoefficients,
  lowPass: LowPass = splineLowPass,
): Float64Array {
  return details.toReversed().reduce((coarse, detail) => {
    const low = forward(coarse);
    const high = forward(detail);
    const half = coarse.length;
    const fine = { re: new Float64Array(2 * half), im: new Float64Array(2 * half) };
    for (let k = 0; k < 2 * half; k++) {
      const omega = (Math.PI * k) / half;
      const h = lowPass(omega);
      const g = highPass(lowPass, omega);
      const at = k % half;
      fine.re[k] = h * low.re[at]! + g.re * high.re[at]! - g.im * high.im[at]!;
      fine.im[k] = h * low.im[at]! + g.re * high.im[at]! + g.im * high.re[at]!;
    }
    return inverse(fine);
  }, approximation);
}

/**
 * The same coefficients with no cascade: inner products of the signal with each wavelet, whose Fourier transform is
 * g(2^(j - 1) w) h(2^(j - 2) w) ... h(w), moved by multiples of 2^j.
 */
export function innerProducts(signal: Float64Array, octaves: number): WaveletCoefficients {
  const length = signal.length;
  const against = (atom: Float64Array, step: number) =>
    Float64Array.from({ length: length / step }, (_, n) => {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += signal[i]! * atom[(i - n * step + length) % length]!;
      return sum;
    });
  const atom = (octave: number, isWavelet: boolean) => {
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let k = 0; k < length; k++) {
      const omega = (2 * Math.PI * k) / length;
      let product = 1;
      for (let o = 0; o < octave; o++) product *= splineLowPass(2 ** o * omega);
      const last = isWavelet
        ? highPass(splineLowPass, 2 ** octave * omega)
        : { re: splineLowPass(2 ** octave * omega), im: 0 };
      re[k] = product * last.re;
      im[k] = product * last.im;
    }
    return inverse({ re, im });
  };
  return {
    details: Array.from({ length: octaves }, (_, octave) => against(atom(octave, true), 2 ** (octave + 1))),
    approximation: against(atom(octaves - 1, false), 2 ** octaves),
  };
}

/** A bank of analytic wavelets in one dimension, for figures: real filters in the Fourier domain. */
export interface SplineBank1D {
  /** From the finest: (A_j - A_(j+1))^(1/2) 2^(1/2) at positive frequencies, A_j(w) = b(2^j w)^2. */
  readonly wavelets: readonly Float64Array[];
  /** b(2^J w). */
  readonly phi: Float64Array;
}

/**
 * The bank of `splineBank` in one dimension. At the Nyquist frequency, whose sign a grid of even length does not tell, the square is
 * shared.
 *
 * @param length Samples.
 * @param J Scales.
 */
export function splineBank1D(length: number, J: number): SplineBank1D {
  const omega = frequencies(length);
  const low = (j: number) => omega.map((w) => j === 0 ? 1 : battleLemarie(2 ** j * w) ** 2);
  const wavelets = Array.from({ length: J }, (_, j) => {
    const outer = low(j);
    const inner = low(j + 1);
    return omega.map((w, k) => {
      const share = 2 * k === length ? 1 : w > 0 ? 2 : 0;
      return Math.sqrt(share * Math.max(0, outer[k]! - inner[k]!));
    });
  });
  return { wavelets, phi: low(J).map(Math.sqrt) };
}

/** |phi|^2 + 1/2 sum (|psi(w)|^2 + |psi(-w)|^2). */
export function littlewoodPaley1D({ wavelets, phi }: SplineBank1D): Float64Array {
  const length = phi.length;
  return phi.map((low, k) =>
    wavelets.reduce(
      (sum, psi) => sum + (psi[k]! ** 2 + psi[(length - k) % length]! ** 2) / 2,
      low ** 2,
    )
  );
}

/** A signal with a real filter: complex, since wavelets are analytic. */
export function convolve1D(signal: Float64Array, filter: Float64Array): Spectrum {
  const { re, im } = forward(signal);
  for (let k = 0; k < filter.length; k++) {
    re[k]! *= filter[k]!;
    im[k]! *= filter[k]!;
  }
  new Fft(filter.length).forward(im, re);
  return {
    re: re.map((value) => value / filter.length),
    im: im.map((value) => value / filter.length),
  };
}
