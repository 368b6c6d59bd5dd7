/**
 * How far two banks are from each other in what their Gabor functions are.
 *
 * @module
 */
import type { Gabor } from "../../../src/numeric/gabor/gabor.ts";
import { peakFrequency } from "./peak_frequency.ts";

/** What of a Gabor function is compared: directions theta and theta + pi are the same one. */
export type GaborShape = Pick<Gabor, "theta" | "omega" | "phi" | "alpha" | "beta">;

/**
 * The direction as a point of a circle of circumference pi, the peak of the spectrum in octaves, and how many octaves longer the
 * Gaussian is across the wave than along it.
 */
export function shapeFeatures(shape: GaborShape): number[] {
  const { theta, alpha, beta } = shape;
  return [
    Math.cos(2 * theta),
    Math.sin(2 * theta),
    Math.log2(peakFrequency(shape)),
    Math.log2(alpha / beta) / 2,
  ];
}

/**
 * The energy distance of two samples, 2 E|X - Y| - E|X - X'| - E|Y - Y'| (Székely and Rizzo, 2013): 0 for equal samples, and for equal
 * distributions alone as samples grow.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(energyDistance([[0], [2]], [[0], [2]]), 0);
 * assertEquals(energyDistance([[0]], [[3]]), 6);
 * ```
 */
export function energyDistance(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b);
}

function meanDistance(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  let sum = 0;
  for (const x of a) {
    for (const y of b) {
      let squares = 0;
      for (let k = 0; k < x.length; k++) squares += (x[k]! - y[k]!) ** 2;
      sum += Math.sqrt(squares);
    }
  }
  return sum / (a.length * b.length);
}
