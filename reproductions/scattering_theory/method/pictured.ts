/**
 * What the figures show of the transform itself.
 *
 * @module
 */
import { Fft } from "../../../src/numeric/fourier/fft.ts";
import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { averaged } from "./energies.ts";
import { visitPaths } from "./paths.ts";
import { convolve1D, splineBank1D } from "./spline_filters.ts";

/** A map of the propagator, with what it is. */
export interface PicturedMap {
  /** The wavelets of its path: scale and direction of each. */
  readonly path: readonly { readonly j: number; readonly theta: number }[];
  /** Of shape (side, side): U[p] x, or U[p] x * phi where `isAveraged`. */
  readonly values: readonly number[];
  readonly isAveraged: boolean;
}

/** Some maps of the propagator of one image. */
export interface Propagated {
  readonly side: number;
  readonly maps: readonly PicturedMap[];
}

/** The paths that are shown: the image, two scales of order 1 in two directions, and what follows the first of them. */
const shown: readonly (readonly { j: number; theta: number }[])[] = [
  [],
  [{ j: 0, theta: 0 }],
  [{ j: 0, theta: 3 }],
  [{ j: 1, theta: 0 }],
  [{ j: 1, theta: 3 }],
  [{ j: 0, theta: 0 }, { j: 1, theta: 0 }],
  [{ j: 0, theta: 0 }, { j: 1, theta: 3 }],
  [{ j: 0, theta: 0 }, { j: 2, theta: 0 }],
  [{ j: 0, theta: 0 }, { j: 2, theta: 3 }],
];

/** Four digits are more than a pixel shows. */
function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(4)));
}

/** The maps of the propagator that the figure shows, each with its average. */
export function propagateForFigure(image: Float64Array, bank: FilterBank): Propagated {
  const maps: PicturedMap[] = [];
  for (const path of shown) {
    let map = image;
    for (const step of path) {
      const wavelet = bank.wavelets.find(({ j, theta }) => j === step.j && theta === step.theta)!;
      const single = { ...bank, wavelets: [wavelet] };
      const previous = map;
      visitPaths(previous, single, { maxOrder: 1, paths: "all", lastSpectra: false }, ({ order }, next) => {
        if (order === 1) map = next.slice();
      });
    }
    maps.push({ path, values: rounded(map), isAveraged: false });
    maps.push({ path, values: rounded(averaged(map, bank.phi)), isAveraged: true });
  }
  return { side: bank.width, maps };
}

/** A signal and its layers. */
export interface SignalLayers {
  readonly signal: readonly number[];
  /** Scales of the two wavelets. */
  readonly j1: number;
  readonly j2: number;
  /** The real part of x * psi_1, |x * psi_1|, its average, and the real part of |x * psi_1| * psi_2. */
  readonly real: readonly number[];
  readonly envelope: readonly number[];
  readonly average: readonly number[];
  readonly second: readonly number[];
  readonly secondEnvelope: readonly number[];
  /** Power by frequency of the real part and of the envelope without its mean, up to Nyquist. */
  readonly powerOfReal: readonly number[];
  readonly powerOfEnvelope: readonly number[];
}

/** The scales that the figure shows. */
const pictured = { j1: 1, j2: 3 };

/** The first two layers of a signal, with wavelets of two scales. */
export function signalLayers(signal: Float64Array, J: number): SignalLayers {
  const { wavelets, phi } = splineBank1D(signal.length, J);
  const first = convolve1D(signal, wavelets[pictured.j1]!);
  const envelope = first.re.map((value, i) => Math.hypot(value, first.im[i]!));
  const second = convolve1D(envelope, wavelets[pictured.j2]!);
  const power = (map: Float64Array) => {
    const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
    const re = map.map((value) => value - mean);
    const im = new Float64Array(map.length);
    new Fft(map.length).forward(re, im);
    return re.slice(0, map.length / 2 + 1).map((value, k) => (value ** 2 + im[k]! ** 2) / map.length);
  };
  return {
    ...pictured,
    signal: rounded(signal),
    real: rounded(first.re),
    envelope: rounded(envelope),
    average: rounded(convolve1D(envelope, phi).re),
    second: rounded(second.re),
    secondEnvelope: rounded(second.re.map((value, i) => Math.hypot(value, second.im[i]!))),
    powerOfReal: rounded(power(first.re)),
    powerOfEnvelope: rounded(power(envelope)),
  };
}
