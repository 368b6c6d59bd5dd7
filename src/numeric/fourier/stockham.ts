import { type Pass, planPass, runPass, type SplitComplex } from "./butterflies.ts";

/**
 * Splits a length into the radices of {@linkcode Stockham}.
 *
 * @param length A positive integer.
 * @returns Radices 4, 2, 3 and 5 whose product is `length`, or `undefined` where it has another prime factor.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stockhamRadices(120), [4, 2, 3, 5]);
 * assertEquals(stockhamRadices(14), undefined);
 * ```
 */
export function stockhamRadices(length: number): number[] | undefined {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [4, 2, 3, 5]) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  return rest === 1 ? radices : undefined;
}

/**
 * The discrete Fourier transform of `columns` interleaved signals whose length has no prime factor above 5, by
 * the self-sorting algorithm of Stockham (Van Loan, Computational Frameworks for the Fast Fourier Transform,
 * section 1.7). Use `Fft`, which takes any length.
 */
export class Stockham {
  readonly #passes: readonly Pass[];
  readonly #work: SplitComplex;
  /** A view of the caller's arrays, kept so that a call allocates nothing. */
  readonly #data: SplitComplex;

  /**
   * Prepares tables and work space.
   *
   * @param length The length of each signal.
   * @param columns The number of signals.
   * @param radices What {@linkcode stockhamRadices} found for `length`.
   */
  constructor(length: number, columns: number, radices: readonly number[]) {
    let butterflies = length;
    let stride = columns;
    this.#passes = radices.map((radix) => {
      butterflies /= radix;
      const pass = planPass(radix, butterflies, stride);
      stride *= radix;
      return pass;
    });
    const size = length * columns;
    this.#work = { re: new Float64Array(size), im: new Float64Array(size), offset: 0 };
    this.#data = { ...this.#work };
  }

  /**
   * Transforms in place, with no factor.
   *
   * @param re Real parts; element t of signal c stands at `offset + t * columns + c`.
   * @param im Imaginary parts, likewise.
   * @param offset Index of the first element.
   */
  forward(re: Float64Array, im: Float64Array, offset: number): void {
    const data = this.#data;
    data.re = re;
    data.im = im;
    data.offset = offset;
    let from = data;
    let to = this.#work;
    for (const pass of this.#passes) {
      runPass(pass, from, to);
      [from, to] = [to, from];
    }
    if (from !== data) {
      const { re: workRe, im: workIm } = this.#work;
      for (let i = 0; i < workRe.length; i++) {
        re[offset + i] = workRe[i]!;
        im[offset + i] = workIm[i]!;
      }
    }
  }
}
