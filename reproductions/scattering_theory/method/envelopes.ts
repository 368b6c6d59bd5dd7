import { splineBank } from "../../../src/scattering/banks/spline_bank.ts";
import { planFor, radii, sideOf } from "./grid.ts";

/** What is measured of one image. */
export interface Envelopes {
  /**
   * For each J: how far |x * psi| * phi_J is from the constant ||x * psi||_1 / pixels, as a share of it; wavelets of all scales
   * together, by their squares.
   */
  readonly fromLimit: readonly number[];
  /** ||x * psi * phi_J|| / || |x * psi| * phi_J || for the largest J. */
  readonly withoutModulus: number;
  /** Of each scale: the share of energy, without the mean, below half the centre frequency. */
  readonly shares: readonly BandShares[];
}

/** Shares of energy below half the centre frequency of a wavelet. */
export interface BandShares {
  /** Of |x * psi|. */
  readonly modulus: number;
  /** Of the real part of x * psi. */
  readonly real: number;
  /** Of the absolute value of that real part. */
  readonly rectified: number;
}

/** Sums of energy, below the bound and in all. */
interface Share {
  low: number;
  whole: number;
}

/**
 * Measures the envelopes |x * psi| of an image.
 *
 * @param image Of shape (side, side), of mean zero.
 * @param scales The values of J.
 * @param waveletScales How many scales of wavelets, from the finest.
 * @param L The directions.
 */
export function measureEnvelopes(
  image: Float64Array,
  scales: readonly number[],
  waveletScales: number,
  L: number,
): Envelopes {
  const side = sideOf(image);
  const grid = { height: side, width: side };
  const { wavelets } = splineBank.build({ ...grid, J: waveletScales, L });
  const fft = planFor(side);
  const size = side * side;
  const radius = radii(side);
  const spectrum = { re: image.slice(), im: new Float64Array(size) };
  fft.forward(spectrum.re, spectrum.im);
  const lowPasses = scales.map((J) => splineBank.lowPass(grid, J));
  const varying = scales.map(() => 0);
  let constant = 0;
  let linear = 0;
  let averagedModulus = 0;
  const shares = Array.from({ length: waveletScales }, () => ({
    modulus: { low: 0, whole: 0 },
    real: { low: 0, whole: 0 },
    rectified: { low: 0, whole: 0 },
  }));
  for (const { j, psi, centreFrequency } of wavelets) {
    const re = spectrum.re.map((value, i) => value * psi[i]!);
    const im = spectrum.im.map((value, i) => value * psi[i]!);
    const last = lowPasses.at(-1)!;
    for (let i = 0; i < size; i++) linear += (last[i]! ** 2 * (re[i]! ** 2 + im[i]! ** 2)) / size;
    fft.inverse(re, im);
    const power = (map: Float64Array) => {
      const real = map.slice();
      const imaginary = new Float64Array(size);
      fft.forward(real, imaginary);
      return real.map((value, i) => (value ** 2 + imaginary[i]! ** 2) / size);
    };
    const count = (share: Share, energy: Float64Array) => {
      for (let i = 1; i < size; i++) {
        share.whole += energy[i]!;
        if (radius[i]! < centreFrequency / 2) share.low += energy[i]!;
      }
    };
    const modulus = power(re.map((value, i) => Math.hypot(value, im[i]!)));
    count(shares[j]!.modulus, modulus);
    count(shares[j]!.real, power(re));
    count(shares[j]!.rectified, power(re.map(Math.abs)));
    constant += modulus[0]!;
    lowPasses.forEach((phi, n) => {
      for (let i = 1; i < size; i++) varying[n]! += phi[i]! ** 2 * modulus[i]!;
    });
    for (let i = 0; i < size; i++) averagedModulus += last[i]! ** 2 * modulus[i]!;
  }
  const share = ({ low, whole }: Share) => low / whole;
  return {
    fromLimit: varying.map((energy) => Math.sqrt(energy / constant)),
    withoutModulus: Math.sqrt(linear / averagedModulus),
    shares: shares.map(({ modulus, real, rectified }) => ({
      modulus: share(modulus),
      real: share(real),
      rectified: share(rectified),
    })),
  };
}
