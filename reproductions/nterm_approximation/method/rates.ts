/**
 * Errors of n terms as a function of n: where they are measured, and their exponent.
 *
 * @module
 */
import { leastSquaresSlope } from "../../../src/numeric/statistics/least_squares_slope.ts";

/** The relative squared error of n terms. */
export interface TermError {
  /** How many real coefficients are kept. */
  readonly n: number;
  /** The squared norm of what is left out, over that of the image. */
  readonly error: number;
}

/** From which n to which a slope is taken. */
export type Window = readonly [from: number, to: number];

/** The numbers of terms: whole numbers next to 2^(k / 8) from 8 to 4 sides. */
export function termCounts(side: number): number[] {
  const octaves = Math.log2(4 * side / 8);
  const counts = Array.from({ length: 8 * octaves + 1 }, (_, k) => Math.round(8 * eighthOfOctave(k)));
  return [...new Set(counts)];
}

function eighthOfOctave(k: number): number {
  return 2 ** Math.floor(k / 8) * Math.exp(k % 8 * Math.LN2 / 8);
}

/** The slope of log error against log n by least squares. */
export function errorSlope(errors: readonly TermError[], [from, to]: Window): number {
  const inside = errors.filter(({ n }) => n >= from && n <= to);
  return leastSquaresSlope(inside.map(({ n }) => Math.log(n)), inside.map(({ error }) => Math.log(error)))
    .slope;
}

/** The windows of an image of side N. Beyond some 3 N terms the finest scale is used up, and the slope says nothing of the rate. */
export const windows = {
  fourier: (side: number): Window => [20, side / 2],
  wavelets: (side: number): Window => [50, side],
  /** That of curvelets, and of whatever is compared between two sides. */
  relative: (side: number): Window => [side / 16, side],
  /** The halves of that window, in octaves. */
  early: (side: number): Window => [side / 16, side / 4],
  late: (side: number): Window => [side / 4, side],
  beyond: (side: number): Window => [2 * side, 4 * side],
} as const;
