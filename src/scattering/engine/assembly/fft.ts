// One-dimensional transforms of many signals at once, in the order of Stockham: with a length of
// done x radix x rest, a pass takes the elements q + done (p + rest k), k < radix, to q + done (radix p + k) and
// multiplies them by exp(2 pi i p k / (radix rest)). No pass needs its elements sorted, and the last has no factors.

import { butterfly, MODULUS, PLAIN, TWIDDLED } from "./butterflies";
import { Pass, Transform } from "./layout";
import { elementBytes } from "./vector";

@inline
function runPass<T, W>(radix: u32, mode: i32, pass: Pass, src: usize, srcStep: usize, srcNext: usize, dst: usize, dstStep: usize, dstNext: usize, signals: usize): void {
  const n: usize = pass.radix, done = pass.done, rest = pass.rest, roots = pass.roots;
  const xs = done * rest * srcStep, ys = done * dstStep;
  for (let q: usize = 0; q < done; q++) {
    let x = src + q * srcStep, y = dst + q * dstStep;
    const end = x + signals * srcNext;
    for (; x < end; x += srcNext, y += dstNext) butterfly<T, W>(radix, mode, n, roots, x, xs, y, ys, 0);
  }
  if (mode == MODULUS) return; // the last pass: rest is 1
  let w = pass.twiddles;
  for (let p: usize = 1; p < rest; p++) {
    w += (n - 1) * 2 * sizeof<T>();
    for (let q: usize = 0; q < done; q++) {
      let x = src + (q + done * p) * srcStep, y = dst + (q + done * n * p) * dstStep;
      const end = x + signals * srcNext;
      for (; x < end; x += srcNext, y += dstNext) butterfly<T, W>(radix, TWIDDLED, n, roots, x, xs, y, ys, w);
    }
  }
}

@inline
function choosePass<T, W>(mode: i32, pass: Pass, src: usize, srcStep: usize, srcNext: usize, dst: usize, dstStep: usize, dstNext: usize, signals: usize): void {
  switch (<u32>pass.radix) {
    case 2: runPass<T, W>(2, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals); break;
    case 3: runPass<T, W>(3, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals); break;
    case 4: runPass<T, W>(4, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals); break;
    case 5: runPass<T, W>(5, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals); break;
    case 6: runPass<T, W>(6, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals); break;
    case 8: runPass<T, W>(8, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals); break;
    default: runPass<T, W>(0, mode, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals);
  }
}

function complexPass<T, W>(pass: Pass, src: usize, srcStep: usize, srcNext: usize, dst: usize, dstStep: usize, dstNext: usize, signals: usize): void {
  choosePass<T, W>(PLAIN, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals);
}

function modulusPass<T, W>(pass: Pass, src: usize, srcStep: usize, srcNext: usize, dst: usize, dstStep: usize, dstNext: usize, signals: usize): void {
  choosePass<T, W>(MODULUS, pass, src, srcStep, srcNext, dst, dstStep, dstNext, signals);
}

/**
 * sum_t x[t] exp(+2 pi i t k / length), or its modulus, for `signals` signals. The elements of a signal stand `srcStep`
 * bytes apart, the signals `srcNext` bytes; so for the result, which is real for MODULUS. `work` takes twice
 * the elements of all signals.
 */
export function fft<T, W = u8>(transform: Transform, mode: i32, src: usize, srcStep: usize, srcNext: usize, dst: usize, dstStep: usize, dstNext: usize, signals: usize, work: usize): void {
  let free = work + transform.length * signals * elementBytes<W>();
  let at = transform.first;
  for (let i: usize = 1; i < transform.passes; i++, at += offsetof<Pass>()) {
    complexPass<T, W>(changetype<Pass>(at), src, srcStep, srcNext, work, elementBytes<W>() * signals, elementBytes<W>(), signals);
    src = work;
    srcStep = elementBytes<W>() * signals;
    srcNext = elementBytes<W>();
    work = free;
    free = src;
  }
  if (mode == MODULUS) modulusPass<T, W>(changetype<Pass>(at), src, srcStep, srcNext, dst, dstStep, dstNext, signals);
  else complexPass<T, W>(changetype<Pass>(at), src, srcStep, srcNext, dst, dstStep, dstNext, signals);
}
