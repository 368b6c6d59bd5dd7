/**
 * The Zel'dovich approximation of the cosmic web in two dimensions.
 *
 * @module
 */
import { Fft2 } from "../numeric/fourier/fft2.ts";
import { power } from "../numeric/linalg/power.ts";
import type { RandomStream } from "../numeric/random/random_stream.ts";
import { cycles, gaussianSpectrum, rootMeanSquare, type Spectrum } from "./gaussian_field.ts";

/** What a field is made with. */
export interface ZeldovichOptions {
  /** Pixels of a side. */
  readonly N: number;
  /** The potential's Gaussian source g has the amplitude k^(-n / 2) exp(-(k / kc)^2 / 2). */
  readonly n: number;
  /** kc, in cycles a side. */
  readonly cutoff: number;
  /** The root mean square of the displacement along each axis, in pixels. */
  readonly displacement: number;
}

/** Particles of a pixel along each axis. */
const particles = 4;

/**
 * The density contrast of particles that were moved by grad laplace^-1 g of a Gaussian field g (Zel'dovich 1970), 4 x 4 of them a pixel, each spread over
 * four pixels (cloud in cell).
 *
 * @param options The field.
 * @param stream Where the numbers come from.
 * @returns `(N, N)`, of mean 0 and at least -1.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const web = zeldovichDensity({ N: 16, n: 1, cutoff: 2, displacement: 2 }, randomStream("example", 0));
 * assertAlmostEquals(web.reduce((sum, value) => sum + value, 0), 0, 1e-10);
 * ```
 */
export function zeldovichDensity(
  { N, n, cutoff, displacement }: ZeldovichOptions,
  stream: RandomStream,
): Float64Array {
  const source = gaussianSpectrum(
    N,
    (k) => power(k, -n / 2) * Math.exp(-k * k / (2 * cutoff * cutoff)),
    stream,
  );
  const { down, right } = displacements(source, N);
  const scale = displacement / Math.sqrt((rootMeanSquare(down) ** 2 + rootMeanSquare(right) ** 2) / 2);
  const fine = particles * N;
  const density = new Float64Array(N * N);
  let i = 0;
  for (let u = 0; u < fine; u++) {
    for (let v = 0; v < fine; v++, i++) {
      // In pixels; centres of pixels are whole numbers, and particles start evenly about them.
      const y = (u + 0.5) / particles - 0.5 + scale * down[i]!;
      const x = (v + 0.5) / particles - 0.5 + scale * right[i]!;
      addParticle(density, N, y, x);
    }
  }
  const mean = particles * particles;
  return density.map((value) => value / mean - 1);
}

/** The two components of grad laplace^-1 g at the places of the particles, where the field of N x N frequencies is interpolated. */
function displacements(source: Spectrum, N: number): { down: Float64Array; right: Float64Array } {
  const fine = particles * N;
  // Real fields in the real and in the imaginary part of one complex one.
  const re = new Float64Array(fine * fine);
  const im = new Float64Array(fine * fine);
  let i = 0;
  for (let u = 0; u < N; u++) {
    for (let v = 0; v < N; v++, i++) {
      // Nyquist frequencies have no derivative that is real.
      if (i === 0 || 2 * u === N || 2 * v === N) continue;
      const k1 = cycles(u, N);
      const k2 = cycles(v, N);
      const squared = k1 * k1 + k2 * k2;
      const at = ((k1 + fine) % fine) * fine + (k2 + fine) % fine;
      // -i k / k^2 g: down + i right
      const downRe = k1 * source.im[i]! / squared;
      const downIm = -k1 * source.re[i]! / squared;
      const rightRe = k2 * source.im[i]! / squared;
      const rightIm = -k2 * source.re[i]! / squared;
      re[at] = downRe - rightIm;
      im[at] = downIm + rightRe;
    }
  }
  new Fft2(fine, fine).inverse(re, im);
  return { down: re, right: im };
}

/** Spreads a particle over the four pixels around it. */
function addParticle(density: Float64Array, N: number, y: number, x: number): void {
  const row = Math.floor(y);
  const column = Math.floor(x);
  const dy = y - row;
  const dx = x - column;
  const top = ((row % N) + N) % N;
  const left = ((column % N) + N) % N;
  const bottom = (top + 1) % N;
  const right = (left + 1) % N;
  density[top * N + left]! += (1 - dy) * (1 - dx);
  density[top * N + right]! += (1 - dy) * dx;
  density[bottom * N + left]! += dy * (1 - dx);
  density[bottom * N + right]! += dy * dx;
}
