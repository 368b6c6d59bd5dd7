// Discrete Fourier transforms of a few elements, exponent +i, from memory to memory. Inputs stand `xs` bytes
// apart from `x` on, outputs `ys` bytes apart from `y` on. Output k > 0 is multiplied by the (k - 1)-th complex
// number from `w` on where the mode is TWIDDLED; in mode MODULUS only the modulus is stored.
//
// `radix` and `mode` are constants at every call, so that the compiler keeps one branch.

import { add, mul, sub } from "./vector";

export const PLAIN: i32 = 0;
export const TWIDDLED: i32 = 1;
export const MODULUS: i32 = 2;

@inline
export function butterfly<T>(radix: u32, mode: i32, n: usize, roots: usize, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  if (radix == 2) radix2<T>(mode, x, xs, y, ys, w);
  else if (radix == 3) radix3<T>(mode, x, xs, y, ys, w);
  else if (radix == 4) radix4<T>(mode, x, xs, y, ys, w);
  else if (radix == 5) radix5<T>(mode, x, xs, y, ys, w);
  else if (radix == 6) radix6<T>(mode, x, xs, y, ys, w);
  else if (radix == 8) radix8<T>(mode, x, xs, y, ys, w);
  else radixAny<T>(mode, n, roots, x, xs, y, ys, w);
}

@inline
function put<T>(mode: i32, y: usize, re: v128, im: v128, w: usize): void {
  if (mode == MODULUS) {
    v128.store(y, v128.sqrt<T>(add<T>(mul<T>(re, re), mul<T>(im, im))));
  } else if (mode == TWIDDLED) {
    const c = v128.load_splat<T>(w);
    const s = v128.load_splat<T>(w, sizeof<T>());
    v128.store(y, sub<T>(mul<T>(re, c), mul<T>(im, s)));
    v128.store(y, add<T>(mul<T>(re, s), mul<T>(im, c)), 16);
  } else {
    v128.store(y, re);
    v128.store(y, im, 16);
  }
}

/** Output 0, whose twiddle is 1. */
@inline
function put0<T>(mode: i32, y: usize, re: v128, im: v128): void {
  put<T>(mode == TWIDDLED ? PLAIN : mode, y, re, im, 0);
}

@inline
function radix2<T>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const r0 = v128.load(x), i0 = v128.load(x, 16);
  const x1 = x + xs;
  const r1 = v128.load(x1), i1 = v128.load(x1, 16);
  put0<T>(mode, y, add<T>(r0, r1), add<T>(i0, i1));
  put<T>(mode, y + ys, sub<T>(r0, r1), sub<T>(i0, i1), w);
}

@inline
function radix3<T>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const half = v128.splat<T>(<T>0.5);
  const sin = v128.splat<T>(<T>0.8660254037844386);
  const x1 = x + xs, x2 = x1 + xs;
  const r0 = v128.load(x), i0 = v128.load(x, 16);
  const r1 = v128.load(x1), i1 = v128.load(x1, 16);
  const r2 = v128.load(x2), i2 = v128.load(x2, 16);
  const tr = add<T>(r1, r2), ti = add<T>(i1, i2);
  const dr = mul<T>(sub<T>(r1, r2), sin), di = mul<T>(sub<T>(i1, i2), sin);
  const mr = sub<T>(r0, mul<T>(tr, half)), mi = sub<T>(i0, mul<T>(ti, half));
  put0<T>(mode, y, add<T>(r0, tr), add<T>(i0, ti));
  put<T>(mode, y + ys, sub<T>(mr, di), add<T>(mi, dr), w);
  put<T>(mode, y + 2 * ys, add<T>(mr, di), sub<T>(mi, dr), w + 2 * sizeof<T>());
}

@inline
function radix4<T>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const x1 = x + xs, x2 = x1 + xs, x3 = x2 + xs, y2 = y + 2 * ys;
  const r0 = v128.load(x), i0 = v128.load(x, 16);
  const r1 = v128.load(x1), i1 = v128.load(x1, 16);
  const r2 = v128.load(x2), i2 = v128.load(x2, 16);
  const r3 = v128.load(x3), i3 = v128.load(x3, 16);
  const ar = add<T>(r0, r2), ai = add<T>(i0, i2), br = sub<T>(r0, r2), bi = sub<T>(i0, i2);
  const cr = add<T>(r1, r3), ci = add<T>(i1, i3), dr = sub<T>(r1, r3), di = sub<T>(i1, i3);
  put0<T>(mode, y, add<T>(ar, cr), add<T>(ai, ci));
  put<T>(mode, y + ys, sub<T>(br, di), add<T>(bi, dr), w);
  put<T>(mode, y2, sub<T>(ar, cr), sub<T>(ai, ci), w + 2 * sizeof<T>());
  put<T>(mode, y2 + ys, add<T>(br, di), sub<T>(bi, dr), w + 4 * sizeof<T>());
}

@inline
function radix5<T>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const c1 = v128.splat<T>(<T>0.30901699437494745), s1 = v128.splat<T>(<T>0.9510565162951535);
  const c2 = v128.splat<T>(<T>-0.8090169943749475), s2 = v128.splat<T>(<T>0.5877852522924731);
  const x1 = x + xs, x2 = x1 + xs, x3 = x2 + xs, x4 = x3 + xs;
  const r0 = v128.load(x), i0 = v128.load(x, 16);
  const ar = add<T>(v128.load(x1), v128.load(x4)), ai = add<T>(v128.load(x1, 16), v128.load(x4, 16));
  const br = add<T>(v128.load(x2), v128.load(x3)), bi = add<T>(v128.load(x2, 16), v128.load(x3, 16));
  const cr = sub<T>(v128.load(x1), v128.load(x4)), ci = sub<T>(v128.load(x1, 16), v128.load(x4, 16));
  const dr = sub<T>(v128.load(x2), v128.load(x3)), di = sub<T>(v128.load(x2, 16), v128.load(x3, 16));
  put0<T>(mode, y, add<T>(r0, add<T>(ar, br)), add<T>(i0, add<T>(ai, bi)));
  let mr = add<T>(r0, add<T>(mul<T>(ar, c1), mul<T>(br, c2)));
  let mi = add<T>(i0, add<T>(mul<T>(ai, c1), mul<T>(bi, c2)));
  let nr = add<T>(mul<T>(cr, s1), mul<T>(dr, s2));
  let ni = add<T>(mul<T>(ci, s1), mul<T>(di, s2));
  put<T>(mode, y + ys, sub<T>(mr, ni), add<T>(mi, nr), w);
  put<T>(mode, y + 4 * ys, add<T>(mr, ni), sub<T>(mi, nr), w + 6 * sizeof<T>());
  mr = add<T>(r0, add<T>(mul<T>(ar, c2), mul<T>(br, c1)));
  mi = add<T>(i0, add<T>(mul<T>(ai, c2), mul<T>(bi, c1)));
  nr = sub<T>(mul<T>(cr, s2), mul<T>(dr, s1));
  ni = sub<T>(mul<T>(ci, s2), mul<T>(di, s1));
  put<T>(mode, y + 2 * ys, sub<T>(mr, ni), add<T>(mi, nr), w + 2 * sizeof<T>());
  put<T>(mode, y + 3 * ys, add<T>(mr, ni), sub<T>(mi, nr), w + 4 * sizeof<T>());
}

/** 6 = 2 x 3: transforms of (0, 2, 4) and (3, 5, 1), then sums and differences, with no twiddles between. */
@inline
function radix6<T>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const half = v128.splat<T>(<T>0.5);
  const sin = v128.splat<T>(<T>0.8660254037844386);
  const x1 = x + xs, x2 = x1 + xs, x3 = x2 + xs, x4 = x3 + xs, x5 = x4 + xs;
  let r0 = v128.load(x), i0 = v128.load(x, 16);
  let r1 = v128.load(x2), i1 = v128.load(x2, 16);
  let r2 = v128.load(x4), i2 = v128.load(x4, 16);
  let tr = add<T>(r1, r2), ti = add<T>(i1, i2);
  let dr = mul<T>(sub<T>(r1, r2), sin), di = mul<T>(sub<T>(i1, i2), sin);
  let mr = sub<T>(r0, mul<T>(tr, half)), mi = sub<T>(i0, mul<T>(ti, half));
  const a0r = add<T>(r0, tr), a0i = add<T>(i0, ti);
  const a1r = sub<T>(mr, di), a1i = add<T>(mi, dr);
  const a2r = add<T>(mr, di), a2i = sub<T>(mi, dr);
  r0 = v128.load(x3); i0 = v128.load(x3, 16);
  r1 = v128.load(x5); i1 = v128.load(x5, 16);
  r2 = v128.load(x1); i2 = v128.load(x1, 16);
  tr = add<T>(r1, r2); ti = add<T>(i1, i2);
  dr = mul<T>(sub<T>(r1, r2), sin); di = mul<T>(sub<T>(i1, i2), sin);
  mr = sub<T>(r0, mul<T>(tr, half)); mi = sub<T>(i0, mul<T>(ti, half));
  const y1 = y + ys, y2 = y1 + ys, y3 = y2 + ys, y4 = y3 + ys, y5 = y4 + ys;
  tr = add<T>(r0, tr); ti = add<T>(i0, ti);
  put0<T>(mode, y, add<T>(a0r, tr), add<T>(a0i, ti));
  put<T>(mode, y3, sub<T>(a0r, tr), sub<T>(a0i, ti), w + 4 * sizeof<T>());
  tr = sub<T>(mr, di); ti = add<T>(mi, dr);
  put<T>(mode, y4, add<T>(a1r, tr), add<T>(a1i, ti), w + 6 * sizeof<T>());
  put<T>(mode, y1, sub<T>(a1r, tr), sub<T>(a1i, ti), w);
  tr = add<T>(mr, di); ti = sub<T>(mi, dr);
  put<T>(mode, y2, add<T>(a2r, tr), add<T>(a2i, ti), w + 2 * sizeof<T>());
  put<T>(mode, y5, sub<T>(a2r, tr), sub<T>(a2i, ti), w + 8 * sizeof<T>());
}

/** 8 = 2 x 4: transforms of the odd inputs, turned, then of the even ones. */
@inline
function radix8<T>(mode: i32, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  const q = v128.splat<T>(<T>0.7071067811865476);
  let x0 = x + xs, x1 = x0 + 2 * xs, x2 = x1 + 2 * xs, x3 = x2 + 2 * xs;
  let r0 = v128.load(x0), i0 = v128.load(x0, 16), r2 = v128.load(x2), i2 = v128.load(x2, 16);
  let r1 = v128.load(x1), i1 = v128.load(x1, 16), r3 = v128.load(x3), i3 = v128.load(x3, 16);
  let ar = add<T>(r0, r2), ai = add<T>(i0, i2), br = sub<T>(r0, r2), bi = sub<T>(i0, i2);
  let cr = add<T>(r1, r3), ci = add<T>(i1, i3), dr = sub<T>(r1, r3), di = sub<T>(i1, i3);
  const o0r = add<T>(ar, cr), o0i = add<T>(ai, ci);
  const o2r = sub<T>(ci, ai), o2i = sub<T>(ar, cr); // times i
  let tr = sub<T>(br, di), ti = add<T>(bi, dr);
  const o1r = mul<T>(sub<T>(tr, ti), q), o1i = mul<T>(add<T>(tr, ti), q); // times exp(i pi / 4)
  tr = add<T>(br, di); ti = sub<T>(bi, dr);
  const o3r = mul<T>(add<T>(tr, ti), q), o3i = mul<T>(sub<T>(ti, tr), q); // times -exp(3 i pi / 4)
  x1 = x + 2 * xs; x2 = x1 + 2 * xs; x3 = x2 + 2 * xs;
  r0 = v128.load(x); i0 = v128.load(x, 16); r2 = v128.load(x2); i2 = v128.load(x2, 16);
  r1 = v128.load(x1); i1 = v128.load(x1, 16); r3 = v128.load(x3); i3 = v128.load(x3, 16);
  ar = add<T>(r0, r2); ai = add<T>(i0, i2); br = sub<T>(r0, r2); bi = sub<T>(i0, i2);
  cr = add<T>(r1, r3); ci = add<T>(i1, i3); dr = sub<T>(r1, r3); di = sub<T>(i1, i3);
  const y4 = y + 4 * ys, w4 = w + 6 * sizeof<T>();
  tr = add<T>(ar, cr); ti = add<T>(ai, ci);
  put0<T>(mode, y, add<T>(tr, o0r), add<T>(ti, o0i));
  put<T>(mode, y4, sub<T>(tr, o0r), sub<T>(ti, o0i), w4);
  tr = sub<T>(br, di); ti = add<T>(bi, dr);
  put<T>(mode, y + ys, add<T>(tr, o1r), add<T>(ti, o1i), w);
  put<T>(mode, y4 + ys, sub<T>(tr, o1r), sub<T>(ti, o1i), w4 + 2 * sizeof<T>());
  tr = sub<T>(ar, cr); ti = sub<T>(ai, ci);
  put<T>(mode, y + 2 * ys, add<T>(tr, o2r), add<T>(ti, o2i), w + 2 * sizeof<T>());
  put<T>(mode, y4 + 2 * ys, sub<T>(tr, o2r), sub<T>(ti, o2i), w4 + 4 * sizeof<T>());
  tr = add<T>(br, di); ti = sub<T>(bi, dr);
  put<T>(mode, y + 3 * ys, sub<T>(tr, o3r), sub<T>(ti, o3i), w + 4 * sizeof<T>());
  put<T>(mode, y4 + 3 * ys, add<T>(tr, o3r), add<T>(ti, o3i), w4 + 6 * sizeof<T>());
}

/** By the definition, with a table of the n-th roots of unity. */
@inline
function radixAny<T>(mode: i32, n: usize, roots: usize, x: usize, xs: usize, y: usize, ys: usize, w: usize): void {
  for (let k: usize = 0; k < n; k++) {
    let re = v128.load(x), im = v128.load(x, 16);
    let turn: usize = 0;
    for (let j: usize = 1; j < n; j++) {
      turn += k;
      if (turn >= n) turn -= n;
      const root = roots + turn * 2 * sizeof<T>();
      const c = v128.load_splat<T>(root), s = v128.load_splat<T>(root, sizeof<T>());
      const r = v128.load(x + j * xs), i = v128.load(x + j * xs, 16);
      re = add<T>(re, sub<T>(mul<T>(r, c), mul<T>(i, s)));
      im = add<T>(im, add<T>(mul<T>(r, s), mul<T>(i, c)));
    }
    if (k == 0) put0<T>(mode, y, re, im);
    else put<T>(mode, y + k * ys, re, im, w + (k - 1) * 2 * sizeof<T>());
  }
}
