// Forward transforms of real maps with the transforms of fft.ts, whose exponent is +i.
//
// Down the columns, two columns are one complex signal; taking them apart costs nothing and conjugates them, which turns
// +i into -i. Along the rows, exchanging real and imaginary part before and after does the same: so spectra are kept with
// the imaginary part first. They are also kept doubled; the tables of filters and weights hold the halves.

import { PLAIN } from "./butterflies";
import { ELEMENT, fft } from "./fft";
import { FULL, Grid, Work } from "./layout";
import { add, mul, sub } from "./vector";

/**
 * Transforms real columns, an even number, and writes the half spectra (row frequencies 0 to rows / 2) to the columns
 * from `column` on of the map in `work`.
 */
export function forwardColumns<T>(grid: Grid, real: usize, step: usize, column: usize, columns: usize, work: Work): void {
  const n = grid.rows, pairs = columns >> 1, packed = work.packed;
  fft<T>(grid.across, PLAIN, real, step, ELEMENT, packed, pairs * ELEMENT, ELEMENT, pairs, work.transform);
  let y0 = work.map + column * ELEMENT;
  for (let k: usize = 0; k <= n >> 1; k++, y0 += grid.step) {
    // With transforms A and B of the columns, Z = A + iB, and conj Z[-k] = A - iB.
    let p = packed + k * pairs * ELEMENT, q = packed + (k ? n - k : 0) * pairs * ELEMENT, y = y0;
    for (let i: usize = 0; i < pairs; i++, p += ELEMENT, q += ELEMENT, y += 2 * ELEMENT) {
      const pr = v128.load(p), pi = v128.load(p, 16), qr = v128.load(q), qi = v128.load(q, 16);
      v128.store(y, sub<T>(qi, pi));
      v128.store(y, add<T>(pr, qr), 16);
      v128.store(y, sub<T>(pr, qr), 32);
      v128.store(y, add<T>(pi, qi), 48);
    }
  }
}

/** Transforms the rows of the half spectrum in `work`; the other half, if asked for, is its mirror image. */
export function forwardRows<T>(grid: Grid, part: usize, work: Work, spectrum: usize): void {
  const half = (grid.rows >> 1) + 1, step = grid.step;
  for (let row: usize = 0; row < half; row += grid.rowBlock) {
    const rows = min(grid.rowBlock, half - row);
    const src = work.map + row * step, dst = spectrum + row * step;
    fft<T>(grid.along, PLAIN, src, ELEMENT, step, dst, ELEMENT, step, rows, work.transform);
    if (part == FULL) {
      for (let k = max(row, 1); k < row + rows && k << 1 < grid.rows; k++) {
        mirror<T>(spectrum + k * step, spectrum + (grid.rows - k) * step, grid.columns);
      }
    }
  }
}

/** Row -k of the spectrum of a real map from its row k: conjugate, and columns negated modulo their number. */
function mirror<T>(x: usize, y: usize, columns: usize): void {
  v128.store(y, v128.neg<T>(v128.load(x)));
  v128.store(y, v128.load(x, 16), 16);
  y += columns * ELEMENT;
  for (let c: usize = 1; c < columns; c++) {
    x += ELEMENT;
    y -= ELEMENT;
    v128.store(y, v128.neg<T>(v128.load(x)));
    v128.store(y, v128.load(x, 16), 16);
  }
}

/** Adds |spectrum|^2 of the rows 0 to rows / 2 to `power`. */
export function addPower<T>(grid: Grid, spectrum: usize, power: usize): void {
  for (let row: usize = 0; row <= grid.rows >> 1; row++) {
    let x = spectrum + row * grid.step;
    for (const end = x + grid.columns * ELEMENT; x < end; x += ELEMENT, power += 16) {
      const re = v128.load(x, 16), im = v128.load(x);
      v128.store(power, add<T>(v128.load(power), add<T>(mul<T>(re, re), mul<T>(im, im))));
    }
  }
}

/** sum weight power, in four interleaved parts. */
export function weigh<T>(count: usize, weights: usize, power: usize): v128 {
  let a = v128.splat<T>(0), b = a, c = a, d = a;
  let i: usize = 0;
  for (; i + 4 <= count; i += 4, weights += 4 * sizeof<T>(), power += 64) {
    a = add<T>(a, mul<T>(v128.load_splat<T>(weights), v128.load(power)));
    b = add<T>(b, mul<T>(v128.load_splat<T>(weights, sizeof<T>()), v128.load(power, 16)));
    c = add<T>(c, mul<T>(v128.load_splat<T>(weights, 2 * sizeof<T>()), v128.load(power, 32)));
    d = add<T>(d, mul<T>(v128.load_splat<T>(weights, 3 * sizeof<T>()), v128.load(power, 48)));
  }
  for (; i < count; i++, weights += sizeof<T>(), power += 16) {
    a = add<T>(a, mul<T>(v128.load_splat<T>(weights), v128.load(power)));
  }
  return add<T>(add<T>(a, b), add<T>(c, d));
}
