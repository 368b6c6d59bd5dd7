// Forward transforms of real maps with the transforms of fft.ts, whose exponent is +i.
//
// Down the columns, two columns are one complex signal; taking them apart costs nothing and conjugates them, which turns
// +i into -i. Along the rows, exchanging real and imaginary part before and after does the same: so spectra are kept with
// the imaginary part first. They are also kept doubled; the tables of filters and weights hold the halves.

import { PLAIN } from "./butterflies";
import { fft } from "./fft";
import { FULL, Grid, Work } from "./layout";
import { add, elementBytes, imaginary, mul, real, realBytes, storeImaginary, storeReal, sub, upperImaginary, upperReal } from "./vector";

/**
 * Transforms real columns, an even number, and writes the half spectra (row frequencies 0 to rows / 2) to the columns
 * from `column` on of the map in `work`.
 */
export function forwardColumns<T, W>(grid: Grid, map: usize, step: usize, column: usize, columns: usize, work: Work): void {
  const n = grid.rows, pairs = columns >> 1, packed = work.packed;
  fft<T, W>(grid.across, PLAIN, map, step, elementBytes<W>(), packed, pairs * elementBytes<W>(), elementBytes<W>(), pairs, work.transform);
  let y0 = work.map + column * elementBytes<W>();
  for (let k: usize = 0; k <= n >> 1; k++, y0 += grid.step) {
    // With transforms A and B of the columns, Z = A + iB, and conj Z[-k] = A - iB.
    let p = packed + k * pairs * elementBytes<W>(), q = packed + (k ? n - k : 0) * pairs * elementBytes<W>(), y = y0;
    for (let i: usize = 0; i < pairs; i++, p += elementBytes<W>(), q += elementBytes<W>(), y += 2 * elementBytes<W>()) {
      const pr = real<W>(p), pi = imaginary<W>(p), qr = real<W>(q), qi = imaginary<W>(q);
      const pu = upperReal<W>(p), pv = upperImaginary<W>(p), qu = upperReal<W>(q), qv = upperImaginary<W>(q);
      storeReal<W>(y, sub<T>(qi, pi), sub<T>(qv, pv));
      storeImaginary<W>(y, add<T>(pr, qr), add<T>(pu, qu));
      storeReal<W>(y + elementBytes<W>(), sub<T>(pr, qr), sub<T>(pu, qu));
      storeImaginary<W>(y + elementBytes<W>(), add<T>(pi, qi), add<T>(pv, qv));
    }
  }
}

/** Transforms the rows of the half spectrum in `work`; the other half, if asked for, is its mirror image. */
export function forwardRows<T, W>(grid: Grid, part: usize, work: Work, spectrum: usize): void {
  const half = (grid.rows >> 1) + 1, step = grid.step;
  for (let row: usize = 0; row < half; row += grid.rowBlock) {
    const rows = min(grid.rowBlock, half - row);
    const src = work.map + row * step, dst = spectrum + row * step;
    fft<T, W>(grid.along, PLAIN, src, elementBytes<W>(), step, dst, elementBytes<W>(), step, rows, work.transform);
    if (part == FULL) {
      for (let k = max(row, 1); k < row + rows && k << 1 < grid.rows; k++) {
        mirror<T, W>(spectrum + k * step, spectrum + (grid.rows - k) * step, grid.columns);
      }
    }
  }
}

/** Row -k of the spectrum of a real map from its row k: conjugate, and columns negated modulo their number. */
function mirror<T, W>(x: usize, y: usize, columns: usize): void {
  conjugate<T, W>(x, y);
  y += columns * elementBytes<W>();
  for (let c: usize = 1; c < columns; c++) {
    x += elementBytes<W>();
    y -= elementBytes<W>();
    conjugate<T, W>(x, y);
  }
}

@inline
function conjugate<T, W>(x: usize, y: usize): void {
  const im = real<W>(x), im2 = upperReal<W>(x), re = imaginary<W>(x), re2 = upperImaginary<W>(x);
  storeReal<W>(y, v128.neg<T>(im), v128.neg<T>(im2));
  storeImaginary<W>(y, re, re2);
}

/**
 * The transpose of the two, first half: along the rows of a spectrum G that comes back. Only the real part of its transform counts, which is
 * that of H[k] = G[k] + conj G[-k] (twice the real part, since spectra are kept doubled): half of the rows.
 */
export function adjointRows<T, W>(grid: Grid, spectrum: usize, work: Work): void {
  const n = grid.rows, half = (n >> 1) + 1, columns = grid.columns, step = grid.step;
  for (let row: usize = 0; row < half; row += grid.rowBlock) {
    const rows = min(grid.rowBlock, half - row);
    let y = work.fold;
    for (let k = row; k < row + rows; k++) {
      let x = spectrum + k * step;
      const opposite = spectrum + (n - k) % n * step;
      let q = opposite;
      for (let c = columns; c > 0; c--, x += elementBytes<W>(), y += elementBytes<W>(), q = opposite + c * elementBytes<W>()) {
        storeReal<W>(y, add<T>(imaginary<W>(x), imaginary<W>(q)), add<T>(upperImaginary<W>(x), upperImaginary<W>(q)));
        storeImaginary<W>(y, sub<T>(real<W>(x), real<W>(q)), sub<T>(upperReal<W>(x), upperReal<W>(q)));
      }
    }
    fft<T, W>(grid.along, PLAIN, work.fold, elementBytes<W>(), columns * elementBytes<W>(), work.map + row * step, elementBytes<W>(), step, rows, work.transform);
  }
}

/** The second half: real columns from the half spectrum in `work`, two as one complex signal; `columns` is even. */
export function adjointColumns<T, W>(grid: Grid, column: usize, columns: usize, map: usize, step: usize, work: Work): void {
  const n = grid.rows, pairs = columns >> 1, packed = work.packed;
  let x0 = work.map + column * elementBytes<W>();
  for (let k: usize = 0; k <= n >> 1; k++, x0 += grid.step) {
    // With transforms A and B of the columns, Z = A + iB, and Z[-k] = conj A + i conj B.
    let p = packed + k * pairs * elementBytes<W>(), q = packed + (n - k) % n * pairs * elementBytes<W>(), x = x0;
    for (let i: usize = 0; i < pairs; i++, p += elementBytes<W>(), q += elementBytes<W>(), x += 2 * elementBytes<W>()) {
      const b = x + elementBytes<W>();
      const ar = real<W>(x), ai = imaginary<W>(x), br = real<W>(b), bi = imaginary<W>(b);
      const au = upperReal<W>(x), av = upperImaginary<W>(x), bu = upperReal<W>(b), bv = upperImaginary<W>(b);
      storeReal<W>(q, add<T>(ar, bi), add<T>(au, bv));
      storeImaginary<W>(q, sub<T>(br, ai), sub<T>(bu, av));
      storeReal<W>(p, sub<T>(ar, bi), sub<T>(au, bv));
      storeImaginary<W>(p, add<T>(ai, br), add<T>(av, bu));
    }
  }
  fft<T, W>(grid.across, PLAIN, packed, pairs * elementBytes<W>(), elementBytes<W>(), map, step, elementBytes<W>(), pairs, work.transform);
}

/** Adds |spectrum|^2 of the rows 0 to rows / 2 to `power`. */
export function addPower<T, W>(grid: Grid, spectrum: usize, power: usize): void {
  for (let row: usize = 0; row <= grid.rows >> 1; row++) {
    let x = spectrum + row * grid.step;
    for (const end = x + grid.columns * elementBytes<W>(); x < end; x += elementBytes<W>(), power += realBytes<W>()) {
      const im = real<W>(x), im2 = upperReal<W>(x), re = imaginary<W>(x), re2 = upperImaginary<W>(x);
      const first = add<T>(real<W>(power), add<T>(mul<T>(re, re), mul<T>(im, im)));
      const second = add<T>(upperReal<W>(power), add<T>(mul<T>(re2, re2), mul<T>(im2, im2)));
      storeReal<W>(power, first, second);
    }
  }
}

/** dst = sum weight power, in four interleaved parts. */
export function weigh<T, W>(count: usize, weights: usize, power: usize, dst: usize): void {
  const step = realBytes<W>();
  let a = v128.splat<T>(0), b = a, c = a, d = a, a2 = a, b2 = a, c2 = a, d2 = a;
  let i: usize = 0;
  for (; i + 4 <= count; i += 4, weights += 4 * sizeof<T>(), power += 4 * step) {
    let weight = v128.load_splat<T>(weights);
    a = add<T>(a, mul<T>(weight, real<W>(power))); a2 = add<T>(a2, mul<T>(weight, upperReal<W>(power)));
    weight = v128.load_splat<T>(weights, sizeof<T>());
    b = add<T>(b, mul<T>(weight, real<W>(power + step))); b2 = add<T>(b2, mul<T>(weight, upperReal<W>(power + step)));
    weight = v128.load_splat<T>(weights, 2 * sizeof<T>());
    c = add<T>(c, mul<T>(weight, real<W>(power + 2 * step))); c2 = add<T>(c2, mul<T>(weight, upperReal<W>(power + 2 * step)));
    weight = v128.load_splat<T>(weights, 3 * sizeof<T>());
    d = add<T>(d, mul<T>(weight, real<W>(power + 3 * step))); d2 = add<T>(d2, mul<T>(weight, upperReal<W>(power + 3 * step)));
  }
  for (; i < count; i++, weights += sizeof<T>(), power += step) {
    const weight = v128.load_splat<T>(weights);
    a = add<T>(a, mul<T>(weight, real<W>(power))); a2 = add<T>(a2, mul<T>(weight, upperReal<W>(power)));
  }
  storeReal<W>(dst, add<T>(add<T>(a, b), add<T>(c, d)), add<T>(add<T>(a2, b2), add<T>(c2, d2)));
}
