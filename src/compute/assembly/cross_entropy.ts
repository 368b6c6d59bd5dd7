// Softmax cross-entropy with its gradient, in float64 from the logits to the loss. AssemblyScript's own
// exponential and logarithm read tables, which a module on the memory of another cannot have.

import { CROSS_ENTROPY_ROWS } from "../kernel_constants";

/** Arguments. */
@unmanaged
class CrossEntropy {
  logits: usize;
  /** int32 class of each row. */
  labels: usize;
  /** Loss of each row. */
  losses: usize;
  /** softmax - one-hot. */
  gradient: usize;
  rows: i32;
  columns: i32;
}

/** Item: CROSS_ENTROPY_ROWS rows. */
export function crossEntropy(item: i32, thread: i32, args: usize): void {
  const p = changetype<CrossEntropy>(args);
  const last = min(p.rows, (item + 1) * CROSS_ENTROPY_ROWS);
  for (let row = item * CROSS_ENTROPY_ROWS; row < last; row++) {
    const at: usize = ((<usize>row) * p.columns) << 2;
    const logits = p.logits + at;
    const gradient = p.gradient + at;
    const label = load<i32>(p.labels + (row << 2));
    let largest: f32 = -Infinity;
    for (let c = 0; c < p.columns; c++) largest = max(largest, load<f32>(logits + (c << 2)));
    let sum: f64 = 0;
    for (let c = 0; c < p.columns; c++) {
      const e = exponential(<f64>load<f32>(logits + (c << 2)) - largest);
      store<f32>(gradient + (c << 2), <f32>e);
      sum += e;
    }
    const scale = <f32>(1 / sum);
    for (let c = 0; c < p.columns; c++) {
      store<f32>(gradient + (c << 2), load<f32>(gradient + (c << 2)) * scale);
    }
    const own = gradient + (label << 2);
    store<f32>(own, load<f32>(own) - 1);
    store<f32>(p.losses + (row << 2), <f32>(logarithm(sum) + largest - load<f32>(logits + (label << 2))));
  }
}

/** e^x for x <= 0, relative error below 1e-12. */
@inline
function exponential(x: f64): f64 {
  if (x < -700) return 0;
  const n = nearest(x * 1.4426950408889634);
  const r = x - n * 0.6931471805599453;
  let sum: f64 = 1;
  for (let k = 12; k > 0; k--) sum = 1 + sum * r / k;
  return sum * reinterpret<f64>((<u64>(<i64>n + 1023)) << 52);
}

/** ln x for x >= 1, absolute error below 1e-12. */
@inline
function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = <f64>(<i64>(bits >> 52) - 1023);
  const mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  const t = (mantissa - 1) / (mantissa + 1);
  const square = t * t;
  let sum: f64 = 0;
  for (let k = 27; k > 0; k -= 2) sum = sum * square + 1 / <f64>k;
  return exponent * 0.6931471805599453 + 2 * t * sum;
}
