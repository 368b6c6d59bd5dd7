import type { FilterBank } from "../../../src/scattering/banks/filter_bank.ts";
import { splineBank } from "../../../src/scattering/banks/spline_bank.ts";
import { inner, planFor, sideOf } from "./grid.ts";
import { addPower, visitPaths } from "./paths.ts";

/**
 * The errors of ||S||^2 over the orders <= m plus ||U[m + 1]||^2 against ||x||^2, over all paths.
 *
 * @param image Of the shape of the bank.
 * @param bank Any bank; for a tight frame the identity holds.
 * @param maxOrder The largest m.
 * @returns Relative errors for m = 0 to maxOrder.
 */
export function normErrors(image: Float64Array, bank: FilterBank, maxOrder: number): number[] {
  const scattered = new Array<number>(maxOrder + 2).fill(0);
  const propagated = new Array<number>(maxOrder + 2).fill(0);
  const power = new Float64Array(image.length);
  visitPaths(
    image,
    bank,
    { maxOrder: maxOrder + 1, paths: "all", lastSpectra: false },
    ({ order }, map, spectrum) => {
      propagated[order]! += inner(map, map);
      if (spectrum === null) return;
      power.fill(0);
      addPower(power, spectrum);
      for (let i = 0; i < power.length; i++) scattered[order]! += power[i]! * bank.phi[i]! ** 2;
    },
  );
  const whole = inner(image, image);
  let sum = 0;
  return Array.from({ length: maxOrder + 1 }, (_, m) => {
    sum += scattered[m]!;
    return Math.abs(sum + propagated[m + 1]! - whole) / whole;
  });
}

/** The share of the energy that orders up to m, and U of order m + 1, do not hold where increasing paths alone are followed. */
export function missingFromIncreasing(image: Float64Array, bank: FilterBank, maxOrder: number): number {
  let held = 0;
  const power = new Float64Array(image.length);
  const follow = { maxOrder: maxOrder + 1, paths: "increasing", lastSpectra: false } as const;
  visitPaths(image, bank, follow, (_, map, spectrum) => {
    if (spectrum === null) {
      held += inner(map, map);
      return;
    }
    power.fill(0);
    addPower(power, spectrum);
    for (let i = 0; i < power.length; i++) held += power[i]! * bank.phi[i]! ** 2;
  });
  return 1 - held / inner(image, image);
}

/** What ||U[1]||^2 is off by, relatively, where the maps of scale j are kept at every 2^j-th sample: the mean over wavelets. */
export function errorOfCriticalRate(image: Float64Array, bank: FilterBank): number {
  const side = sideOf(image);
  const errors: number[] = [];
  visitPaths(
    image,
    bank,
    { maxOrder: 1, paths: "all", lastSpectra: false },
    ({ order, lastScale }, map) => {
      if (order === 0 || lastScale === 0) return;
      const step = 2 ** lastScale;
      let kept = 0;
      for (let row = 0; row < side; row += step) {
        for (let column = 0; column < side; column += step) kept += (step * map[row * side + column]!) ** 2;
      }
      errors.push(Math.abs(kept / inner(map, map) - 1));
    },
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

/** The energies left, ||U[m] x||^2 / ||x||^2, for m = 0, 1, 2, 3. */
export type EnergiesLeft = readonly number[];

/**
 * The energy that is left after each order, over all paths, for every scale of the average at once: U[p] does not depend on J, a path
 * belongs to every J above its largest scale, and ||U[m + 1]||^2 is ||U[m]||^2 less ||U[m] * phi_J||^2.
 *
 * @param image Of shape (side, side).
 * @param scales The values of J.
 * @param L The directions.
 * @returns One row for each J.
 */
export function energiesLeft(image: Float64Array, scales: readonly number[], L: number): EnergiesLeft[] {
  const side = sideOf(image);
  const largestJ = Math.max(...scales);
  const bank = splineBank.build({ height: side, width: side, J: largestJ, L });
  const power = Array.from(
    { length: 3 },
    () => Array.from({ length: largestJ + 1 }, () => new Float64Array(image.length)),
  );
  visitPaths(image, bank, { maxOrder: 2, paths: "all", lastSpectra: true }, (path, _, spectrum) => {
    addPower(power[path.order]![path.largestScale + 1]!, spectrum!);
  });
  const whole = inner(image, image);
  return scales.map((J) => {
    const phi = splineBank.lowPass({ height: side, width: side }, J);
    const left = power.map((byScale) => {
      let sum = 0;
      for (const spectrum of byScale.slice(0, J + 1)) {
        for (let i = 0; i < phi.length; i++) sum += spectrum[i]! * (1 - phi[i]! ** 2);
      }
      return sum / whole;
    });
    return [1, ...left];
  });
}

/** The transform of a map, its spectrum times a filter, and back: what an average leaves of it. */
export function averaged(map: Float64Array, phi: Float64Array): Float64Array {
  const fft = planFor(sideOf(map));
  const re = map.slice();
  const im = new Float64Array(map.length);
  fft.forward(re, im);
  for (let i = 0; i < phi.length; i++) {
    re[i]! *= phi[i]!;
    im[i]! *= phi[i]!;
  }
  fft.inverse(re, im);
  return re;
}
