import { rootOfUnity } from "./root_of_unity.ts";
import { Stockham, stockhamRadices } from "./stockham.ts";

/**
 * The discrete Fourier transform of `columns` interleaved signals of any length, as a circular convolution
 * with a chirp (Bluestein, 1970): t k = (t^2 + k^2 - (k - t)^2) / 2. Use `Fft`, which takes this way only
 * where the length has a prime factor above 5.
 */
export class Bluestein {
  readonly #length: number;
  readonly #columns: number;
  /** exp(-pi i t^2 / length). */
  readonly #chirp: { re: Float64Array; im: Float64Array };
  /** The transform of the conjugate chirp, over the padded length. */
  readonly #kernel: { re: Float64Array; im: Float64Array };
  readonly #work: { re: Float64Array; im: Float64Array };
  readonly #plan: Stockham;

  /**
   * Prepares tables and work space.
   *
   * @param length The length of each signal.
   * @param columns The number of signals.
   */
  constructor(length: number, columns: number) {
    const padded = 2 ** Math.ceil(Math.log2(2 * length - 1));
    const radices = stockhamRadices(padded)!;
    this.#length = length;
    this.#columns = columns;
    this.#chirp = { re: new Float64Array(length), im: new Float64Array(length) };
    this.#kernel = { re: new Float64Array(padded), im: new Float64Array(padded) };
    for (let t = 0; t < length; t++) {
      const [re, im] = rootOfUnity((t * t) % (2 * length), 2 * length);
      this.#chirp.re[t] = re;
      this.#chirp.im[t] = im;
      for (const place of [t, (padded - t) % padded]) {
        this.#kernel.re[place] = re / padded; // the factor of the inverse transform is put in here
        this.#kernel.im[place] = -im / padded;
      }
    }
    new Stockham(padded, 1, radices).forward(this.#kernel.re, this.#kernel.im, 0);
    this.#work = { re: new Float64Array(padded * columns), im: new Float64Array(padded * columns) };
    this.#plan = new Stockham(padded, columns, radices);
  }

  /**
   * Transforms in place, with no factor.
   *
   * @param re Real parts; element t of signal c stands at `offset + t * columns + c`.
   * @param im Imaginary parts, likewise.
   * @param offset Index of the first element.
   */
  forward(re: Float64Array, im: Float64Array, offset: number): void {
    const columns = this.#columns;
    const size = this.#length * columns;
    const chirp = this.#chirp;
    const kernel = this.#kernel;
    const work = this.#work;
    for (let i = 0; i < size; i++) {
      const t = Math.floor(i / columns);
      const ar = re[offset + i]!;
      const ai = im[offset + i]!;
      work.re[i] = ar * chirp.re[t]! - ai * chirp.im[t]!;
      work.im[i] = ar * chirp.im[t]! + ai * chirp.re[t]!;
    }
    work.re.fill(0, size);
    work.im.fill(0, size);
    this.#plan.forward(work.re, work.im, 0);
    for (let i = 0; i < work.re.length; i++) {
      const k = Math.floor(i / columns);
      const ar = work.re[i]!;
      const ai = work.im[i]!;
      work.re[i] = ar * kernel.re[k]! - ai * kernel.im[k]!;
      work.im[i] = ar * kernel.im[k]! + ai * kernel.re[k]!;
    }
    this.#plan.forward(work.im, work.re, 0); // parts exchanged: the inverse transform
    for (let i = 0; i < size; i++) {
      const k = Math.floor(i / columns);
      const ar = work.re[i]!;
      const ai = work.im[i]!;
      re[offset + i] = ar * chirp.re[k]! - ai * chirp.im[k]!;
      im[offset + i] = ar * chirp.im[k]! + ai * chirp.re[k]!;
    }
  }
}
