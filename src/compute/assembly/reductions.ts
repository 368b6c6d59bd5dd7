// Sums and products along one side of an array (outer, rows, columns), in float64.

import { DOUBLES, FLOATS, INTEGERS, MULTIPLY, REDUCTION_COLUMNS } from "../kernel_constants";

/** Arguments. */
@unmanaged
class Reduction {
  /** (outer, rows, columns) */
  x: usize;
  /** (outer, parts, columns) */
  result: usize;
  outer: i32;
  rows: i32;
  columns: i32;
  /** Parts that the rows are cut into, and rows of a part; a last one may be shorter. */
  parts: i32;
  partRows: i32;
  /** Entries of the outer side in one item: 1 where there are parts or blocks of columns. */
  itemOuter: i32;
  /** FLOATS, INTEGERS or DOUBLES. */
  from: i32;
  to: i32;
  /** ADD or MULTIPLY. */
  operation: i32;
  /** What results are divided by: the number of elements for a mean. */
  divisor: i32;
}

/** Item: some entries of the outer side, or a part of the rows of one and a block of its columns. */
export function reduce(item: i32, thread: i32, args: usize): void {
  const p = changetype<Reduction>(args);
  // What is known when it is compiled keeps branches out of the loops.
  if (p.operation == MULTIPLY) {
    if (p.from == FLOATS) reduceItem(p, item, FLOATS, true);
    else if (p.from == INTEGERS) reduceItem(p, item, INTEGERS, true);
    else reduceItem(p, item, DOUBLES, true);
  } else {
    if (p.from == FLOATS) reduceItem(p, item, FLOATS, false);
    else if (p.from == INTEGERS) reduceItem(p, item, INTEGERS, false);
    else reduceItem(p, item, DOUBLES, false);
  }
}

@inline
function reduceItem(p: Reduction, item: i32, from: i32, product: bool): void {
  const shift = from == DOUBLES ? 3 : 2;
  const blocks = (p.columns + REDUCTION_COLUMNS - 1) / REDUCTION_COLUMNS;
  const stride = (<usize>p.columns) << shift;
  const resultShift = p.to == DOUBLES ? 3 : 2;
  const outerItem = item / (p.parts * blocks);
  const rest = item - outerItem * p.parts * blocks;
  const part = rest / blocks;
  const first = (rest - part * blocks) * REDUCTION_COLUMNS;
  const last = min(p.columns, first + REDUCTION_COLUMNS);
  const firstRow = part * p.partRows;
  const rows = min(p.partRows, p.rows - firstRow);
  const lastOuter = min(p.outer, (outerItem + 1) * p.itemOuter);
  if (p.columns == 1 && p.rows > 1 && p.rows < 16 && p.to == FLOATS) {
    return shortRows(p, outerItem * p.itemOuter, lastOuter, from, product);
  }
  for (let outer = outerItem * p.itemOuter; outer < lastOuter; outer++) {
    let at = p.x + ((<usize>outer) * p.rows + firstRow) * stride + ((<usize>first) << shift);
    let to = p.result + (((<usize>outer * p.parts + part) * p.columns + first) << resultShift);
    if (p.columns == 1) {
      put(p, to, along(at, rows, from, product));
      continue;
    }
    let c = first;
    for (; c + 16 <= last; c += 16, at += 16 << shift, to += 16 << resultShift) {
      down16(p, at, rows, stride, to, from, product);
    }
    for (; c + 4 <= last; c += 4, at += 4 << shift, to += 4 << resultShift) {
      down4(p, at, rows, stride, to, from, product);
    }
    for (; c < last; c++, at += 1 << shift, to += 1 << resultShift) {
      put(p, to, down(at, rows, stride, from, product));
    }
  }
}

/** Rows of 2 to 15 values, four at a time: the sums of one wait for each other. */
@inline
function shortRows(p: Reduction, first: i32, last: i32, from: i32, product: bool): void {
  const size: usize = from == DOUBLES ? 8 : 4;
  const stride = (<usize>p.rows) * size;
  const pairs = p.rows >> 1;
  const isOdd = (p.rows & 1) != 0;
  const divisor = <f64>p.divisor;
  let at = p.x + (<usize>first) * stride;
  let to = p.result + ((<usize>first) << 2);
  let outer = first;
  for (; outer + 4 <= last; outer += 4, to += 16) {
    let s0 = pair(at, from);
    let s1 = pair(at + stride, from);
    let s2 = pair(at + 2 * stride, from);
    let s3 = pair(at + 3 * stride, from);
    let i = at + 2 * size;
    for (let k = 1; k < pairs; k++, i += 2 * size) {
      s0 = both(s0, pair(i, from), product);
      s1 = both(s1, pair(i + stride, from), product);
      s2 = both(s2, pair(i + 2 * stride, from), product);
      s3 = both(s3, pair(i + 3 * stride, from), product);
    }
    let low = both(v128.shuffle<i64>(s0, s1, 0, 2), v128.shuffle<i64>(s0, s1, 1, 3), product);
    let high = both(v128.shuffle<i64>(s2, s3, 0, 2), v128.shuffle<i64>(s2, s3, 1, 3), product);
    if (isOdd) {
      low = both(low, f64x2.replace_lane(f64x2.splat(one(i, from)), 1, one(i + stride, from)), product);
      const third = f64x2.splat(one(i + 2 * stride, from));
      high = both(high, f64x2.replace_lane(third, 1, one(i + 3 * stride, from)), product);
    }
    if (divisor != 1) {
      low = f64x2.div(low, f64x2.splat(divisor));
      high = f64x2.div(high, f64x2.splat(divisor));
    }
    v128.store64_lane(to, f32x4.demote_f64x2_zero(low), 0);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(high), 0, 8);
    at += 4 * stride;
  }
  for (; outer < last; outer++, at += stride, to += 4) {
    let s = pair(at, from);
    let i = at + 2 * size;
    for (let k = 1; k < pairs; k++, i += 2 * size) s = both(s, pair(i, from), product);
    let total = lanes(s, product);
    if (isOdd) total = join(total, one(i, from), product);
    store<f32>(to, <f32>(total / divisor));
  }
}

/** Two neighbouring values. */
@inline
function pair(at: usize, from: i32): v128 {
  if (from == DOUBLES) return v128.load(at);
  if (from == INTEGERS) return f64x2.convert_low_i32x4_s(v128.load64_zero(at));
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

@inline
function one(at: usize, from: i32): f64 {
  if (from == DOUBLES) return load<f64>(at);
  if (from == INTEGERS) return <f64>load<i32>(at);
  return <f64>load<f32>(at);
}

@inline
function both(a: v128, b: v128, product: bool): v128 {
  return product ? f64x2.mul(a, b) : f64x2.add(a, b);
}

@inline
function join(a: f64, b: f64, product: bool): f64 {
  return product ? a * b : a + b;
}

@inline
function lanes(a: v128, product: bool): f64 {
  return join(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1), product);
}

/** All of `count` values side by side, in 16 lanes where there are so many. */
@inline
function along(at: usize, count: i32, from: i32, product: bool): f64 {
  const two: usize = from == DOUBLES ? 16 : 8;
  const start: f64 = product ? 1 : 0;
  let total = start;
  let i = count;
  if (i >= 16) {
    let s0 = f64x2.splat(start), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    for (; i >= 16; i -= 16, at += 8 * two) {
      s0 = both(s0, pair(at, from), product);
      s1 = both(s1, pair(at + two, from), product);
      s2 = both(s2, pair(at + 2 * two, from), product);
      s3 = both(s3, pair(at + 3 * two, from), product);
      s4 = both(s4, pair(at + 4 * two, from), product);
      s5 = both(s5, pair(at + 5 * two, from), product);
      s6 = both(s6, pair(at + 6 * two, from), product);
      s7 = both(s7, pair(at + 7 * two, from), product);
    }
    const low = both(both(s0, s1, product), both(s2, s3, product), product);
    const high = both(both(s4, s5, product), both(s6, s7, product), product);
    total = lanes(both(low, high, product), product);
  }
  if (i >= 4) {
    let s0 = f64x2.splat(start), s1 = s0;
    for (; i >= 4; i -= 4, at += 2 * two) {
      s0 = both(s0, pair(at, from), product);
      s1 = both(s1, pair(at + two, from), product);
    }
    total = join(total, lanes(both(s0, s1, product), product), product);
  }
  for (; i > 0; i--, at += two >> 1) total = join(total, one(at, from), product);
  return total;
}

/** Each of 16 columns. */
@inline
function down16(p: Reduction, at: usize, rows: i32, stride: usize, to: usize, from: i32, product: bool): void {
  const two: usize = from == DOUBLES ? 16 : 8;
  let s0 = f64x2.splat(product ? 1 : 0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  for (let row = 0; row < rows; row++, at += stride) {
    s0 = both(s0, pair(at, from), product);
    s1 = both(s1, pair(at + two, from), product);
    s2 = both(s2, pair(at + 2 * two, from), product);
    s3 = both(s3, pair(at + 3 * two, from), product);
    s4 = both(s4, pair(at + 4 * two, from), product);
    s5 = both(s5, pair(at + 5 * two, from), product);
    s6 = both(s6, pair(at + 6 * two, from), product);
    s7 = both(s7, pair(at + 7 * two, from), product);
  }
  const size: usize = p.to == DOUBLES ? 8 : 4;
  putPair(p, to, size, s0);
  putPair(p, to + 2 * size, size, s1);
  putPair(p, to + 4 * size, size, s2);
  putPair(p, to + 6 * size, size, s3);
  putPair(p, to + 8 * size, size, s4);
  putPair(p, to + 10 * size, size, s5);
  putPair(p, to + 12 * size, size, s6);
  putPair(p, to + 14 * size, size, s7);
}

/** Each of 4 columns, two rows at a time: a sum waits for the one before it. */
@inline
function down4(p: Reduction, at: usize, rows: i32, stride: usize, to: usize, from: i32, product: bool): void {
  const two: usize = from == DOUBLES ? 16 : 8;
  let s0 = f64x2.splat(product ? 1 : 0), s1 = s0, t0 = s0, t1 = s0;
  let row = rows;
  for (; row >= 2; row -= 2, at += 2 * stride) {
    s0 = both(s0, pair(at, from), product);
    s1 = both(s1, pair(at + two, from), product);
    t0 = both(t0, pair(at + stride, from), product);
    t1 = both(t1, pair(at + stride + two, from), product);
  }
  if (row > 0) {
    s0 = both(s0, pair(at, from), product);
    s1 = both(s1, pair(at + two, from), product);
  }
  const size: usize = p.to == DOUBLES ? 8 : 4;
  putPair(p, to, size, both(s0, t0, product));
  putPair(p, to + 2 * size, size, both(s1, t1, product));
}

/** One column, four rows at a time. */
@inline
function down(at: usize, rows: i32, stride: usize, from: i32, product: bool): f64 {
  let s0: f64 = product ? 1 : 0, s1 = s0, s2 = s0, s3 = s0;
  let row = rows;
  for (; row >= 4; row -= 4, at += 4 * stride) {
    s0 = join(s0, one(at, from), product);
    s1 = join(s1, one(at + stride, from), product);
    s2 = join(s2, one(at + 2 * stride, from), product);
    s3 = join(s3, one(at + 3 * stride, from), product);
  }
  for (; row > 0; row--, at += stride) s0 = join(s0, one(at, from), product);
  return join(join(s0, s1, product), join(s2, s3, product), product);
}

@inline
function putPair(p: Reduction, to: usize, size: usize, values: v128): void {
  put(p, to, f64x2.extract_lane(values, 0));
  put(p, to + size, f64x2.extract_lane(values, 1));
}

/** Writes a result, divided and rounded once. */
@inline
function put(p: Reduction, to: usize, value: f64): void {
  if (p.to == FLOATS) store<f32>(to, <f32>(value / <f64>p.divisor));
  else if (p.to == DOUBLES) store<f64>(to, value);
  else store<i32>(to, wrap(value));
}

/** The integer modulo 2^32, as JavaScript converts a number to an int32. */
@inline
function wrap(value: f64): i32 {
  if (!(abs(value) < Infinity)) return 0;
  const whole = trunc(value);
  const rest = whole - floor(whole / 4294967296.0) * 4294967296.0;
  return <i32><u32>rest;
}
