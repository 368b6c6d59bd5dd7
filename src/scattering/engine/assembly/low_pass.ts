// Separable low-pass filter and sub-sampling as products with two small matrices.

import { add, mul, realBytes } from "./vector";

/**
 * y[o][t] = sum_i matrix[o][i] x[i][t] for `outputs` (a multiple of 4) outputs and `signals` signals of real elements. The
 * matrix stands in groups of four outputs, the four side by side for each i; `srcStep` and `srcNext` are the
 * bytes from i to i + 1 and from t to t + 1; y has t side by side, `dstStep` bytes from o to o + 1.
 */
export function lowPass<T, W = u8>(matrix: usize, outputs: usize, length: usize, src: usize, srcStep: usize, srcNext: usize, signals: usize, dst: usize, dstStep: usize): void {
  for (let o: usize = 0; o < outputs; o += 4, dst += 4 * dstStep, matrix += 4 * length * sizeof<T>()) {
    const end = matrix + 4 * length * sizeof<T>();
    let t: usize = 0;
    if (sizeof<W>() == 2) {
      for (; t < signals; t++) {
        filterPair<T>(matrix, end, src + t * srcNext, srcStep, 16, dst + t * realBytes<W>(), dstStep);
      }
    } else {
      for (; t + 2 <= signals; t += 2) {
        filterPair<T>(matrix, end, src + t * srcNext, srcStep, srcNext, dst + t * realBytes<W>(), dstStep);
      }
      if (t < signals) filterOne<T>(matrix, end, src + t * srcNext, srcStep, dst + t * realBytes<W>(), dstStep);
    }
  }
}

/** Four outputs of two vectors that stand `next` bytes apart. */
@inline
function filterPair<T>(matrix: usize, end: usize, x: usize, step: usize, next: usize, y: usize, yStep: usize): void {
  let a0 = v128.splat<T>(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (let m = matrix; m < end; m += 4 * sizeof<T>(), x += step) {
    const u = v128.load(x), v = v128.load(x + next);
    let f = v128.load_splat<T>(m);
    a0 = add<T>(a0, mul<T>(f, u)); b0 = add<T>(b0, mul<T>(f, v));
    f = v128.load_splat<T>(m, sizeof<T>());
    a1 = add<T>(a1, mul<T>(f, u)); b1 = add<T>(b1, mul<T>(f, v));
    f = v128.load_splat<T>(m, 2 * sizeof<T>());
    a2 = add<T>(a2, mul<T>(f, u)); b2 = add<T>(b2, mul<T>(f, v));
    f = v128.load_splat<T>(m, 3 * sizeof<T>());
    a3 = add<T>(a3, mul<T>(f, u)); b3 = add<T>(b3, mul<T>(f, v));
  }
  v128.store(y, b0, 16); v128.store(y, a0);
  y += yStep;
  v128.store(y, b1, 16); v128.store(y, a1);
  y += yStep;
  v128.store(y, b2, 16); v128.store(y, a2);
  y += yStep;
  v128.store(y, b3, 16); v128.store(y, a3);
}

@inline
function filterOne<T>(matrix: usize, end: usize, x: usize, step: usize, y: usize, yStep: usize): void {
  let a0 = v128.splat<T>(0), a1 = a0, a2 = a0, a3 = a0;
  for (let m = matrix; m < end; m += 4 * sizeof<T>(), x += step) {
    const u = v128.load(x);
    a0 = add<T>(a0, mul<T>(v128.load_splat<T>(m), u));
    a1 = add<T>(a1, mul<T>(v128.load_splat<T>(m, sizeof<T>()), u));
    a2 = add<T>(a2, mul<T>(v128.load_splat<T>(m, 2 * sizeof<T>()), u));
    a3 = add<T>(a3, mul<T>(v128.load_splat<T>(m, 3 * sizeof<T>()), u));
  }
  v128.store(y, a0);
  y += yStep;
  v128.store(y, a1);
  y += yStep;
  v128.store(y, a2);
  y += yStep;
  v128.store(y, a3);
}
