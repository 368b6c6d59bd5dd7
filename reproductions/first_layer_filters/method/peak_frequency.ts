import { exponential } from "../../../src/numeric/elementary.ts";
import type { Gabor } from "../../../src/numeric/gabor/gabor.ts";

/** Where the peak is sought, in radians per half-width: a filter holds no slower wave, and no faster one of 11 pixels. */
const range = { least: 0.5, most: 15, step: 0.02 };

/**
 * The frequency at which the spectrum of a Gabor function is largest, along its wave. `omega` alone says little of a function whose
 * Gaussian holds less than half a wave: an edge is a slow sine in a narrow Gaussian, and has its peak near sqrt(2 alpha).
 *
 * @returns In radians per half-width, to the nearest of a grid from .5 to 15 in steps of .02.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // The derivative of a Gaussian.
 * assertAlmostEquals(peakFrequency({ alpha: 8, omega: 0.01, phi: 0 }), 4, 0.01);
 * // Many waves in a Gaussian.
 * assertAlmostEquals(peakFrequency({ alpha: 0.5, omega: 6, phi: 1 }), 6, 0.01);
 * ```
 */
export function peakFrequency({ alpha, omega, phi }: Pick<Gabor, "alpha" | "omega" | "phi">): number {
  const cosine = Math.cos(2 * phi);
  let best = range.least;
  let largest = -Infinity;
  for (let k = range.least; k <= range.most; k += range.step) {
    const near = exponential(-((k - omega) ** 2) / (4 * alpha));
    const far = exponential(-((k + omega) ** 2) / (4 * alpha));
    const power = near * near + far * far - 2 * near * far * cosine;
    if (power > largest) {
      largest = power;
      best = k;
    }
  }
  return best;
}
