import { power } from "../../numeric/linalg/power.ts";
import { battleLemarie } from "./battle_lemarie.ts";
import {
  buildWavelets,
  checkFilterBankShape,
  describeWavelets,
  type FilterBank,
  type FilterBankShape,
  type FilterSource,
  frequencies,
} from "./filter_bank.ts";
import { meyerWindow } from "./meyer_window.ts";
import type { NestedBank } from "./wavelet_bank.ts";

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
 * The frequencies of a grid that keeps every 2^r-th sample are those of the image times 2^r, and all wavelets but the
 * finest are dilations of each other: so the bank of the coarse grid is that of the image from scale r + 1 on. Maps are
 * kept one octave above the critical rate.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { phi, wavelets } = splineBank.build({ height: 16, width: 16, J: 2, L: 6 });
 * assertEquals(wavelets.length, 12);
 * assertEquals([phi[0], wavelets[0]!.psi[0]], [1, 0]);
 * ```
 */
export const splineBank: NestedBank = dilatedSplineBank(0);

/**
 * {@linkcode splineBank} with every filter broader: A_j(R) = b(2^(j - dilation) R)^2 for j >= 1, so that the frame stays
 * tight.
 *
 * @param dilation How much broader, in octaves; negative: narrower.
 * @returns The bank.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const grid = { height: 16, width: 16 };
 * assertEquals(dilatedSplineBank(1).lowPass(grid, 3), splineBank.lowPass(grid, 2));
 * ```
 */
export function dilatedSplineBank(dilation: number): NestedBank {
  return {
    name: dilation === 0 ? "spline" : `spline, dilated by ${dilation} octaves`,
    largestOrder: 4,
    oversampling: 1,
    // A map of 4 x 4 or 8 x 8 samples has so few frequencies that the errors of sub-sampling do not average out: in five
    // photographs of 128 x 128 they reached 0.025 points of one image's energy, against 0.005 with this bound.
    smallestSide: 16,
    coarseFilters: "build",
    isTightFrame: true,
    build: (shape) => build(shape, dilation),
    oneByOne: (shape) => oneByOne(shape, dilation),
    lowPass: (grid, J) => lowPass(grid, J, dilation),
  };
}

function build(shape: FilterBankShape, dilation: number): FilterBank {
  checkFilterBankShape(shape);
  const { height, width, J, L } = shape;
  // A_0 to A_J, then the squared windows: everything that the wavelets are products of.
  const lowPasses = Array.from(
    { length: J + 1 },
    (_, j) =>
      j === 0
        ? new Float64Array(height * width).fill(1)
        : lowPass({ height, width }, j, dilation).map((v) => v ** 2),
  );
  const windows = Array.from({ length: L }, (_, l) => squaredWindow(height, width, (Math.PI * l) / L, L));
  const wavelets = buildWavelets(shape, (theta) => (Math.PI * theta) / L, ({ j, theta }) => {
    const outer = lowPasses[j]!;
    const inner = lowPasses[j + 1]!;
    const window = windows[theta]!;
    // The difference is >= 0 but for rounding.
    return outer.map((value, i) => Math.sqrt(Math.max(0, value - inner[i]!) * window[i]!));
  });
  return { height, width, J, L, wavelets, phi: lowPass(shape, J, dilation) };
}

/** The filters of `build`, each from the formula: two scales and a window stand in memory at a time. */
function oneByOne(shape: FilterBankShape, dilation: number): FilterSource {
  checkFilterBankShape(shape);
  const { height, width, J, L } = shape;
  const wavelets = describeWavelets(shape, (theta) => (Math.PI * theta) / L);
  const scratch = new Float64Array(height * width);
  return {
    wavelets,
    psi: (n, out = new Float64Array(height * width)) => {
      const { j, angle } = wavelets[n]!;
      if (j === 0) out.fill(1);
      else lowPass(shape, j, dilation, out);
      const inner = lowPass(shape, j + 1, dilation, scratch);
      // A_0 is 1, whose square is that too.
      for (let i = 0; i < out.length; i++) out[i] = Math.max(0, out[i]! ** 2 - inner[i]! ** 2);
      const window = squaredWindow(height, width, angle, L, scratch);
      for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]! * window[i]!);
      return out;
    },
    phi: (out) => lowPass(shape, J, dilation, out),
  };
}

/** b(2^(J - dilation) R), of shape (height, width). */
function lowPass(
  { height, width }: { readonly height: number; readonly width: number },
  J: number,
  dilation: number,
  phi: Float64Array = new Float64Array(height * width),
): Float64Array {
  const scale = power(2, J - dilation);
  const columns = frequencies(width);
  frequencies(height).forEach((row, k) => {
    for (let l = 0; l < width; l++) {
      phi[k * width + l] = battleLemarie(scale * Math.hypot(row, columns[l]!));
    }
  });
  return phi;
}

/** g(arg w - axis)^2, averaged over the signs of Nyquist frequencies, of shape (height, width). */
function squaredWindow(
  height: number,
  width: number,
  axis: number,
  L: number,
  window: Float64Array = new Float64Array(height * width),
): Float64Array {
  const rows = frequencies(height);
  const columns = frequencies(width);
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
