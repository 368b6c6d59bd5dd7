// Fourier transforms of complex planes: strips of 8 columns at a time, Stockham's passes of radix 4 and 2.

/** Bytes of a row of a strip: real and imaginary parts of 8 columns. */
const ROW: usize = 64;

@inline
function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

@inline
function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

@inline
function storeTurned(to: usize, re: v128, im: v128, c: v128, s: v128): void {
  v128.store(to, sub(f32x4.mul(re, c), f32x4.mul(im, s)));
  v128.store(to, add(f32x4.mul(re, s), f32x4.mul(im, c)), 32);
}

/** A butterfly of radix 4 of four of the columns. */
@inline
function butterfly4(x: usize, step: usize, y: usize, stride: usize, c1: v128, s1: v128, c2: v128, s2: v128, c3: v128, s3: v128): void {
  const ar = v128.load(x);
  const ai = v128.load(x, 32);
  const br = v128.load(x + step);
  const bi = v128.load(x + step, 32);
  const cr = v128.load(x + 2 * step);
  const ci = v128.load(x + 2 * step, 32);
  const dr = v128.load(x + 3 * step);
  const di = v128.load(x + 3 * step, 32);
  const sumR = add(ar, cr);
  const sumI = add(ai, ci);
  const difR = sub(ar, cr);
  const difI = sub(ai, ci);
  const otherR = add(br, dr);
  const otherI = add(bi, di);
  // -i (b - d)
  const turnR = sub(bi, di);
  const turnI = sub(dr, br);
  v128.store(y, add(sumR, otherR));
  v128.store(y, add(sumI, otherI), 32);
  storeTurned(y + stride, add(difR, turnR), add(difI, turnI), c1, s1);
  storeTurned(y + 2 * stride, sub(sumR, otherR), sub(sumI, otherI), c2, s2);
  storeTurned(y + 3 * stride, sub(difR, turnR), sub(difI, turnI), c3, s3);
}

/**
 * Transforms a strip, forward. Gives the address of the result: a or b.
 *
 * @param a The strip: N rows.
 * @param b As much work space.
 */
export function transformStrip(a: usize, b: usize, N: i32, roots: usize): usize {
  let length = N;
  let stride = 1;
  let x = a;
  let y = b;
  while (length > 1) {
    if ((length & 3) == 0) {
      const quarter = length >> 2;
      const step = (<usize>(stride * quarter)) * ROW;
      const next = (<usize>stride) * ROW;
      for (let p = 0; p < quarter; p++) {
        const root = roots + ((<usize>(p * stride)) << 3);
        const root2 = roots + ((<usize>(2 * p * stride)) << 3);
        const root3 = roots + ((<usize>(3 * p * stride)) << 3);
        const c1 = v128.load32_splat(root);
        const s1 = v128.load32_splat(root, 4);
        const c2 = v128.load32_splat(root2);
        const s2 = v128.load32_splat(root2, 4);
        const c3 = v128.load32_splat(root3);
        const s3 = v128.load32_splat(root3, 4);
        let from = x + (<usize>(stride * p)) * ROW;
        let to = y + (<usize>(stride * 4 * p)) * ROW;
        for (let q = 0; q < stride; q++, from += ROW, to += ROW) {
          butterfly4(from, step, to, next, c1, s1, c2, s2, c3, s3);
          butterfly4(from + 16, step, to + 16, next, c1, s1, c2, s2, c3, s3);
        }
      }
      length = quarter;
      stride <<= 2;
    } else {
      // The last pass where N is no power of four: a length of 2, whose factors are 1.
      const step = (<usize>stride) * ROW;
      for (let at: usize = 0; at < step; at += 16) {
        const p = v128.load(x + at);
        const q = v128.load(x + step + at);
        v128.store(y + at, add(p, q));
        v128.store(y + step + at, sub(p, q));
      }
      length = 1;
    }
    const kept = x;
    x = y;
    y = kept;
  }
  return x;
}

/** Loads a strip of 8 columns of a complex plane. */
export function loadStrip(re: usize, im: usize, N: i32, column: i32, strip: usize): void {
  const row = (<usize>N) << 2;
  let from = (<usize>column) << 2;
  for (let k = 0; k < N; k++, from += row, strip += ROW) {
    v128.store(strip, v128.load(re + from));
    v128.store(strip, v128.load(re + from, 16), 16);
    v128.store(strip, v128.load(im + from), 32);
    v128.store(strip, v128.load(im + from, 16), 48);
  }
}

/** Stores a strip as 8 columns of a complex plane. */
export function storeStrip(strip: usize, N: i32, column: i32, re: usize, im: usize): void {
  const row = (<usize>N) << 2;
  let to = (<usize>column) << 2;
  for (let k = 0; k < N; k++, to += row, strip += ROW) {
    v128.store(re + to, v128.load(strip));
    v128.store(re + to, v128.load(strip, 16), 16);
    v128.store(im + to, v128.load(strip, 32));
    v128.store(im + to, v128.load(strip, 48), 16);
  }
}

/** Stores a strip as 8 rows of a complex plane. */
export function storeTransposed(strip: usize, N: i32, column: i32, re: usize, im: usize): void {
  const row = (<usize>N) << 2;
  const first = (<usize>column) * row;
  for (let k = 0; k < N; k += 4, strip += 4 * ROW) {
    const to = first + ((<usize>k) << 2);
    transpose4(strip, re + to, row);
    transpose4(strip + 16, re + to + 4 * row, row);
    transpose4(strip + 32, im + to, row);
    transpose4(strip + 48, im + to + 4 * row, row);
  }
}

@inline
function transpose4(from: usize, to: usize, row: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + ROW);
  const c = v128.load(from + 2 * ROW);
  const d = v128.load(from + 3 * ROW);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + row, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * row, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(to + 3 * row, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}
