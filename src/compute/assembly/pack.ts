// Packing of the other operand: panels of 8 columns, the 8 floats of one step of the sum side by side, the last
// panel filled up with zeros.

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
    if (columns < 8) packEdge(p, from, to, steps, columns);
    else if (p.columnStride == 1) packRows(from, to, steps, p.stepStride << 2);
    else if (p.stepStride == 1) packColumns(from, to, steps, p.columnStride << 2);
    else packEdge(p, from, to, steps, 8);
  }
}

function packRows(from: usize, to: usize, steps: i32, stride: i32): void {
  for (let k = 0; k < steps; k++) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += stride;
    to += 32;
  }
}

/** Columns that are contiguous in memory: transposed 4 x 4 at a time. */
function packColumns(from: usize, to: usize, steps: i32, stride: i32): void {
  let k = 0;
  for (; k + 4 <= steps; k += 4) {
    transpose4(from + (k << 2), stride, to);
    transpose4(from + (k << 2) + 4 * stride, stride, to + 16);
    to += 128;
  }
  for (; k < steps; k++) {
    for (let j = 0; j < 8; j++) store<f32>(to + (j << 2), load<f32>(from + (k << 2) + j * stride));
    to += 32;
  }
}

@inline
function transpose4(from: usize, stride: i32, to: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + stride);
  const r2 = v128.load(from + 2 * stride);
  const r3 = v128.load(from + 3 * stride);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
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
