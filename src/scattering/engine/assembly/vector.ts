// Vectors of T = f32 (4 lanes) and f64 (2 lanes). An image stands in one lane, and W says how many vectors stand side
// by side: one (Single) or two (Double), the latter for batches of more images than one vector holds. The two are
// handled next to each other, first all loads, then all stores, the second before the first, so that V8's pass
// makes one operation of 256 bits of both.

import { VECTOR_BYTES } from "../kernel_constants";

/** W of one vector, and of two: a type that is as many bytes long. Where W has a default it is u8, which is Single. */
export type Single = u8;
export type Double = u16;

@inline
export function add<T>(a: v128, b: v128): v128 {
  return v128.add<T>(a, b);
}

@inline
export function sub<T>(a: v128, b: v128): v128 {
  return v128.sub<T>(a, b);
}

@inline
export function mul<T>(a: v128, b: v128): v128 {
  return v128.mul<T>(a, b);
}

/** Bytes of the real numbers of all images. */
@inline
export function realBytes<W>(): usize {
  return <usize>VECTOR_BYTES * sizeof<W>();
}

/** Bytes of a complex element. */
@inline
export function elementBytes<W>(): usize {
  return 2 * realBytes<W>();
}

/** How many images stand side by side. */
@inline
export function lanes<T, W = u8>(): usize {
  return realBytes<W>() / sizeof<T>();
}

/** The first vector at an address. */
@inline
export function real<W>(x: usize): v128 {
  return v128.load(x);
}

/** The second one; nothing where there is one. */
@inline
export function upperReal<W>(x: usize): v128 {
  if (sizeof<W>() == 1) return i64x2.splat(0);
  return v128.load(x, VECTOR_BYTES);
}

/** The same of the second half of an element. */
@inline
export function imaginary<W>(x: usize): v128 {
  if (sizeof<W>() == 1) return v128.load(x, VECTOR_BYTES);
  return v128.load(x, 2 * VECTOR_BYTES);
}

@inline
export function upperImaginary<W>(x: usize): v128 {
  if (sizeof<W>() == 1) return i64x2.splat(0);
  return v128.load(x, 3 * VECTOR_BYTES);
}

@inline
export function storeReal<W>(y: usize, first: v128, second: v128): void {
  if (sizeof<W>() == 2) v128.store(y, second, VECTOR_BYTES);
  v128.store(y, first);
}

@inline
export function storeImaginary<W>(y: usize, first: v128, second: v128): void {
  if (sizeof<W>() == 1) {
    v128.store(y, first, VECTOR_BYTES);
  } else {
    v128.store(y, second, 3 * VECTOR_BYTES);
    v128.store(y, first, 2 * VECTOR_BYTES);
  }
}
