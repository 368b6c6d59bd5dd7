import { Bluestein } from "./bluestein.ts";
import { Stockham, stockhamRadices } from "./stockham.ts";

/**
 * A plan for the complex discrete Fourier transform of one length, in float64 and in place:
 *
 *     X[k] = sum_t x[t] exp(-2 pi i t k / length)
 *
 * Lengths with no prime factor above 5 run in mixed radix 4, 2, 3, 5; every other length by Bluestein's
 * algorithm. Relative l2 error: below 2^-52 log2(length) for the former, five times that for the latter (see
 * the tests). A plan owns its work space, so it must not be shared between threads.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fft = new Fft(4);
 * const re = Float64Array.of(0, 1, 0, 0);
 * const im = new Float64Array(4);
 * fft.forward(re, im);
 * assertEquals([...im], [0, -1, 0, 1]);
 * fft.inverse(re, im);
 * assertEquals([...re], [0, 1, 0, 0]);
 * ```
 */
export class Fft {
  /** The length of each signal. */
  readonly length: number;
  /** How many signals are transformed at once. */
  readonly columns: number;
  readonly #plan: Stockham | Bluestein;

  /**
   * Prepares tables and work space.
   *
   * @param length The length of each signal, a positive integer.
   * @param columns How many signals stand side by side: element t of signal c at index `t * columns + c`.
   * @throws {RangeError} Where one of them is not a positive integer.
   */
  constructor(length: number, columns = 1) {
    for (const [name, value] of [["length", length], ["number of columns", columns]] as const) {
      if (!Number.isSafeInteger(value) || value < 1) {
        throw new RangeError(
          `Cannot plan a Fourier transform as the ${name} must be a positive integer: current value is ${value}`,
        );
      }
    }
    this.length = length;
    this.columns = columns;
    const radices = stockhamRadices(length);
    this.#plan = radices ? new Stockham(length, columns, radices) : new Bluestein(length, columns);
  }

  /**
   * The forward transform, with no factor. With `re` and `im` exchanged, it is the inverse transform without
   * its factor 1 / length.
   *
   * @param re Real parts, `length * columns` of them from `offset` on; replaced.
   * @param im Imaginary parts; replaced.
   * @param offset Index of the first element.
   * @throws {RangeError} Where an array ends too early.
   */
  forward(re: Float64Array, im: Float64Array, offset = 0): void {
    const end = offset + this.length * this.columns;
    if (offset < 0 || re.length < end || im.length < end) {
      throw new RangeError(
        `Cannot transform elements ${offset} to ${end} as both arrays must hold them: ` +
          `current lengths are ${re.length} and ${im.length}`,
      );
    }
    this.#plan.forward(re, im, offset);
  }

  /**
   * The inverse transform, with the factor 1 / length.
   *
   * @param re Real parts; replaced.
   * @param im Imaginary parts; replaced.
   * @param offset Index of the first element.
   * @throws {RangeError} Where an array ends too early.
   */
  inverse(re: Float64Array, im: Float64Array, offset = 0): void {
    this.forward(im, re, offset);
    const end = offset + this.length * this.columns;
    for (let i = offset; i < end; i++) {
      re[i] = re[i]! / this.length;
      im[i] = im[i]! / this.length;
    }
  }
}
