// Products whose sum runs along the rows of the operand in place: A B, A B', convolution forward, and the
// gradient of a convolution's input.

import { collectRows, Product, ROW_TILE } from "./operand";
import { loadPart, storePart } from "./parts";
import { scratchOf } from "./scratch";
import { rowTile } from "./row_tile";

/** Steps of the sum in one go, so that a panel and six rows stay in the nearest cache. */
const STEPS: i32 = 512;

const ZEROS: usize = 0; // offsets into the scratch memory of a thread
const TILE: usize = 64;
const POINTERS: usize = 256;

/** Item: a batch entry, 48 rows and `panelTile` panels of columns. */
export function multiplyRows(item: i32, thread: i32, args: usize, base: usize): void {
  const scratch = scratchOf(base, thread);
  const p = changetype<Product>(args);
  const panelCount = (p.columns + 7) >> 3;
  const rowTiles = (p.rows + ROW_TILE - 1) / ROW_TILE;
  const panelTiles = (panelCount + p.panelTile - 1) / p.panelTile;
  const tile = item / panelTiles;
  const batch = tile / rowTiles;
  const firstRow = (tile - batch * rowTiles) * ROW_TILE;
  const rows = min(ROW_TILE, p.rows - firstRow);
  const firstPanel = (item - tile * panelTiles) * p.panelTile;
  const lastPanel = min(panelCount, firstPanel + p.panelTile);
  const panelBytes = p.segments * p.segmentLength * 32;
  const ldc = p.columns << 2;

  v128.store(scratch + ZEROS, f32x4.splat(0), 16);
  v128.store(scratch + ZEROS, f32x4.splat(0));
  const runs = max(1, min(p.segments, STEPS / p.segmentLength));
  const run = min(p.segmentLength, STEPS);
  for (let segment = 0; segment < p.segments; segment += runs) {
    const segments = min(runs, p.segments - segment);
    for (let offset = 0; offset < p.segmentLength; offset += run) {
      const length = min(run, p.segmentLength - offset);
      const initial = segment == 0 && offset == 0;
      const last = segment + segments == p.segments && offset + length == p.segmentLength;
      const floor = last ? p.floor : -Infinity;
      const step = segment * p.segmentLength + offset;
      collectPointers(p, batch, firstRow, rows, segment * p.segmentStride + (offset << 2), scratch + POINTERS);
      for (let panel = firstPanel; panel < lastPanel; panel++) {
        const b = p.panels + batch * p.panelsBatch + (<usize>panel) * panelBytes + (<usize>step) * 32;
        const begin = p.bias == 0 ? scratch + ZEROS : p.bias + (panel << 5);
        const start = initial ? begin : 0;
        const columns = min(8, p.columns - (panel << 3));
        let c = p.result + batch * p.resultBatch + (<usize>firstRow) * ldc + (panel << 5);
        for (let row = 0; row < rows; row += 6) {
          const pointers = scratch + POINTERS + (row << 2);
          if (columns == 8 && row + 6 <= rows) {
            rowTile(pointers, segments, length, p.segmentStride, b, start, floor, c, ldc);
          } else {
            const count = min(6, rows - row);
            if (!initial) copyTile(c, ldc, scratch + TILE, 32, count, columns);
            rowTile(pointers, segments, length, p.segmentStride, b, start, floor, scratch + TILE, 32);
            copyTile(scratch + TILE, 32, c, ldc, count, columns);
          }
          c += 6 * ldc;
        }
      }
    }
  }
}

/** The addresses of the rows of a tile, `shift` bytes in; the last row stands for those that are missing. */
function collectPointers(p: Product, batch: i32, firstRow: i32, rows: i32, shift: i32, to: usize): void {
  collectRows(p, batch, firstRow, rows, shift, to);
  const last = load<usize>(to + ((rows - 1) << 2));
  for (let row = rows; row < ROW_TILE; row++) store<usize>(to + (row << 2), last);
}

/** Copies the part of a 6 x 8 tile that exists. */
export function copyTile(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++, from += fromStride, to += toStride) {
    storePart(to, columns, loadPart(from, columns));
    if (columns > 4) storePart(to + 16, columns - 4, loadPart(from + 16, columns - 4));
  }
}
