// Passes over whole tensors, a block of elements an item.

const BLOCK: i32 = 16384;

/** Arguments: result[i] = f(a[i], b[i mod period]). */
@unmanaged
class Pass {
  a: usize;
  b: usize;
  result: usize;
  count: i32;
  period: i32;
  /** Number of the operation, as in kernels/elementwise.ts. */
  operation: i32;
}

@inline
function apply(operation: i32, a: v128, b: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (operation == 0) return f32x4.add(a, b);
  if (operation == 1) return f32x4.sub(a, b);
  if (operation == 2) return f32x4.mul(a, b);
  if (operation == 3) return f32x4.div(a, b);
  // max(a, 0) where a NaN stays one.
  if (operation == 4) return f32x4.max(a, zero);
  // Gradient a where the rectified value b is positive.
  if (operation == 5) return v128.and(a, f32x4.gt(b, zero));
  if (operation == 6) return f32x4.max(f32x4.min(a, one), f32x4.neg(one));
  // Gradient a where the clipped value b is inside.
  if (operation == 7) return v128.and(a, f32x4.lt(f32x4.abs(b), one));
  if (operation == 8) return f32x4.sub(a, f32x4.max(f32x4.min(a, b), f32x4.neg(b)));
  if (operation == 9) return f32x4.max(f32x4.sub(a, b), zero);
  // Gradient a where the result b of a threshold is not 0.
  return v128.and(a, f32x4.ne(b, zero));
}

/** Item: a block of elements. */
export function elementwise(item: i32, thread: i32, args: usize): void {
  switch (changetype<Pass>(args).operation) {
    case 0:
      return pass(args, item, 0);
    case 1:
      return pass(args, item, 1);
    case 2:
      return pass(args, item, 2);
    case 3:
      return pass(args, item, 3);
    case 4:
      return pass(args, item, 4);
    case 5:
      return pass(args, item, 5);
    case 6:
      return pass(args, item, 6);
    case 7:
      return pass(args, item, 7);
    case 8:
      return pass(args, item, 8);
    case 9:
      return pass(args, item, 9);
    case 10:
      return pass(args, item, 10);
  }
}

@inline
function pass(args: usize, item: i32, operation: i32): void {
  const p = changetype<Pass>(args);
  const first = item * BLOCK;
  const last = min(p.count, first + BLOCK);
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
