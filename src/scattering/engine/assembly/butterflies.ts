// Discrete Fourier transforms of a few elements, exponent +i, from memory to memory. Inputs stand `xs` bytes
// apart from `x` on, outputs `ys` bytes apart from `y` on. Output k > 0 is multiplied by the (k - 1)-th complex
// number from `w` on where the mode is TWIDDLED; in mode MODULUS only the modulus is stored.
//
// `radix` and `mode` are constants at every call, so that the compiler keeps one branch.

import { add, imaginary, mul, real, storeImaginary, storeReal, sub, upperImaginary, upperReal } from "./vector";

export const PLAIN: i32 = 0;
export const TWIDDLED: i32 = 1;
export const MODULUS: i32 = 2;

@inline
export function butterfly<T, W>(radix: u32, mode: i32, n: usize, roots: usize, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  if (radix == 2) radix2<T, W>(mode, x, xs, y, ys, w);
  else if (radix == 3) radix3<T, W>(mode, x, xs, y, ys, w);
  else if (radix == 4) radix4<T, W>(mode, x, xs, y, ys, w);
  else if (radix == 5) radix5<T, W>(mode, x, xs, y, ys, w);
  else if (radix == 6) radix6<T, W>(mode, x, xs, y, ys, w);
  else if (radix == 8) radix8<T, W>(mode, x, xs, y, ys, w);
  else radixAny<T, W>(mode, n, roots, x, xs, y, ys, w);
}

/** Stores a result whose vectors are `re`, `im` and, where there are two of each, `re2` and `im2`. */
@inline
function put<T, W>(mode: i32, y: usize, re: v128, re2: v128, im: v128, im2: v128, w: usize): void {
  if (mode == MODULUS) {
    const first = v128.sqrt<T>(add<T>(mul<T>(re, re), mul<T>(im, im)));
    const second = v128.sqrt<T>(add<T>(mul<T>(re2, re2), mul<T>(im2, im2)));
    storeReal<W>(y, first, second);
  } else if (mode == TWIDDLED) {
    const c = v128.load_splat<T>(w);
    const s = v128.load_splat<T>(w, sizeof<T>());
    storeReal<W>(y, sub<T>(mul<T>(re, c), mul<T>(im, s)), sub<T>(mul<T>(re2, c), mul<T>(im2, s)));
    storeImaginary<W>(y, add<T>(mul<T>(re, s), mul<T>(im, c)), add<T>(mul<T>(re2, s), mul<T>(im2, c)));
  } else {
    storeReal<W>(y, re, re2);
    storeImaginary<W>(y, im, im2);
  }
}

/** Output 0, whose twiddle is 1. */
@inline
function put0<T, W>(mode: i32, y: usize, re: v128, re2: v128, im: v128, im2: v128): void {
  put<T, W>(mode == TWIDDLED ? PLAIN : mode, y, re, re2, im, im2, 0);
}

@inline
function radix2<T, W>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const r0 = real<W>(x), i0 = imaginary<W>(x);
  const u0 = upperReal<W>(x), v0 = upperImaginary<W>(x);
  const x1 = x + xs;
  const r1 = real<W>(x1), i1 = imaginary<W>(x1);
  const u1 = upperReal<W>(x1), v1 = upperImaginary<W>(x1);
  put0<T, W>(mode, y, add<T>(r0, r1), add<T>(u0, u1), add<T>(i0, i1), add<T>(v0, v1));
  put<T, W>(mode, y + ys, sub<T>(r0, r1), sub<T>(u0, u1), sub<T>(i0, i1), sub<T>(v0, v1), w);
}

@inline
function radix3<T, W>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const half = v128.splat<T>(<T>0.5);
  const sin = v128.splat<T>(<T>0.8660254037844386);
  const x1 = x + xs, x2 = x1 + xs;
  const r0 = real<W>(x), i0 = imaginary<W>(x);
  const u0 = upperReal<W>(x), v0 = upperImaginary<W>(x);
  const r1 = real<W>(x1), i1 = imaginary<W>(x1);
  const u1 = upperReal<W>(x1), v1 = upperImaginary<W>(x1);
  const r2 = real<W>(x2), i2 = imaginary<W>(x2);
  const u2 = upperReal<W>(x2), v2 = upperImaginary<W>(x2);
  const tr = add<T>(r1, r2), ti = add<T>(i1, i2);
  const tu = add<T>(u1, u2), tv = add<T>(v1, v2);
  const dr = mul<T>(sub<T>(r1, r2), sin), di = mul<T>(sub<T>(i1, i2), sin);
  const du = mul<T>(sub<T>(u1, u2), sin), dv = mul<T>(sub<T>(v1, v2), sin);
  const mr = sub<T>(r0, mul<T>(tr, half)), mi = sub<T>(i0, mul<T>(ti, half));
  const mu = sub<T>(u0, mul<T>(tu, half)), mv = sub<T>(v0, mul<T>(tv, half));
  put0<T, W>(mode, y, add<T>(r0, tr), add<T>(u0, tu), add<T>(i0, ti), add<T>(v0, tv));
  put<T, W>(mode, y + ys, sub<T>(mr, di), sub<T>(mu, dv), add<T>(mi, dr), add<T>(mv, du), w);
  put<T, W>(mode, y + 2 * ys, add<T>(mr, di), add<T>(mu, dv), sub<T>(mi, dr), sub<T>(mv, du), w + 2 * sizeof<T>());
}

@inline
function radix4<T, W>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const x1 = x + xs, x2 = x1 + xs, x3 = x2 + xs, y2 = y + 2 * ys;
  const r0 = real<W>(x), i0 = imaginary<W>(x);
  const u0 = upperReal<W>(x), v0 = upperImaginary<W>(x);
  const r1 = real<W>(x1), i1 = imaginary<W>(x1);
  const u1 = upperReal<W>(x1), v1 = upperImaginary<W>(x1);
  const r2 = real<W>(x2), i2 = imaginary<W>(x2);
  const u2 = upperReal<W>(x2), v2 = upperImaginary<W>(x2);
  const r3 = real<W>(x3), i3 = imaginary<W>(x3);
  const u3 = upperReal<W>(x3), v3 = upperImaginary<W>(x3);
  const ar = add<T>(r0, r2), ai = add<T>(i0, i2), br = sub<T>(r0, r2), bi = sub<T>(i0, i2);
  const au = add<T>(u0, u2), av = add<T>(v0, v2), bu = sub<T>(u0, u2), bv = sub<T>(v0, v2);
  const cr = add<T>(r1, r3), ci = add<T>(i1, i3), dr = sub<T>(r1, r3), di = sub<T>(i1, i3);
  const cu = add<T>(u1, u3), cv = add<T>(v1, v3), du = sub<T>(u1, u3), dv = sub<T>(v1, v3);
  put0<T, W>(mode, y, add<T>(ar, cr), add<T>(au, cu), add<T>(ai, ci), add<T>(av, cv));
  put<T, W>(mode, y + ys, sub<T>(br, di), sub<T>(bu, dv), add<T>(bi, dr), add<T>(bv, du), w);
  put<T, W>(mode, y2, sub<T>(ar, cr), sub<T>(au, cu), sub<T>(ai, ci), sub<T>(av, cv), w + 2 * sizeof<T>());
  put<T, W>(mode, y2 + ys, add<T>(br, di), add<T>(bu, dv), sub<T>(bi, dr), sub<T>(bv, du), w + 4 * sizeof<T>());
}

@inline
function radix5<T, W>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const c1 = v128.splat<T>(<T>0.30901699437494745), s1 = v128.splat<T>(<T>0.9510565162951535);
  const c2 = v128.splat<T>(<T>-0.8090169943749475), s2 = v128.splat<T>(<T>0.5877852522924731);
  const x1 = x + xs, x2 = x1 + xs, x3 = x2 + xs, x4 = x3 + xs;
  const r0 = real<W>(x), i0 = imaginary<W>(x);
  const u0 = upperReal<W>(x), v0 = upperImaginary<W>(x);
  const ar = add<T>(real<W>(x1), real<W>(x4)), ai = add<T>(imaginary<W>(x1), imaginary<W>(x4));
  const au = add<T>(upperReal<W>(x1), upperReal<W>(x4)), av = add<T>(upperImaginary<W>(x1), upperImaginary<W>(x4));
  const br = add<T>(real<W>(x2), real<W>(x3)), bi = add<T>(imaginary<W>(x2), imaginary<W>(x3));
  const bu = add<T>(upperReal<W>(x2), upperReal<W>(x3)), bv = add<T>(upperImaginary<W>(x2), upperImaginary<W>(x3));
  const cr = sub<T>(real<W>(x1), real<W>(x4)), ci = sub<T>(imaginary<W>(x1), imaginary<W>(x4));
  const cu = sub<T>(upperReal<W>(x1), upperReal<W>(x4)), cv = sub<T>(upperImaginary<W>(x1), upperImaginary<W>(x4));
  const dr = sub<T>(real<W>(x2), real<W>(x3)), di = sub<T>(imaginary<W>(x2), imaginary<W>(x3));
  const du = sub<T>(upperReal<W>(x2), upperReal<W>(x3)), dv = sub<T>(upperImaginary<W>(x2), upperImaginary<W>(x3));
  put0<T, W>(mode, y, add<T>(r0, add<T>(ar, br)), add<T>(u0, add<T>(au, bu)), add<T>(i0, add<T>(ai, bi)), add<T>(v0, add<T>(av, bv)));
  let mr = add<T>(r0, add<T>(mul<T>(ar, c1), mul<T>(br, c2)));
  let mu = add<T>(u0, add<T>(mul<T>(au, c1), mul<T>(bu, c2)));
  let mi = add<T>(i0, add<T>(mul<T>(ai, c1), mul<T>(bi, c2)));
  let mv = add<T>(v0, add<T>(mul<T>(av, c1), mul<T>(bv, c2)));
  let nr = add<T>(mul<T>(cr, s1), mul<T>(dr, s2));
  let nu = add<T>(mul<T>(cu, s1), mul<T>(du, s2));
  let ni = add<T>(mul<T>(ci, s1), mul<T>(di, s2));
  let nv = add<T>(mul<T>(cv, s1), mul<T>(dv, s2));
  put<T, W>(mode, y + ys, sub<T>(mr, ni), sub<T>(mu, nv), add<T>(mi, nr), add<T>(mv, nu), w);
  put<T, W>(mode, y + 4 * ys, add<T>(mr, ni), add<T>(mu, nv), sub<T>(mi, nr), sub<T>(mv, nu), w + 6 * sizeof<T>());
  mr = add<T>(r0, add<T>(mul<T>(ar, c2), mul<T>(br, c1)));
  mu = add<T>(u0, add<T>(mul<T>(au, c2), mul<T>(bu, c1)));
  mi = add<T>(i0, add<T>(mul<T>(ai, c2), mul<T>(bi, c1)));
  mv = add<T>(v0, add<T>(mul<T>(av, c2), mul<T>(bv, c1)));
  nr = sub<T>(mul<T>(cr, s2), mul<T>(dr, s1));
  nu = sub<T>(mul<T>(cu, s2), mul<T>(du, s1));
  ni = sub<T>(mul<T>(ci, s2), mul<T>(di, s1));
  nv = sub<T>(mul<T>(cv, s2), mul<T>(dv, s1));
  put<T, W>(mode, y + 2 * ys, sub<T>(mr, ni), sub<T>(mu, nv), add<T>(mi, nr), add<T>(mv, nu), w + 2 * sizeof<T>());
  put<T, W>(mode, y + 3 * ys, add<T>(mr, ni), add<T>(mu, nv), sub<T>(mi, nr), sub<T>(mv, nu), w + 4 * sizeof<T>());
}

/** 6 = 2 x 3: transforms of (0, 2, 4) and (3, 5, 1), then sums and differences, with no twiddles between. */
@inline
function radix6<T, W>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const half = v128.splat<T>(<T>0.5);
  const sin = v128.splat<T>(<T>0.8660254037844386);
  const x1 = x + xs, x2 = x1 + xs, x3 = x2 + xs, x4 = x3 + xs, x5 = x4 + xs;
  let r0 = real<W>(x), i0 = imaginary<W>(x);
  let u0 = upperReal<W>(x), v0 = upperImaginary<W>(x);
  let r1 = real<W>(x2), i1 = imaginary<W>(x2);
  let u1 = upperReal<W>(x2), v1 = upperImaginary<W>(x2);
  let r2 = real<W>(x4), i2 = imaginary<W>(x4);
  let u2 = upperReal<W>(x4), v2 = upperImaginary<W>(x4);
  let tr = add<T>(r1, r2), ti = add<T>(i1, i2);
  let tu = add<T>(u1, u2), tv = add<T>(v1, v2);
  let dr = mul<T>(sub<T>(r1, r2), sin), di = mul<T>(sub<T>(i1, i2), sin);
  let du = mul<T>(sub<T>(u1, u2), sin), dv = mul<T>(sub<T>(v1, v2), sin);
  let mr = sub<T>(r0, mul<T>(tr, half)), mi = sub<T>(i0, mul<T>(ti, half));
  let mu = sub<T>(u0, mul<T>(tu, half)), mv = sub<T>(v0, mul<T>(tv, half));
  const a0r = add<T>(r0, tr), a0i = add<T>(i0, ti);
  const a0u = add<T>(u0, tu), a0v = add<T>(v0, tv);
  const a1r = sub<T>(mr, di), a1i = add<T>(mi, dr);
  const a1u = sub<T>(mu, dv), a1v = add<T>(mv, du);
  const a2r = add<T>(mr, di), a2i = sub<T>(mi, dr);
  const a2u = add<T>(mu, dv), a2v = sub<T>(mv, du);
  r0 = real<W>(x3); i0 = imaginary<W>(x3);
  u0 = upperReal<W>(x3); v0 = upperImaginary<W>(x3);
  r1 = real<W>(x5); i1 = imaginary<W>(x5);
  u1 = upperReal<W>(x5); v1 = upperImaginary<W>(x5);
  r2 = real<W>(x1); i2 = imaginary<W>(x1);
  u2 = upperReal<W>(x1); v2 = upperImaginary<W>(x1);
  tr = add<T>(r1, r2); ti = add<T>(i1, i2);
  tu = add<T>(u1, u2); tv = add<T>(v1, v2);
  dr = mul<T>(sub<T>(r1, r2), sin); di = mul<T>(sub<T>(i1, i2), sin);
  du = mul<T>(sub<T>(u1, u2), sin); dv = mul<T>(sub<T>(v1, v2), sin);
  mr = sub<T>(r0, mul<T>(tr, half)); mi = sub<T>(i0, mul<T>(ti, half));
  mu = sub<T>(u0, mul<T>(tu, half)); mv = sub<T>(v0, mul<T>(tv, half));
  const y1 = y + ys, y2 = y1 + ys, y3 = y2 + ys, y4 = y3 + ys, y5 = y4 + ys;
  tr = add<T>(r0, tr); ti = add<T>(i0, ti);
  tu = add<T>(u0, tu); tv = add<T>(v0, tv);
  put0<T, W>(mode, y, add<T>(a0r, tr), add<T>(a0u, tu), add<T>(a0i, ti), add<T>(a0v, tv));
  put<T, W>(mode, y3, sub<T>(a0r, tr), sub<T>(a0u, tu), sub<T>(a0i, ti), sub<T>(a0v, tv), w + 4 * sizeof<T>());
  tr = sub<T>(mr, di); ti = add<T>(mi, dr);
  tu = sub<T>(mu, dv); tv = add<T>(mv, du);
  put<T, W>(mode, y4, add<T>(a1r, tr), add<T>(a1u, tu), add<T>(a1i, ti), add<T>(a1v, tv), w + 6 * sizeof<T>());
  put<T, W>(mode, y1, sub<T>(a1r, tr), sub<T>(a1u, tu), sub<T>(a1i, ti), sub<T>(a1v, tv), w);
  tr = add<T>(mr, di); ti = sub<T>(mi, dr);
  tu = add<T>(mu, dv); tv = sub<T>(mv, du);
  put<T, W>(mode, y2, add<T>(a2r, tr), add<T>(a2u, tu), add<T>(a2i, ti), add<T>(a2v, tv), w + 2 * sizeof<T>());
  put<T, W>(mode, y5, sub<T>(a2r, tr), sub<T>(a2u, tu), sub<T>(a2i, ti), sub<T>(a2v, tv), w + 8 * sizeof<T>());
}

/** 8 = 2 x 4: transforms of the odd inputs, turned, then of the even ones. */
@inline
function radix8<T, W>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const q = v128.splat<T>(<T>0.7071067811865476);
  let x0 = x + xs, x1 = x0 + 2 * xs, x2 = x1 + 2 * xs, x3 = x2 + 2 * xs;
  let r0 = real<W>(x0), i0 = imaginary<W>(x0), r2 = real<W>(x2), i2 = imaginary<W>(x2);
  let u0 = upperReal<W>(x0), v0 = upperImaginary<W>(x0), u2 = upperReal<W>(x2), v2 = upperImaginary<W>(x2);
  let r1 = real<W>(x1), i1 = imaginary<W>(x1), r3 = real<W>(x3), i3 = imaginary<W>(x3);
  let u1 = upperReal<W>(x1), v1 = upperImaginary<W>(x1), u3 = upperReal<W>(x3), v3 = upperImaginary<W>(x3);
  let ar = add<T>(r0, r2), ai = add<T>(i0, i2), br = sub<T>(r0, r2), bi = sub<T>(i0, i2);
  let au = add<T>(u0, u2), av = add<T>(v0, v2), bu = sub<T>(u0, u2), bv = sub<T>(v0, v2);
  let cr = add<T>(r1, r3), ci = add<T>(i1, i3), dr = sub<T>(r1, r3), di = sub<T>(i1, i3);
  let cu = add<T>(u1, u3), cv = add<T>(v1, v3), du = sub<T>(u1, u3), dv = sub<T>(v1, v3);
  const o0r = add<T>(ar, cr), o0i = add<T>(ai, ci);
  const o0u = add<T>(au, cu), o0v = add<T>(av, cv);
  const o2r = sub<T>(ci, ai), o2i = sub<T>(ar, cr); // times i
  const o2u = sub<T>(cv, av), o2v = sub<T>(au, cu);
  let tr = sub<T>(br, di), ti = add<T>(bi, dr);
  let tu = sub<T>(bu, dv), tv = add<T>(bv, du);
  const o1r = mul<T>(sub<T>(tr, ti), q), o1i = mul<T>(add<T>(tr, ti), q); // times exp(i pi / 4)
  const o1u = mul<T>(sub<T>(tu, tv), q), o1v = mul<T>(add<T>(tu, tv), q);
  tr = add<T>(br, di); ti = sub<T>(bi, dr);
  tu = add<T>(bu, dv); tv = sub<T>(bv, du);
  const o3r = mul<T>(add<T>(tr, ti), q), o3i = mul<T>(sub<T>(ti, tr), q); // times -exp(3 i pi / 4)
  const o3u = mul<T>(add<T>(tu, tv), q), o3v = mul<T>(sub<T>(tv, tu), q);
  x1 = x + 2 * xs; x2 = x1 + 2 * xs; x3 = x2 + 2 * xs;
  r0 = real<W>(x); i0 = imaginary<W>(x); r2 = real<W>(x2); i2 = imaginary<W>(x2);
  u0 = upperReal<W>(x); v0 = upperImaginary<W>(x); u2 = upperReal<W>(x2); v2 = upperImaginary<W>(x2);
  r1 = real<W>(x1); i1 = imaginary<W>(x1); r3 = real<W>(x3); i3 = imaginary<W>(x3);
  u1 = upperReal<W>(x1); v1 = upperImaginary<W>(x1); u3 = upperReal<W>(x3); v3 = upperImaginary<W>(x3);
  ar = add<T>(r0, r2); ai = add<T>(i0, i2); br = sub<T>(r0, r2); bi = sub<T>(i0, i2);
  au = add<T>(u0, u2); av = add<T>(v0, v2); bu = sub<T>(u0, u2); bv = sub<T>(v0, v2);
  cr = add<T>(r1, r3); ci = add<T>(i1, i3); dr = sub<T>(r1, r3); di = sub<T>(i1, i3);
  cu = add<T>(u1, u3); cv = add<T>(v1, v3); du = sub<T>(u1, u3); dv = sub<T>(v1, v3);
  const y4 = y + 4 * ys, w4 = w + 6 * sizeof<T>();
  tr = add<T>(ar, cr); ti = add<T>(ai, ci);
  tu = add<T>(au, cu); tv = add<T>(av, cv);
  put0<T, W>(mode, y, add<T>(tr, o0r), add<T>(tu, o0u), add<T>(ti, o0i), add<T>(tv, o0v));
  put<T, W>(mode, y4, sub<T>(tr, o0r), sub<T>(tu, o0u), sub<T>(ti, o0i), sub<T>(tv, o0v), w4);
  tr = sub<T>(br, di); ti = add<T>(bi, dr);
  tu = sub<T>(bu, dv); tv = add<T>(bv, du);
  put<T, W>(mode, y + ys, add<T>(tr, o1r), add<T>(tu, o1u), add<T>(ti, o1i), add<T>(tv, o1v), w);
  put<T, W>(mode, y4 + ys, sub<T>(tr, o1r), sub<T>(tu, o1u), sub<T>(ti, o1i), sub<T>(tv, o1v), w4 + 2 * sizeof<T>());
  tr = sub<T>(ar, cr); ti = sub<T>(ai, ci);
  tu = sub<T>(au, cu); tv = sub<T>(av, cv);
  put<T, W>(mode, y + 2 * ys, add<T>(tr, o2r), add<T>(tu, o2u), add<T>(ti, o2i), add<T>(tv, o2v), w + 2 * sizeof<T>());
  put<T, W>(mode, y4 + 2 * ys, sub<T>(tr, o2r), sub<T>(tu, o2u), sub<T>(ti, o2i), sub<T>(tv, o2v), w4 + 4 * sizeof<T>());
  tr = add<T>(br, di); ti = sub<T>(bi, dr);
  tu = add<T>(bu, dv); tv = sub<T>(bv, du);
  put<T, W>(mode, y + 3 * ys, sub<T>(tr, o3r), sub<T>(tu, o3u), sub<T>(ti, o3i), sub<T>(tv, o3v), w + 4 * sizeof<T>());
  put<T, W>(mode, y4 + 3 * ys, add<T>(tr, o3r), add<T>(tu, o3u), add<T>(ti, o3i), add<T>(tv, o3v), w4 + 6 * sizeof<T>());
}

/** By the definition, with a table of the n-th roots of unity. */
@inline
function radixAny<T, W>(mode: i32, n: usize, roots: usize, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  for (let k: usize = 0; k < n; k++) {
    let re = real<W>(x), im = imaginary<W>(x);
    let re2 = upperReal<W>(x), im2 = upperImaginary<W>(x);
    let turn: usize = 0;
    for (let j: usize = 1; j < n; j++) {
      turn += k;
      if (turn >= n) turn -= n;
      const root = roots + turn * 2 * sizeof<T>(), xj = x + j * xs;
      const c = v128.load_splat<T>(root), s = v128.load_splat<T>(root, sizeof<T>());
      const r = real<W>(xj), i = imaginary<W>(xj);
      const u = upperReal<W>(xj), v = upperImaginary<W>(xj);
      re = add<T>(re, sub<T>(mul<T>(r, c), mul<T>(i, s)));
      re2 = add<T>(re2, sub<T>(mul<T>(u, c), mul<T>(v, s)));
      im = add<T>(im, add<T>(mul<T>(r, s), mul<T>(i, c)));
      im2 = add<T>(im2, add<T>(mul<T>(u, s), mul<T>(v, c)));
    }
    if (k == 0) put0<T, W>(mode, y, re, re2, im, im2);
    else put<T, W>(mode, y + k * ys, re, re2, im, im2, w + (k - 1) * 2 * sizeof<T>());
  }
}
