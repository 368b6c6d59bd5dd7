import { Fft } from "../../numeric/fourier/fft.ts";
import type { ColumnSamples } from "./periodic_gabor.ts";

/** So many columns are transformed at once. */
const BLOCK = 32;

/**
 * The real part of two-dimensional Fourier transforms on one grid, bit for bit that of `Fft2`, of functions that vanish but in some
 * columns: only these are transformed down the columns, and no more than one row of the result is in memory but for what is kept.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const transform = new FilterTransform(2, 2);
 * const samples = { columns: [1], re: Float64Array.of(2, 4), im: new Float64Array(2) };
 * assertEquals([...transform.realPart(samples)], [6, -6, -2, 2]);
 * ```
 */
export class FilterTransform {
  /** Rows of the grid. */
  readonly height: number;
  /** Columns of the grid. */
  readonly width: number;
  readonly #along: Fft;
  readonly #across: Fft;

  /**
   * @param height Rows of the grid.
   * @param width Columns of the grid.
   */
  constructor(height: number, width: number) {
    this.height = height;
    this.width = width;
    this.#along = new Fft(width);
    this.#across = new Fft(height, BLOCK);
  }

  /**
   * Transforms a function.
   *
   * @param samples The function; they are replaced.
   * @param out Receives the result; new where it is not given.
   * @returns The real part, of shape (height, width).
   */
  realPart(
    { columns, re, im }: ColumnSamples,
    out: Float64Array = new Float64Array(this.height * this.width),
  ): Float64Array {
    const count = columns.length;
    for (let first = 0; first < count; first += BLOCK) this.#transformColumns(re, im, count, first);
    const lineRe = new Float64Array(this.width);
    const lineIm = new Float64Array(this.width);
    for (let row = 0; row < this.height; row++) {
      lineRe.fill(0);
      lineIm.fill(0);
      for (let i = 0; i < count; i++) {
        lineRe[columns[i]!] = re[row * count + i]!;
        lineIm[columns[i]!] = im[row * count + i]!;
      }
      this.#along.forward(lineRe, lineIm);
      out.set(lineRe, row * this.width);
    }
    return out;
  }

  #transformColumns(re: Float64Array, im: Float64Array, count: number, first: number): void {
    const block = Math.min(BLOCK, count - first);
    const blockRe = new Float64Array(this.height * BLOCK);
    const blockIm = new Float64Array(this.height * BLOCK);
    for (let row = 0; row < this.height; row++) {
      const from = row * count + first;
      blockRe.set(re.subarray(from, from + block), row * BLOCK);
      blockIm.set(im.subarray(from, from + block), row * BLOCK);
    }
    this.#across.forward(blockRe, blockIm);
    for (let row = 0; row < this.height; row++) {
      const from = row * BLOCK;
      re.set(blockRe.subarray(from, from + block), row * count + first);
      im.set(blockIm.subarray(from, from + block), row * count + first);
    }
  }
}
