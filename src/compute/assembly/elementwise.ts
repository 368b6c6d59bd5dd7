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
      return pass(args, item, ADD);
    case SUBTRACT:
      return pass(args, item, SUBTRACT);
    case MULTIPLY:
      return pass(args, item, MULTIPLY);
    case DIVIDE:
      return pass(args, item, DIVIDE);
    case RELU:
      return pass(args, item, RELU);
    case RELU_GRADIENT:
      return pass(args, item, RELU_GRADIENT);
    case HARD_TANH:
      return pass(args, item, HARD_TANH);
    case HARD_TANH_GRADIENT:
      return pass(args, item, HARD_TANH_GRADIENT);
    case SOFT_THRESHOLD:
      return pass(args, item, SOFT_THRESHOLD);
    case RECTIFY:
      return pass(args, item, RECTIFY);
    case THRESHOLD_GRADIENT:
      return pass(args, item, THRESHOLD_GRADIENT);
  }
}

@inline
function pass(args: usize, item: i32, operation: i32): void {
  const p = changetype<Pass>(args);
  const first = item * ELEMENTWISE_BLOCK;
  const last = min(p.count, first + ELEMENTWISE_BLOCK);
  let i = first;
  if (p.period == p.count || (p.period & 3) == 0) {
    let phase = i % p.period;
    for (; i + 4 <= last; i += 4) {
      const at = (<usize>i) << 2;
      v128.store(p.result + at, apply(operation, v128.load(p.a + at), v128.load(p.b + (phase << 2))));
      phase += 4;
      if (phase >= p.period) phase -= p.period;
    }
  } else if (p.period == 1) {
    const b = v128.load32_splat(p.b);
    for (; i + 4 <= last; i += 4) {
      const at = (<usize>i) << 2;
      v128.store(p.result + at, apply(operation, v128.load(p.a + at), b));
    }
  }
  let phase = i % p.period;
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const value = apply(operation, v128.load32_zero(p.a + at), v128.load32_zero(p.b + (phase << 2)));
    v128.store32_lane(p.result + at, value, 0);
    if (++phase == p.period) phase = 0;
  }
}
