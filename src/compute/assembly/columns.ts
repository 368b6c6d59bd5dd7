// Products whose sum runs down the rows of the operand in place: A' B, and the gradient of a convolution's
// filter. Long sums are cut into parts of `partRows` rows, each with a result of its own; the caller adds them.

import { copyFloats } from "./copy_floats";
import { collectRows, Product, ROW_TILE } from "./operand";
import { copyTile } from "./rows";
import { scratchOf } from "./scratch";
import { columnTile } from "./column_tile";

/** Steps of the sum whose operands stay in the nearest cache. */
const STEPS: i32 = 256;

const ZEROS: usize = 0; // offsets into the scratch memory of a thread
const TILE: usize = 64;
const BLOCK: usize = 512;
const POINTERS: usize = BLOCK + STEPS * ROW_TILE * 4;

/** Item: a batch entry (or a part of the sum), 48 columns of the operand and `panelTile` panels. */
export function multiplyColumns(item: i32, thread: i32, args: usize, base: usize): void {
  const scratch = scratchOf(base, thread);
  const p = changetype<Product>(args);
  const panelCount = (p.columns + 7) >> 3;
  const size = p.segments * p.segmentLength;
  const tiles = (size + ROW_TILE - 1) / ROW_TILE;
  const panelTiles = (panelCount + p.panelTile - 1) / p.panelTile;
  const parts = (p.rows + p.partRows - 1) / p.partRows;
  const tile = item / panelTiles;
  const outer = tile / tiles;
  const batch = outer / parts;
  const part = outer - batch * parts;
  const first = (tile - outer * tiles) * ROW_TILE;
  const count = min(ROW_TILE, size - first);
  const firstPanel = (item - tile * panelTiles) * p.panelTile;
  const lastPanel = min(panelCount, firstPanel + p.panelTile);
  const result = p.result + outer * p.resultBatch;
  const ldc = p.columns << 2;
  const block = scratch + BLOCK;

  v128.store(scratch + ZEROS, f32x4.splat(0), 16);
  v128.store(scratch + ZEROS, f32x4.splat(0));
  const end = min(p.rows, (part + 1) * p.partRows);
  for (let row = part * p.partRows; row < end; row += STEPS) {
    const steps = min(STEPS, end - row);
    collectRows(p, batch, row, steps, 0, scratch + POINTERS);
    copyBlock(p, scratch + POINTERS, steps, first, count, block);
    const initial = row == part * p.partRows;
    for (let panel = firstPanel; panel < lastPanel; panel++) {
      const b = p.panels + batch * p.panelsBatch + (<usize>panel) * p.rows * 32 + (<usize>row) * 32;
      const columns = min(8, p.columns - (panel << 3));
      let c = result + (<usize>first) * ldc + (panel << 5);
      for (let m = 0; m < count; m += 6) {
        const rows = min(6, count - m);
        const a = block + (m << 2);
        const start = initial ? scratch + ZEROS : 0;
        if (columns == 8 && rows == 6) {
          columnTile(a, ROW_TILE << 2, steps, b, start, c, ldc);
        } else {
          if (!initial) copyTile(c, ldc, scratch + TILE, 32, rows, columns);
          columnTile(a, ROW_TILE << 2, steps, b, start, scratch + TILE, 32);
          copyTile(scratch + TILE, 32, c, ldc, rows, columns);
        }
        c += 6 * ldc;
      }
    }
  }
}

/** Copies columns first .. first + count of `steps` rows at the addresses `rows` side by side, 48 floats a row. */
function copyBlock(
  p: Product,
  rows: usize,
  steps: i32,
  first: i32,
  count: i32,
  block: usize,
): void {
  const firstSegment = first / p.segmentLength;
  const offset = first - firstSegment * p.segmentLength;
  const shift = firstSegment * p.segmentStride + (offset << 2);
  for (let k = 0; k < steps; k++) {
    let from = load<usize>(rows + (k << 2)) + shift;
    let left = p.segmentLength - offset;
    let next = from + (left << 2) + p.segmentStride - (p.segmentLength << 2);
    let missing = count;
    let to = block;
    while (true) {
      const run = min(left, missing);
      copyFloats(from, to, run);
      missing -= run;
      if (missing == 0) break;
      to += run << 2;
      from = next;
      next += p.segmentStride;
      left = p.segmentLength;
    }
    block += ROW_TILE << 2;
  }
}
