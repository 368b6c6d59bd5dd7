import { highPassTaps, lowPassTaps, type OrthonormalWavelet } from "./orthonormal_wavelet.ts";

/**
 * The separable orthonormal wavelet transform of a square, periodic image, in float64 (Mallat 1989). One level takes a square of side s to
 *
 *     a[u] = sum_k h[k] x[2 u + k],    d[u] = sum_k g[k] x[2 u + k]    (indices modulo s)
 *
 * along rows and then along columns, and the next one goes on with its coarse quarter. The result is Mallat's pyramid: the coarse
 * coefficients are the square of side / 2^levels in the top left corner; at each level the coefficients that are fine along columns of
 * pixels (from row to row) stand below, those fine along rows to the right, those fine along both on the diagonal.
 *
 * @param values `(side, side)`, row-major; not changed.
 * @param side A multiple of 2^levels.
 * @param levels How many, >= 0. Where a square is smaller than the taps, they wrap around it more than once; the transform stays orthonormal.
 * @param wavelet Which.
 * @returns `(side, side)`.
 * @throws {RangeError} Where the side is no multiple of 2^levels, or there are not side^2 values.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const coefficients = waveletTransform2(Float64Array.of(1, 2, 3, 6), 2, 1, "haar");
 * for (const [i, value] of [6, -2, -3, 1].entries()) assertAlmostEquals(coefficients[i]!, value, 1e-14);
 * ```
 */
export function waveletTransform2(
  values: Float64Array,
  side: number,
  levels: number,
  wavelet: OrthonormalWavelet,
): Float64Array {
  check(values, side, levels);
  const result = values.slice();
  const scratch = new Float64Array(side * side);
  const filters = filtersOf(wavelet);
  for (let level = 0; level < levels; level++) {
    const square = side / 2 ** level;
    analyseRows(result, scratch, side, square, filters);
    analyseColumns(scratch, result, side, square, filters);
  }
  return result;
}

/**
 * The inverse of `waveletTransform2()`, which is its transpose.
 *
 * @param coefficients `(side, side)` in the layout of `waveletTransform2()`; not changed.
 * @param side As there.
 * @param levels As there.
 * @param wavelet As there.
 * @returns `(side, side)`.
 * @throws {RangeError} As there.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const atom = inverseWaveletTransform2(Float64Array.of(0, 1, 0, 0), 2, 1, "haar");
 * for (const [i, value] of [0.5, -0.5, 0.5, -0.5].entries()) assertAlmostEquals(atom[i]!, value, 1e-14);
 * ```
 */
export function inverseWaveletTransform2(
  coefficients: Float64Array,
  side: number,
  levels: number,
  wavelet: OrthonormalWavelet,
): Float64Array {
  check(coefficients, side, levels);
  const result = coefficients.slice();
  const scratch = new Float64Array(side * side);
  const filters = filtersOf(wavelet);
  for (let level = levels - 1; level >= 0; level--) {
    const square = side / 2 ** level;
    synthesiseColumns(result, scratch, side, square, filters);
    synthesiseRows(scratch, result, side, square, filters);
  }
  return result;
}

/** The two filters of a level. */
interface Filters {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function filtersOf(wavelet: OrthonormalWavelet): Filters {
  return { low: lowPassTaps[wavelet], high: highPassTaps(wavelet) };
}

function check(values: Float64Array, side: number, levels: number): void {
  if (
    !Number.isInteger(levels) || levels < 0 || !Number.isInteger(side) || side < 1 || side % 2 ** levels !== 0
  ) {
    throw new RangeError(
      `Cannot transform an image of side ${side} by ${levels} levels of wavelets: the side must be a multiple of 2^levels`,
    );
  }
  if (values.length !== side * side) {
    throw new RangeError(
      `Cannot transform an image of side ${side}: it must have ${
        side * side
      } values: it has ${values.length}`,
    );
  }
}

function analyseRows(
  from: Float64Array,
  to: Float64Array,
  side: number,
  square: number,
  { low, high }: Filters,
): void {
  const half = square / 2;
  for (let row = 0; row < square; row++) {
    const at = row * side;
    for (let u = 0; u < half; u++) {
      let coarse = 0;
      let fine = 0;
      for (let k = 0; k < low.length; k++) {
        const x = from[at + (2 * u + k) % square]!;
        coarse += low[k]! * x;
        fine += high[k]! * x;
      }
      to[at + u] = coarse;
      to[at + half + u] = fine;
    }
  }
}

function analyseColumns(
  from: Float64Array,
  to: Float64Array,
  side: number,
  square: number,
  { low, high }: Filters,
): void {
  const half = square / 2;
  for (let u = 0; u < half; u++) {
    const coarse = to.subarray(u * side, u * side + square).fill(0);
    const fine = to.subarray((half + u) * side, (half + u) * side + square).fill(0);
    for (let k = 0; k < low.length; k++) {
      // Whole rows at a time: neighbours in memory.
      const at = (2 * u + k) % square * side;
      const h = low[k]!;
      const g = high[k]!;
      for (let column = 0; column < square; column++) {
        coarse[column]! += h * from[at + column]!;
        fine[column]! += g * from[at + column]!;
      }
    }
  }
}

function synthesiseColumns(
  from: Float64Array,
  to: Float64Array,
  side: number,
  square: number,
  { low, high }: Filters,
): void {
  const half = square / 2;
  for (let row = 0; row < square; row++) to.fill(0, row * side, row * side + square);
  for (let u = 0; u < half; u++) {
    const coarse = u * side;
    const fine = (half + u) * side;
    for (let k = 0; k < low.length; k++) {
      const at = (2 * u + k) % square * side;
      const h = low[k]!;
      const g = high[k]!;
      for (let column = 0; column < square; column++) {
        to[at + column]! += h * from[coarse + column]! + g * from[fine + column]!;
      }
    }
  }
}

function synthesiseRows(
  from: Float64Array,
  to: Float64Array,
  side: number,
  square: number,
  { low, high }: Filters,
): void {
  const half = square / 2;
  for (let row = 0; row < square; row++) {
    const at = row * side;
    to.fill(0, at, at + square);
    for (let u = 0; u < half; u++) {
      const coarse = from[at + u]!;
      const fine = from[at + half + u]!;
      for (let k = 0; k < low.length; k++) {
        to[at + (2 * u + k) % square]! += low[k]! * coarse + high[k]! * fine;
      }
    }
  }
}
