// Packing of the other operand: panels of 8 columns, the 8 floats of one step of the sum side by side, the last
// panel filled up with zeros.

import { loadPart, storePair } from "./parts";

/** Arguments of a packing job; strides in floats. */
@unmanaged
export class Packing {
  source: usize;
  panels: usize;
  steps: i32;
  columns: i32;
  stepStride: i32;
  columnStride: i32;
  /** The steps come in runs of this many, `runStride` apart (taps of a reversed filter run backwards). */
  run: i32;
  runStride: i32;
  sourceBatch: i32;
  /** Steps of an item; all of them where there are several runs. */
  itemSteps: i32;
}

/** Item: `itemSteps` steps of a panel; the panels of a batch follow each other. */
export function pack(item: i32, thread: i32, args: usize): void {
  const p = changetype<Packing>(args);
  const parts = (p.steps + p.itemSteps - 1) / p.itemSteps;
  const panel = item / parts;
  const count = (p.columns + 7) >> 3;
  const batch = panel / count;
  const column = (panel - batch * count) << 3;
  const columns = min(8, p.columns - column);
  const begin = (item - panel * parts) * p.itemSteps;
  const end = min(p.steps, begin + p.itemSteps);
  const source = p.source + ((batch * p.sourceBatch + column * p.columnStride) << 2);
  for (let first = begin; first < end; first += p.run) {
    const run = first / p.run;
    const from = source + ((run * p.runStride + (first - run * p.run) * p.stepStride) << 2);
    const to = p.panels + (<usize>panel) * p.steps * 32 + (<usize>first) * 32;
    const steps = min(p.run, end - first);
    if (p.columnStride == 1) packRows(from, to, steps, p.stepStride << 2, columns);
    else if (columns < 8) packEdge(p, from, to, steps, columns);
    else if (p.stepStride == 1) packColumns(from, to, steps, p.columnStride << 2);
    else packEdge(p, from, to, steps, 8);
  }
}

/** Steps that are contiguous in memory. */
function packRows(from: usize, to: usize, steps: i32, stride: i32, columns: i32): void {
  if (columns == 8) {
    for (let k = 0; k < steps; k++, from += stride, to += 32) {
      const first = v128.load(from), second = v128.load(from, 16);
      storePair(to, first, second);
    }
    return;
  }
  for (let k = 0; k < steps; k++, from += stride, to += 32) {
    v128.store(to, columns > 4 ? loadPart(from + 16, columns - 4) : f32x4.splat(0), 16);
    v128.store(to, loadPart(from, columns));
  }
}

/** Columns that are contiguous in memory: transposed, eight columns and four steps at a time. */
function packColumns(from: usize, to: usize, steps: i32, stride: i32): void {
  let k = 0;
  for (; k + 4 <= steps; k += 4) {
    transpose(from + (k << 2), stride, to);
    to += 128;
  }
  for (; k < steps; k++) {
    for (let j = 0; j < 8; j++) store<f32>(to + (j << 2), load<f32>(from + (k << 2) + j * stride));
    to += 32;
  }
}

/** Four floats of each of eight columns: two blocks of 4 x 4 side by side. */
@inline
function transpose(from: usize, stride: i32, to: usize): void {
  const other = from + 4 * stride;
  const a0 = v128.load(from), b0 = v128.load(other);
  const a1 = v128.load(from + stride), b1 = v128.load(other + stride);
  const a2 = v128.load(from + 2 * stride), b2 = v128.load(other + 2 * stride);
  const a3 = v128.load(from + 3 * stride), b3 = v128.load(other + 3 * stride);
  const aLow01 = low(a0, a1), bLow01 = low(b0, b1), aLow23 = low(a2, a3), bLow23 = low(b2, b3);
  const aHigh01 = high(a0, a1), bHigh01 = high(b0, b1), aHigh23 = high(a2, a3), bHigh23 = high(b2, b3);
  v128.store(to, firstHalves(bLow01, bLow23), 16);
  v128.store(to, firstHalves(aLow01, aLow23));
  v128.store(to, lastHalves(bLow01, bLow23), 48);
  v128.store(to, lastHalves(aLow01, aLow23), 32);
  v128.store(to, firstHalves(bHigh01, bHigh23), 80);
  v128.store(to, firstHalves(aHigh01, aHigh23), 64);
  v128.store(to, lastHalves(bHigh01, bHigh23), 112);
  v128.store(to, lastHalves(aHigh01, aHigh23), 96);
}

/** The first two floats of each, in turn; the last two. */
@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}

@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

/** The first two floats of one, then of the other; the last two. */
@inline
function firstHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}

@inline
function lastHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 3, 6, 7);
}

function packEdge(p: Packing, from: usize, to: usize, steps: i32, columns: i32): void {
  for (let k = 0; k < steps; k++) {
    for (let j = 0; j < 8; j++) {
      const at = from + ((k * p.stepStride + j * p.columnStride) << 2);
      store<f32>(to + (j << 2), j < columns ? load<f32>(at) : 0);
    }
    to += 32;
  }
}
