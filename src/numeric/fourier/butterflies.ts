/**
 * The passes of a Stockham transform, one for each radix r.
 *
 * A pass reads x of shape (r, m, s) and writes y of shape (m, r, s), so that no bit reversal is needed:
 *
 *     y[p, k, q] = w^(p k) sum_(a < r) x[a, p, q] exp(-2 pi i a k / r),   w = exp(-2 pi i / (r m))
 *
 * @module
 */
import { rootOfUnity } from "./root_of_unity.ts";

/** One array of complex numbers: real and imaginary parts, from `offset` on. */
export interface SplitComplex {
  /** Real parts. */
  re: Float64Array;
  /** Imaginary parts. */
  im: Float64Array;
  /** Index of the first element. */
  offset: number;
}

/** One pass: radix, number of butterflies, and its twiddle factors. */
export interface Pass {
  /** r above: 2, 3, 4 or 5. */
  readonly radix: number;
  /** m above. */
  readonly butterflies: number;
  /** s above: how many neighbouring elements share a twiddle factor. */
  readonly stride: number;
  /** w^(p k) for p < m (outer) and 1 <= k < r (inner), real and imaginary parts in turn. */
  readonly twiddles: Float64Array;
}

/**
 * Prepares the pass of radix `radix` over arrays of shape (radix, butterflies, stride).
 *
 * @param radix 2, 3, 4 or 5.
 * @param butterflies The number m of butterflies.
 * @param stride The number s of neighbouring elements that share a twiddle factor.
 * @returns The pass with its table.
 */
export function planPass(radix: number, butterflies: number, stride: number): Pass {
  const twiddles = new Float64Array(2 * butterflies * (radix - 1));
  let t = 0;
  for (let p = 0; p < butterflies; p++) {
    for (let k = 1; k < radix; k++) {
      const [re, im] = rootOfUnity(p * k, radix * butterflies);
      twiddles[t++] = re;
      twiddles[t++] = im;
    }
  }
  return { radix, butterflies, stride, twiddles };
}

/**
 * Runs one pass from `x` to `y`, which must not overlap.
 *
 * @param pass What {@linkcode planPass} returned.
 * @param x Input of shape (radix, butterflies, stride).
 * @param y Output of shape (butterflies, radix, stride).
 */
export function runPass(pass: Pass, x: SplitComplex, y: SplitComplex): void {
  if (pass.radix === 4) radix4(pass, x, y);
  else if (pass.radix === 2) radix2(pass, x, y);
  else if (pass.radix === 3) radix3(pass, x, y);
  else radix5(pass, x, y);
}

function radix2({ butterflies, stride: s, twiddles: w }: Pass, x: SplitComplex, y: SplitComplex): void {
  const { re: xr, im: xi } = x;
  const { re: yr, im: yi } = y;
  const step = butterflies * s;
  for (let p = 0; p < butterflies; p++) {
    const wr = w[2 * p]!;
    const wi = w[2 * p + 1]!;
    let i = x.offset + p * s;
    let o = y.offset + 2 * p * s;
    for (const end = i + s; i < end; i++, o++) {
      const ar = xr[i]!;
      const ai = xi[i]!;
      const br = xr[i + step]!;
      const bi = xi[i + step]!;
      yr[o] = ar + br;
      yi[o] = ai + bi;
      multiply(yr, yi, o + s, ar - br, ai - bi, wr, wi);
    }
  }
}

/** sin(2 pi / 3). */
const SIN_3 = Math.sqrt(0.75);

function radix3({ butterflies, stride: s, twiddles: w }: Pass, x: SplitComplex, y: SplitComplex): void {
  const { re: xr, im: xi } = x;
  const { re: yr, im: yi } = y;
  const step = butterflies * s;
  for (let p = 0; p < butterflies; p++) {
    const w1r = w[4 * p]!;
    const w1i = w[4 * p + 1]!;
    const w2r = w[4 * p + 2]!;
    const w2i = w[4 * p + 3]!;
    let i = x.offset + p * s;
    let o = y.offset + 3 * p * s;
    for (const end = i + s; i < end; i++, o++) {
      const ar = xr[i]!;
      const ai = xi[i]!;
      const br = xr[i + step]!;
      const bi = xi[i + step]!;
      const cr = xr[i + 2 * step]!;
      const ci = xi[i + 2 * step]!;
      const sumR = br + cr;
      const sumI = bi + ci;
      const midR = ar - 0.5 * sumR;
      const midI = ai - 0.5 * sumI;
      const turnR = SIN_3 * (bi - ci);
      const turnI = SIN_3 * (cr - br);
      yr[o] = ar + sumR;
      yi[o] = ai + sumI;
      multiply(yr, yi, o + s, midR + turnR, midI + turnI, w1r, w1i);
      multiply(yr, yi, o + 2 * s, midR - turnR, midI - turnI, w2r, w2i);
    }
  }
}

function radix4({ butterflies, stride: s, twiddles: w }: Pass, x: SplitComplex, y: SplitComplex): void {
  const { re: xr, im: xi } = x;
  const { re: yr, im: yi } = y;
  const step = butterflies * s;
  for (let p = 0; p < butterflies; p++) {
    const w1r = w[6 * p]!;
    const w1i = w[6 * p + 1]!;
    const w2r = w[6 * p + 2]!;
    const w2i = w[6 * p + 3]!;
    const w3r = w[6 * p + 4]!;
    const w3i = w[6 * p + 5]!;
    let i = x.offset + p * s;
    let o = y.offset + 4 * p * s;
    for (const end = i + s; i < end; i++, o++) {
      const ar = xr[i]!;
      const ai = xi[i]!;
      const br = xr[i + step]!;
      const bi = xi[i + step]!;
      const cr = xr[i + 2 * step]!;
      const ci = xi[i + 2 * step]!;
      const dr = xr[i + 3 * step]!;
      const di = xi[i + 3 * step]!;
      const acSumR = ar + cr;
      const acSumI = ai + ci;
      const acDiffR = ar - cr;
      const acDiffI = ai - ci;
      const bdSumR = br + dr;
      const bdSumI = bi + di;
      const turnR = bi - di;
      const turnI = dr - br;
      yr[o] = acSumR + bdSumR;
      yi[o] = acSumI + bdSumI;
      multiply(yr, yi, o + s, acDiffR + turnR, acDiffI + turnI, w1r, w1i);
      multiply(yr, yi, o + 2 * s, acSumR - bdSumR, acSumI - bdSumI, w2r, w2i);
      multiply(yr, yi, o + 3 * s, acDiffR - turnR, acDiffI - turnI, w3r, w3i);
    }
  }
}

/** Cosines and sines of 2 pi / 5 and 4 pi / 5. */
const COS_5 = (Math.sqrt(5) - 1) / 4;
const COS_5_TWICE = (-Math.sqrt(5) - 1) / 4;
const SIN_5 = Math.sqrt((5 + Math.sqrt(5)) / 8);
const SIN_5_TWICE = Math.sqrt((5 - Math.sqrt(5)) / 8);

function radix5({ butterflies, stride: s, twiddles: w }: Pass, x: SplitComplex, y: SplitComplex): void {
  const { re: xr, im: xi } = x;
  const { re: yr, im: yi } = y;
  const step = butterflies * s;
  for (let p = 0; p < butterflies; p++) {
    const t = 8 * p;
    let i = x.offset + p * s;
    let o = y.offset + 5 * p * s;
    for (const end = i + s; i < end; i++, o++) {
      const ar = xr[i]!;
      const ai = xi[i]!;
      const beSumR = xr[i + step]! + xr[i + 4 * step]!;
      const beSumI = xi[i + step]! + xi[i + 4 * step]!;
      const beDiffR = xr[i + step]! - xr[i + 4 * step]!;
      const beDiffI = xi[i + step]! - xi[i + 4 * step]!;
      const cdSumR = xr[i + 2 * step]! + xr[i + 3 * step]!;
      const cdSumI = xi[i + 2 * step]! + xi[i + 3 * step]!;
      const cdDiffR = xr[i + 2 * step]! - xr[i + 3 * step]!;
      const cdDiffI = xi[i + 2 * step]! - xi[i + 3 * step]!;
      const mid1R = ar + COS_5 * beSumR + COS_5_TWICE * cdSumR;
      const mid1I = ai + COS_5 * beSumI + COS_5_TWICE * cdSumI;
      const mid2R = ar + COS_5_TWICE * beSumR + COS_5 * cdSumR;
      const mid2I = ai + COS_5_TWICE * beSumI + COS_5 * cdSumI;
      const turn1R = SIN_5 * beDiffI + SIN_5_TWICE * cdDiffI;
      const turn1I = -SIN_5 * beDiffR - SIN_5_TWICE * cdDiffR;
      const turn2R = SIN_5_TWICE * beDiffI - SIN_5 * cdDiffI;
      const turn2I = SIN_5 * cdDiffR - SIN_5_TWICE * beDiffR;
      yr[o] = ar + beSumR + cdSumR;
      yi[o] = ai + beSumI + cdSumI;
      multiply(yr, yi, o + s, mid1R + turn1R, mid1I + turn1I, w[t]!, w[t + 1]!);
      multiply(yr, yi, o + 2 * s, mid2R + turn2R, mid2I + turn2I, w[t + 2]!, w[t + 3]!);
      multiply(yr, yi, o + 3 * s, mid2R - turn2R, mid2I - turn2I, w[t + 4]!, w[t + 5]!);
      multiply(yr, yi, o + 4 * s, mid1R - turn1R, mid1I - turn1I, w[t + 6]!, w[t + 7]!);
    }
  }
}

/** y[o] = w d. */
function multiply(
  yr: Float64Array,
  yi: Float64Array,
  o: number,
  dr: number,
  di: number,
  wr: number,
  wi: number,
): void {
  yr[o] = wr * dr - wi * di;
  yi[o] = wr * di + wi * dr;
}
