import { Fft } from "./fft.ts";

/**
 * A plan for the complex two-dimensional discrete Fourier transform of one size, in float64 and in place:
 *
 *     X[k, l] = sum_(u, v) x[u, v] exp(-2 pi i (u k / height + v l / width))
 *
 * Arrays are row-major of shape (height, width). A plan owns its work space, so it must not be shared between
 * threads.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fft = new Fft2(2, 2);
 * const re = Float64Array.of(1, 2, 3, 4);
 * const im = new Float64Array(4);
 * fft.forward(re, im);
 * assertEquals([...re], [10, -2, -4, 0]);
 * ```
 */
export class Fft2 {
  /** The number of rows. */
  readonly height: number;
  /** The number of columns. */
  readonly width: number;
  readonly #rows: Fft;
  readonly #columns: Fft;

  /**
   * Prepares tables and work space.
   *
   * @param height The number of rows, a positive integer.
   * @param width The number of columns, a positive integer.
   * @throws {RangeError} Where one of them is not a positive integer.
   */
  constructor(height: number, width: number) {
    this.height = height;
    this.width = width;
    this.#rows = new Fft(width);
    this.#columns = new Fft(height, width);
  }

  /**
   * The forward transform, with no factor. With `re` and `im` exchanged, it is the inverse transform without
   * its factor 1 / (height * width).
   *
   * @param re Real parts, of shape (height, width); replaced.
   * @param im Imaginary parts; replaced.
   * @throws {RangeError} Where an array is too short.
   */
  forward(re: Float64Array, im: Float64Array): void {
    this.#columns.forward(re, im);
    for (let row = 0; row < this.height; row++) this.#rows.forward(re, im, row * this.width);
  }

  /**
   * The inverse transform, with the factor 1 / (height * width).
   *
   * @param re Real parts, of shape (height, width); replaced.
   * @param im Imaginary parts; replaced.
   * @throws {RangeError} Where an array is too short.
   */
  inverse(re: Float64Array, im: Float64Array): void {
    this.forward(im, re);
    const size = this.height * this.width;
    for (let i = 0; i < size; i++) {
      re[i] = re[i]! / size;
      im[i] = im[i]! / size;
    }
  }
}
