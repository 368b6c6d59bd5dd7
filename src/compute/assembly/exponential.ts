// 2^x in float32.

/**
 * 2^x for 4 values x <= 0: a whole power times the Taylor sum of degree 7 around it, whose remainder is below 1e-8
 * of the value. Below -126 it stays at the smallest normal number.
 */
@inline
export function exponential2(x: v128): v128 {
  x = f32x4.max(x, f32x4.splat(-126));
  const whole = f32x4.nearest(x);
  const t = f32x4.mul(f32x4.sub(x, whole), f32x4.splat(0.6931471805599453));
  let sum = f32x4.splat(1.0 / 5040);
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.0 / 720));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.0 / 120));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.0 / 24));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.0 / 6));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1));
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127));
  return f32x4.mul(sum, i32x4.shl(exponent, 23));
}
