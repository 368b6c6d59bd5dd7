// Running sums and products along one side of an array (outer, rows, columns), in float64.

import { INTEGERS, MULTIPLY, REDUCTION_COLUMNS } from "../kernel_constants";

/** Arguments. */
@unmanaged
class Scan {
  x: usize;
  result: usize;
  outer: i32;
  rows: i32;
  columns: i32;
  /** Rows in one item where there is one column. */
  itemOuter: i32;
  /** FLOATS or INTEGERS. */
  from: i32;
  /** ADD or MULTIPLY. */
  operation: i32;
  /** Whether a result leaves its own element out. */
  exclusive: i32;
  /** Whether the last element comes first. */
  reverse: i32;
}

/** Item: some entries of the outer side where they are rows, else a block of columns of one. */
export function scan(item: i32, thread: i32, args: usize): void {
  const p = changetype<Scan>(args);
  // What is known when it is compiled keeps branches out of the loops.
  if (p.from == INTEGERS) {
    if (p.operation == MULTIPLY) scanItem(p, item, true, true);
    else scanItem(p, item, true, false);
  } else {
    if (p.operation == MULTIPLY) scanItem(p, item, false, true);
    else scanItem(p, item, false, false);
  }
}

@inline
function scanItem(p: Scan, item: i32, integers: bool, product: bool): void {
  const rows = p.rows;
  const stride: usize = (<usize>p.columns) << 2;
  const isReverse = p.reverse != 0;
  const step: usize = isReverse ? 0 - stride : stride;
  const begin: usize = isReverse ? (<usize>(rows - 1)) * stride : 0;
  const isExclusive = p.exclusive != 0;
  const between = p.result - p.x;
  if (p.columns == 1) {
    const row: usize = (<usize>rows) << 2;
    const last = min(p.outer, (item + 1) * p.itemOuter);
    let outer = item * p.itemOuter;
    let at = p.x + (<usize>outer) * row + begin;
    if (!integers) {
      for (; outer + 4 <= last; outer += 4, at += 4 * row) scan4(at, row, between, rows, step, isExclusive, product);
    }
    for (; outer < last; outer++, at += row) scan1(at, between, rows, step, isExclusive, integers, product);
    return;
  }
  const blocks = (p.columns + REDUCTION_COLUMNS - 1) / REDUCTION_COLUMNS;
  const outer = item / blocks;
  const first = (item - outer * blocks) * REDUCTION_COLUMNS;
  const last = min(p.columns, first + REDUCTION_COLUMNS);
  let at = p.x + (<usize>outer) * rows * stride + begin + ((<usize>first) << 2);
  let c = first;
  if (!integers) {
    for (; c + 4 <= last; c += 4, at += 16) scanColumns(at, between, rows, step, isExclusive, product);
  }
  for (; c < last; c++, at += 4) scan1(at, between, rows, step, isExclusive, integers, product);
}

@inline
function join(a: f64, b: f64, product: bool): f64 {
  return product ? a * b : a + b;
}

/** One run; integers are taken modulo 2^32. */
@inline
function scan1(at: usize, between: usize, rows: i32, step: usize, isExclusive: bool, integers: bool, product: bool): void {
  if (integers) {
    let total: i32 = product ? 1 : 0;
    for (let row = 0; row < rows; row++, at += step) {
      const value = load<i32>(at);
      const next = product ? total * value : total + value;
      store<i32>(at + between, isExclusive ? total : next);
      total = next;
    }
  } else {
    let total: f64 = product ? 1 : 0;
    for (let row = 0; row < rows; row++, at += step) {
      const next = join(total, <f64>load<f32>(at), product);
      store<f32>(at + between, <f32>(isExclusive ? total : next));
      total = next;
    }
  }
}

/** Four runs that are `gap` bytes apart: the sums of one wait for each other. */
@inline
function scan4(at: usize, gap: usize, between: usize, rows: i32, step: usize, isExclusive: bool, product: bool): void {
  let t0: f64 = product ? 1 : 0, t1 = t0, t2 = t0, t3 = t0;
  for (let row = 0; row < rows; row++, at += step) {
    const n0 = join(t0, <f64>load<f32>(at), product);
    const n1 = join(t1, <f64>load<f32>(at + gap), product);
    const n2 = join(t2, <f64>load<f32>(at + 2 * gap), product);
    const n3 = join(t3, <f64>load<f32>(at + 3 * gap), product);
    const to = at + between;
    store<f32>(to, <f32>(isExclusive ? t0 : n0));
    store<f32>(to + gap, <f32>(isExclusive ? t1 : n1));
    store<f32>(to + 2 * gap, <f32>(isExclusive ? t2 : n2));
    store<f32>(to + 3 * gap, <f32>(isExclusive ? t3 : n3));
    t0 = n0;
    t1 = n1;
    t2 = n2;
    t3 = n3;
  }
}

/** Four neighbouring columns. */
@inline
function scanColumns(at: usize, between: usize, rows: i32, step: usize, isExclusive: bool, product: bool): void {
  let low = f64x2.splat(product ? 1 : 0), high = low;
  for (let row = 0; row < rows; row++, at += step) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
    const nextLow = product ? f64x2.mul(low, a) : f64x2.add(low, a);
    const nextHigh = product ? f64x2.mul(high, b) : f64x2.add(high, b);
    v128.store64_lane(at + between, f32x4.demote_f64x2_zero(isExclusive ? low : nextLow), 0);
    v128.store64_lane(at + between, f32x4.demote_f64x2_zero(isExclusive ? high : nextHigh), 0, 8);
    low = nextLow;
    high = nextHigh;
  }
}
