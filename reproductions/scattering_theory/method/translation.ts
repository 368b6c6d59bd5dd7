import { frequencies } from "../../../src/scattering/banks/filter_bank.ts";
import { battleLemarie } from "../../../src/scattering/banks/battle_lemarie.ts";
import { splineBank } from "../../../src/scattering/banks/spline_bank.ts";
import { inner, sideOf } from "./grid.ts";
import { addPower, visitPaths } from "./paths.ts";

/** What is measured of one image. */
export interface TranslationDistances {
  /** ||S_J x - S_J L_c x|| / ||x|| by scale and shift. */
  readonly averaged: readonly (readonly number[])[];
  /** ||U x - U L_c x|| / ||x|| over all wavelet moduli of order 1, by shift. */
  readonly unaveraged: readonly number[];
}

/** The largest order. */
export const maxOrder = 2;

/**
 * The distances of the scattering transforms of an image and of its shifts along the rows, for every scale and shift at once. A cascade
 * of convolutions and moduli moves with the image, so that U[p] L_c x = L_c U[p] x, and
 *
 *     ||S_J x - S_J L_c x||^2 = sum_p sum_w |phi_J(w)|^2 |1 - exp(i w c)|^2 |U[p] x (w)|^2:
 *
 * one power spectrum for each scale that paths end with. (The test compares it with transforms of shifted images.)
 *
 * @param image Of shape (side, side), not zero.
 * @param scales The values of J, increasing.
 * @param shifts The values of c, in pixels.
 * @param L The directions.
 */
export function translationDistances(
  image: Float64Array,
  scales: readonly number[],
  shifts: readonly number[],
  L: number,
): TranslationDistances {
  const side = sideOf(image);
  const largestJ = Math.max(...scales);
  const bank = splineBank.build({ height: side, width: side, J: largestJ, L });
  const power = Array.from({ length: largestJ + 1 }, () => new Float64Array(image.length));
  const moduli = new Float64Array(image.length);
  visitPaths(image, bank, { maxOrder, paths: "increasing", lastSpectra: true }, (path, _, spectrum) => {
    addPower(power[path.lastScale + 1]!, spectrum!);
    if (path.order === 1) addPower(moduli, spectrum!);
  });
  const whole = inner(image, image);
  const moved = (shift: number) => {
    const omega = frequencies(side);
    return Float64Array.from(image, (_, i) => 2 - 2 * Math.cos(shift * omega[Math.floor(i / side)]!));
  };
  const weights = shifts.map(moved);
  return {
    averaged: scales.map((J) => {
      const phi = splineBank.lowPass({ height: side, width: side }, J);
      const sum = new Float64Array(image.length);
      for (const spectrum of power.slice(0, J + 1)) {
        for (let i = 0; i < sum.length; i++) sum[i]! += spectrum[i]! * phi[i]! ** 2;
      }
      return weights.map((weight) => Math.sqrt(inner(sum, weight) / whole));
    }),
    unaveraged: weights.map((weight) => Math.sqrt(inner(moduli, weight) / whole)),
  };
}

/** Where |t b(t)| is largest for the scaling function b, and how large it is. */
export function steepest(): { readonly t: number; readonly value: number } {
  let t = 0;
  for (let candidate = 0; candidate < 4 * Math.PI; candidate += 1e-3) {
    if (candidate * battleLemarie(candidate) > t * battleLemarie(t)) t = candidate;
  }
  return { t, value: t * battleLemarie(t) };
}

/**
 * The bound of ||S_J x - S_J L_c x|| / ||x||: |1 - exp(i w c)| <= |w| |c| and phi_J(w) = b(2^J |w|), so that every order of U, of
 * norm ||x|| at most, moves by |c| 2^-J sup |t b(t)| at most.
 */
export function translationBound(J: number, shift: number): number {
  return Math.sqrt(maxOrder + 1) * shift * 2 ** -J * steepest().value;
}
