import { Fft2 } from "../../../src/numeric/fourier/fft2.ts";

/**
 * The squared coefficients of a real image in the orthonormal basis of cosines and sines: of each pair of opposite frequencies 2^(1/2) times the
 * real and the imaginary part of one of them; four frequencies are their own opposites and have one coefficient.
 *
 * @param image `(side, side)`; not changed.
 * @param side An even number.
 * @returns side^2 squares, whose sum is that of the squares of the image; in no order that means anything.
 */
export function squaredFourierCoefficients(image: Float64Array, side: number): Float64Array {
  const re = image.slice();
  const im = new Float64Array(side * side);
  new Fft2(side, side).forward(re, im);
  const scale = 1 / (side * side);
  const squares = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    const oppositeRow = row === 0 ? 0 : side - row;
    for (let column = 0; column < side; column++) {
      const oppositeColumn = column === 0 ? 0 : side - column;
      const here = row * side + column;
      const opposite = oppositeRow * side + oppositeColumn;
      if (here === opposite) squares[here] = scale * re[here]! * re[here]!;
      else if (here < opposite) {
        squares[here] = 2 * scale * re[here]! * re[here]!;
        squares[opposite] = 2 * scale * im[here]! * im[here]!;
      }
    }
  }
  return squares;
}
