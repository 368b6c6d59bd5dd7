import type { OrthonormalWavelet } from "../../../src/numeric/wavelets/orthonormal_wavelet.ts";
import { waveletTransform2 } from "../../../src/numeric/wavelets/wavelet_transform2.ts";

/** The side of the coarse square that is left, in coefficients. */
const coarseSide = 4;

/** The squared coefficients of an image in an orthonormal basis of wavelets. */
export interface WaveletSquares {
  /** `(side, side)`, in the layout of `waveletTransform2()`. */
  readonly squares: Float64Array;
  /** Those of the scale 2^-j alone: the three squares of 2^j x 2^j coefficients. */
  ofScale(j: number): Float64Array;
}

/**
 * Transforms an image down to 4 x 4 coarse coefficients.
 *
 * @param image `(side, side)`; not changed.
 * @param side A power of two, >= 4.
 * @param wavelet Which.
 */
export function squaredWaveletCoefficients(
  image: Float64Array,
  side: number,
  wavelet: OrthonormalWavelet,
): WaveletSquares {
  const levels = Math.log2(side / coarseSide);
  const squares = waveletTransform2(image, side, levels, wavelet).map((value) => value * value);
  return {
    squares,
    ofScale(j) {
      const half = 2 ** j;
      const rows: Float64Array[] = [];
      for (let row = 0; row < 2 * half; row++) {
        const at = row * side;
        rows.push(squares.subarray(row < half ? at + half : at, at + 2 * half));
      }
      const all = new Float64Array(3 * half * half);
      let length = 0;
      for (const row of rows) {
        all.set(row, length);
        length += row.length;
      }
      return all;
    },
  };
}
