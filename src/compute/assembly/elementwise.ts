// Passes over whole tensors, a block of elements an item.

import {
  ADD,
  DIVIDE,
  ELEMENTWISE_BLOCK,
  HARD_TANH,
  HARD_TANH_GRADIENT,
  MULTIPLY,
  RECTIFY,
  RELU,
  RELU_GRADIENT,
  SOFT_THRESHOLD,
  SUBTRACT,
  THRESHOLD_GRADIENT,
} from "../kernel_constants";
import { loadPart, storePair, storePart } from "./parts";

/** Arguments: result[i] = f(a[i], b[i mod period]). */
@unmanaged
class Pass {
  a: usize;
  b: usize;
  result: usize;
  count: i32;
  period: i32;
  operation: i32;
}

@inline
function apply(operation: i32, a: v128, b: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == RELU) return f32x4.max(a, zero);
  if (operation == RELU_GRADIENT) return v128.and(a, f32x4.gt(b, zero));
  if (operation == HARD_TANH) return f32x4.max(f32x4.min(a, one), f32x4.neg(one));
  if (operation == HARD_TANH_GRADIENT) return v128.and(a, f32x4.lt(f32x4.abs(b), one));
  if (operation == SOFT_THRESHOLD) return f32x4.sub(a, f32x4.max(f32x4.min(a, b), f32x4.neg(b)));
  if (operation == RECTIFY) return f32x4.max(f32x4.sub(a, b), zero);
  return v128.and(a, f32x4.ne(b, zero));
}

/** Item: a block of elements. */
export function elementwise(item: i32, thread: i32, args: usize): void {
  switch (changetype<Pass>(args).operation) {
    case ADD:
      return add(args, item);
    case SUBTRACT:
      return subtract(args, item);
    case MULTIPLY:
      return multiply(args, item);
    case DIVIDE:
      return divide(args, item);
    case RELU:
      return relu(args, item);
    case RELU_GRADIENT:
      return reluGradient(args, item);
    case HARD_TANH:
      return hardTanh(args, item);
    case HARD_TANH_GRADIENT:
      return hardTanhGradient(args, item);
    case SOFT_THRESHOLD:
      return softThreshold(args, item);
    case RECTIFY:
      return rectify(args, item);
    case THRESHOLD_GRADIENT:
      return thresholdGradient(args, item);
  }
}

// A function each: in one, the compiler makes a single loop of all, and a choice for every vector in it.

function add(args: usize, item: i32): void {
  pass(args, item, ADD);
}

function subtract(args: usize, item: i32): void {
  pass(args, item, SUBTRACT);
}

function multiply(args: usize, item: i32): void {
  pass(args, item, MULTIPLY);
}

function divide(args: usize, item: i32): void {
  pass(args, item, DIVIDE);
}

function relu(args: usize, item: i32): void {
  pass(args, item, RELU);
}

function reluGradient(args: usize, item: i32): void {
  pass(args, item, RELU_GRADIENT);
}

function hardTanh(args: usize, item: i32): void {
  pass(args, item, HARD_TANH);
}

function hardTanhGradient(args: usize, item: i32): void {
  pass(args, item, HARD_TANH_GRADIENT);
}

function softThreshold(args: usize, item: i32): void {
  pass(args, item, SOFT_THRESHOLD);
}

function rectify(args: usize, item: i32): void {
  pass(args, item, RECTIFY);
}

function thresholdGradient(args: usize, item: i32): void {
  pass(args, item, THRESHOLD_GRADIENT);
}

@inline
function pass(args: usize, item: i32, operation: i32): void {
  const p = changetype<Pass>(args);
  const period = p.period, first = item * ELEMENTWISE_BLOCK;
  const last = min(p.count, first + ELEMENTWISE_BLOCK);
  const a = p.a, b = p.b, result = p.result;
  let i = first;
  let phase = i % period;
  if (period == 1) {
    const constant = v128.load32_splat(b);
    for (; i + 8 <= last; i += 8) {
      const at = (<usize>i) << 2;
      const first = apply(operation, v128.load(a + at), constant);
      const second = apply(operation, v128.load(a + at, 16), constant);
      storePair(result + at, first, second);
    }
  } else {
    while (true) {
      // As far as b goes on without a break.
      const end = min(last, i + period - phase);
      const shift = b + (phase << 2) - (<usize>i << 2);
      for (; i + 8 <= end; i += 8) {
        const at = (<usize>i) << 2;
        const first = apply(operation, v128.load(a + at), v128.load(shift + at));
        const second = apply(operation, v128.load(a + at, 16), v128.load(shift + at, 16));
        storePair(result + at, first, second);
      }
      for (; i < end; i += 4) {
        const at = (<usize>i) << 2, left = end - i;
        storePart(result + at, left, apply(operation, loadPart(a + at, left), loadPart(shift + at, left)));
      }
      if (end == last) return;
      i = end;
      phase = 0;
    }
  }
  for (; i < last; i += 4) {
    const at = (<usize>i) << 2, left = last - i;
    storePart(result + at, left, apply(operation, loadPart(a + at, left), v128.load32_splat(b)));
  }
}
