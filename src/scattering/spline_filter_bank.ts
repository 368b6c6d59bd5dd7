import { power } from "../linalg/power.ts";
import { battleLemarie } from "./battle_lemarie.ts";
import {
  buildWavelets,
  checkFilterBankShape,
  type FilterBank,
  type FilterBankShape,
  frequencies,
} from "./filter_bank.ts";
import { meyerWindow } from "./meyer_window.ts";

/** The grid, scales and orientations of a spline filter bank. */
export interface SplineFilterBankShape extends FilterBankShape {
  /**
   * How much broader every filter is, in octaves: A_j(R) = b(2^(j - dilation) R)^2 for j >= 1, so that the frame stays
   * tight. 0 where it is not given.
   */
  readonly dilation?: number;
}

/**
 * Cubic spline wavelets in polar coordinates: an exact tight frame on the grid of the discrete Fourier
 * transform, for the energies of Bruna and Mallat (2013), table 1.
 *
 * With R = |w| and the Battle-Lemarie scaling function b, the low-pass is b(2^J R), and the wavelet of scale j
 * and direction theta_l = pi l / L is
 *
 *     psi_(j,l)(w) = sqrt(A_j(R) - A_(j+1)(R)) g(arg w - theta_l),   A_0 = 1, A_j(R) = b(2^j R)^2
 *
 * with the {@linkcode meyerWindow} g. Differences telescope and squared windows sum to 2, so the
 * Littlewood-Paley sum is 1 everywhere; the corners of the spectrum belong to j = 0. At a Nyquist frequency,
 * which a grid of even size does not tell from its opposite, g^2 is averaged over both.
 *
 * @param shape Grid, scales, orientations and dilation; any sides with 2^J <= the smaller one.
 * @returns Non-negative filters.
 * @throws {RangeError} Where the shape is not possible.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { phi, wavelets } = splineFilterBank({ height: 16, width: 16, J: 2, L: 6 });
 * assertEquals(wavelets.length, 12);
 * assertEquals([phi[0], wavelets[0]!.psi[0]], [1, 0]);
 * ```
 */
export function splineFilterBank(shape: SplineFilterBankShape): FilterBank {
  checkFilterBankShape(shape);
  const { height, width, J, L, dilation = 0 } = shape;
  // A_0 to A_J, then the squared windows: everything that the wavelets are products of.
  const lowPasses = Array.from(
    { length: J + 1 },
    (_, j) =>
      j === 0
        ? new Float64Array(height * width).fill(1)
        : splineLowPass({ height, width }, j, dilation).map((v) => v ** 2),
  );
  const windows = Array.from({ length: L }, (_, l) => squaredWindow(height, width, (Math.PI * l) / L, L));
  const wavelets = buildWavelets(shape, (theta) => (Math.PI * theta) / L, ({ j, theta }) => {
    const [outer, inner, window] = [lowPasses[j]!, lowPasses[j + 1]!, windows[theta]!];
    // The difference is >= 0 but for rounding.
    return outer.map((value, i) => Math.sqrt(Math.max(0, value - inner[i]!) * window[i]!));
  });
  return { height, width, J, L, wavelets, phi: splineLowPass(shape, J, dilation) };
}

/**
 * The low-pass filter of {@linkcode splineFilterBank}, b(2^(J - dilation) R).
 *
 * @param grid The number of rows and columns.
 * @param J The scale.
 * @param dilation How much broader than b(2^J R) the filter is, in octaves.
 * @returns Its values in the Fourier domain, of shape (height, width).
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const phi = splineLowPass({ height: 1, width: 8 }, 2);
 * assertAlmostEquals(phi[1]! ** 2, 1 / 2, 1e-4); // at pi / 2^J
 * ```
 */
export function splineLowPass(
  { height, width }: { readonly height: number; readonly width: number },
  J: number,
  dilation = 0,
): Float64Array {
  const scale = power(2, J - dilation);
  const columns = frequencies(width);
  const phi = new Float64Array(height * width);
  frequencies(height).forEach((row, k) => {
    for (let l = 0; l < width; l++) {
      phi[k * width + l] = battleLemarie(scale * Math.hypot(row, columns[l]!));
    }
  });
  return phi;
}

/** g(arg w - axis)^2, averaged over the signs of Nyquist frequencies, of shape (height, width). */
function squaredWindow(height: number, width: number, axis: number, L: number): Float64Array {
  const rows = frequencies(height);
  const columns = frequencies(width);
  const window = new Float64Array(height * width);
  for (let k = 0; k < height; k++) {
    const rowSigns = 2 * k === height ? [1, -1] : [1];
    for (let l = 0; l < width; l++) {
      const columnSigns = 2 * l === width ? [1, -1] : [1];
      let sum = 0;
      for (const rowSign of rowSigns) {
        for (const columnSign of columnSigns) {
          const angle = Math.atan2(columnSign * columns[l]!, rowSign * rows[k]!) - axis;
          const distance = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
          sum += meyerWindow(distance, L) ** 2;
        }
      }
      window[k * width + l] = sum / (rowSigns.length * columnSigns.length);
    }
  }
  return window;
}
