/**
 * What parameters are regressed from: statistics averaged over rotations, and the power spectrum in bands.
 *
 * @module
 */
import type { CovarianceKernel } from "../../../src/maximum_entropy/covariance_kernel.ts";
import { powerSpectrum } from "../../../src/numeric/fourier/power_spectrum.ts";
import { cycles } from "../../../src/physics/gaussian_field.ts";

/**
 * Logarithms of the means of C and M over the 2 L rotations by pi / L. A wavelet that is turned by half a turn is its own conjugate, whose phases up and down
 * change places.
 *
 * @param covariances What gives the statistics.
 * @returns A function of statistics.
 */
export function rotationAverages(
  { pairs, counts, options: { J, L } }: Pick<CovarianceKernel, "pairs" | "counts" | "options">,
): (statistics: Float64Array) => Float64Array {
  const wavelets = J * L;
  const turned = (channel: number, by: number): number => {
    if (channel >= 4 * wavelets) return channel;
    const phase = Math.floor(channel / wavelets);
    const lambda = channel % wavelets;
    const angle = lambda % L + by;
    const isConjugate = Math.floor(angle / L) % 2 === 1 && phase % 2 === 1;
    return (isConjugate ? 4 - phase : phase) * wavelets + lambda - lambda % L + angle % L;
  };
  const rotations = Array.from({ length: 2 * L }, (_, by) => by);
  const names = [
    ...pairs.map(([i, j]) =>
      Math.min(...rotations.map((by) => {
        const a = turned(i, by);
        const b = turned(j, by);
        return Math.min(a, b) * (4 * wavelets + 4) + Math.max(a, b);
      }))
    ),
    // Means of phases right and down: the latter is that of up, half a turn on.
    ...Array.from({ length: counts.M }, (_, at) => -1 - (at < 2 * wavelets ? Math.floor(at / L) : at)),
  ];
  const groups = [...Map.groupBy(names.keys(), (at) => names[at]!).values()];
  return (statistics) =>
    Float64Array.from(groups, (places) => {
      const sum = places.reduce((total, at) => total + statistics[at]!, 0);
      // Averages of products of two rectified channels are positive, or 0 where they never meet.
      return Math.log(sum / places.length + Number.MIN_VALUE);
    });
}

/** Bands of the power spectrum. */
const bands = 13;

/**
 * Logarithms of the mean power in rings of frequencies, whose radii grow by equal factors up to N / 2.
 *
 * @param field `(N, N)`.
 * @param N Pixels of a side.
 */
export function spectrumBands(field: Float64Array, N: number): Float64Array {
  const power = powerSpectrum(field, N);
  const sums = new Float64Array(bands);
  const counts = new Float64Array(bands);
  let i = 0;
  for (let u = 0; u < N; u++) {
    for (let v = 0; v < N; v++, i++) {
      const radius = Math.hypot(cycles(u, N), cycles(v, N));
      if (i === 0 || 2 * radius > N) continue;
      const band = Math.min(bands - 1, Math.floor(bands * Math.log(radius) / Math.log(N / 2)));
      sums[band]! += power[i]!;
      counts[band]!++;
    }
  }
  const filled = Array.from(sums.keys()).filter((band) => counts[band]! > 0);
  return Float64Array.from(filled, (band) => Math.log(sums[band]! / counts[band]!));
}
