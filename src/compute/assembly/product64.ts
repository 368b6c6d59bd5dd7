// Products of float64 matrices, result += sign * (transpose of x) y: covariances, and the updates of a
// factorisation.

import { PRODUCT64_COLUMNS, PRODUCT64_ROWS } from "../kernel_constants";
import { scratchOf } from "./scratch";

/** Sides of the block of an item, and the steps of the sum that are packed at once. */
const ROWS: i32 = PRODUCT64_ROWS;
const COLUMNS: i32 = PRODUCT64_COLUMNS;
const STEPS: i32 = 128;

/** Offset of the packed block of y in the work space, and of a tile for the border. */
const Y_BLOCK: usize = 98304;
const TILE: usize = 294912;

/** Arguments; strides in bytes. */
@unmanaged
class Product64 {
  /** (steps, rows) */
  x: usize;
  xStride: i32;
  /** (steps, columns) */
  y: usize;
  yStride: i32;
  /** (rows, columns) */
  result: usize;
  resultStride: i32;
  steps: i32;
  rows: i32;
  columns: i32;
  /** 1 or -1. */
  sign: i32;
  /** Whether blocks below the diagonal are left out: x is y. */
  upper: i32;
}

/** Item: a block of the result. */
export function multiply64(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Product64>(args);
  const scratch = scratchOf(base, thread);
  const across = (p.columns + COLUMNS - 1) / COLUMNS;
  const firstRow = (item / across) * ROWS;
  const firstColumn = (item % across) * COLUMNS;
  const rows = min(ROWS, p.rows - firstRow);
  const columns = min(COLUMNS, p.columns - firstColumn);
  if (p.upper != 0 && firstColumn + columns <= firstRow) return;
  for (let step = 0; step < p.steps; step += STEPS) {
    const steps = min(STEPS, p.steps - step);
    packBlock(p.x + (<usize>step) * p.xStride + (firstRow << 3), p.xStride, steps, rows, 6, scratch);
    packBlock(p.y + (<usize>step) * p.yStride + (firstColumn << 3), p.yStride, steps, columns, 4, scratch + Y_BLOCK);
    for (let j = 0; j < columns; j += 4) {
      const y = scratch + Y_BLOCK + (<usize>j) * steps * 8;
      for (let i = 0; i < rows; i += 6) {
        const c = p.result + (<usize>(firstRow + i)) * p.resultStride + ((firstColumn + j) << 3);
        tile64(scratch + (<usize>i) * steps * 8, y, steps, scratch + TILE);
        addTile(scratch + TILE, c, p.resultStride, min(6, rows - i), min(4, columns - j), p.sign);
      }
    }
  }
}

/** Packs groups of `width` columns, step after step, the last one filled up with zeros. */
function packBlock(from: usize, stride: i32, steps: i32, count: i32, width: i32, to: usize): void {
  for (let first = 0; first < count; first += width) {
    const present = min(width, count - first);
    let at = from + (first << 3);
    for (let k = 0; k < steps; k++, at += stride) {
      for (let i = 0; i < width; i++, to += 8) store<f64>(to, i < present ? load<f64>(at + (i << 3)) : 0);
    }
  }
}

function addTile(tile: usize, c: usize, stride: i32, rows: i32, columns: i32, sign: i32): void {
  for (let i = 0; i < rows; i++, tile += 32, c += stride) {
    for (let j = 0; j < columns; j++) {
      const at = c + (j << 3);
      store<f64>(at, load<f64>(at) + <f64>sign * load<f64>(tile + (j << 3)));
    }
  }
}

/** The tile of 6 x 4 sums over packed groups, four steps at a time: the loop itself cost a quarter. */
function tile64(x: usize, y: usize, steps: i32, tile: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0);
  let c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0);
  let c31 = f64x2.splat(0);
  let c40 = f64x2.splat(0);
  let c41 = f64x2.splat(0);
  let c50 = f64x2.splat(0);
  let c51 = f64x2.splat(0);
  let a: v128, y0: v128, y1: v128;
  let k = steps;
  for (; k >= 4; k -= 4, x += 192, y += 128) {
    y0 = v128.load(y, 0);
    y1 = v128.load(y, 16);
    a = v128.load64_splat(x, 0);
    c00 = f64x2.add(f64x2.mul(a, y0), c00);
    c01 = f64x2.add(f64x2.mul(a, y1), c01);
    a = v128.load64_splat(x, 8);
    c10 = f64x2.add(f64x2.mul(a, y0), c10);
    c11 = f64x2.add(f64x2.mul(a, y1), c11);
    a = v128.load64_splat(x, 16);
    c20 = f64x2.add(f64x2.mul(a, y0), c20);
    c21 = f64x2.add(f64x2.mul(a, y1), c21);
    a = v128.load64_splat(x, 24);
    c30 = f64x2.add(f64x2.mul(a, y0), c30);
    c31 = f64x2.add(f64x2.mul(a, y1), c31);
    a = v128.load64_splat(x, 32);
    c40 = f64x2.add(f64x2.mul(a, y0), c40);
    c41 = f64x2.add(f64x2.mul(a, y1), c41);
    a = v128.load64_splat(x, 40);
    c50 = f64x2.add(f64x2.mul(a, y0), c50);
    c51 = f64x2.add(f64x2.mul(a, y1), c51);
    y0 = v128.load(y, 32);
    y1 = v128.load(y, 48);
    a = v128.load64_splat(x, 48);
    c00 = f64x2.add(f64x2.mul(a, y0), c00);
    c01 = f64x2.add(f64x2.mul(a, y1), c01);
    a = v128.load64_splat(x, 56);
    c10 = f64x2.add(f64x2.mul(a, y0), c10);
    c11 = f64x2.add(f64x2.mul(a, y1), c11);
    a = v128.load64_splat(x, 64);
    c20 = f64x2.add(f64x2.mul(a, y0), c20);
    c21 = f64x2.add(f64x2.mul(a, y1), c21);
    a = v128.load64_splat(x, 72);
    c30 = f64x2.add(f64x2.mul(a, y0), c30);
    c31 = f64x2.add(f64x2.mul(a, y1), c31);
    a = v128.load64_splat(x, 80);
    c40 = f64x2.add(f64x2.mul(a, y0), c40);
    c41 = f64x2.add(f64x2.mul(a, y1), c41);
    a = v128.load64_splat(x, 88);
    c50 = f64x2.add(f64x2.mul(a, y0), c50);
    c51 = f64x2.add(f64x2.mul(a, y1), c51);
    y0 = v128.load(y, 64);
    y1 = v128.load(y, 80);
    a = v128.load64_splat(x, 96);
    c00 = f64x2.add(f64x2.mul(a, y0), c00);
    c01 = f64x2.add(f64x2.mul(a, y1), c01);
    a = v128.load64_splat(x, 104);
    c10 = f64x2.add(f64x2.mul(a, y0), c10);
    c11 = f64x2.add(f64x2.mul(a, y1), c11);
    a = v128.load64_splat(x, 112);
    c20 = f64x2.add(f64x2.mul(a, y0), c20);
    c21 = f64x2.add(f64x2.mul(a, y1), c21);
    a = v128.load64_splat(x, 120);
    c30 = f64x2.add(f64x2.mul(a, y0), c30);
    c31 = f64x2.add(f64x2.mul(a, y1), c31);
    a = v128.load64_splat(x, 128);
    c40 = f64x2.add(f64x2.mul(a, y0), c40);
    c41 = f64x2.add(f64x2.mul(a, y1), c41);
    a = v128.load64_splat(x, 136);
    c50 = f64x2.add(f64x2.mul(a, y0), c50);
    c51 = f64x2.add(f64x2.mul(a, y1), c51);
    y0 = v128.load(y, 96);
    y1 = v128.load(y, 112);
    a = v128.load64_splat(x, 144);
    c00 = f64x2.add(f64x2.mul(a, y0), c00);
    c01 = f64x2.add(f64x2.mul(a, y1), c01);
    a = v128.load64_splat(x, 152);
    c10 = f64x2.add(f64x2.mul(a, y0), c10);
    c11 = f64x2.add(f64x2.mul(a, y1), c11);
    a = v128.load64_splat(x, 160);
    c20 = f64x2.add(f64x2.mul(a, y0), c20);
    c21 = f64x2.add(f64x2.mul(a, y1), c21);
    a = v128.load64_splat(x, 168);
    c30 = f64x2.add(f64x2.mul(a, y0), c30);
    c31 = f64x2.add(f64x2.mul(a, y1), c31);
    a = v128.load64_splat(x, 176);
    c40 = f64x2.add(f64x2.mul(a, y0), c40);
    c41 = f64x2.add(f64x2.mul(a, y1), c41);
    a = v128.load64_splat(x, 184);
    c50 = f64x2.add(f64x2.mul(a, y0), c50);
    c51 = f64x2.add(f64x2.mul(a, y1), c51);
  }
  for (; k > 0; k--, x += 48, y += 32) {
    y0 = v128.load(y, 0);
    y1 = v128.load(y, 16);
    a = v128.load64_splat(x, 0);
    c00 = f64x2.add(f64x2.mul(a, y0), c00);
    c01 = f64x2.add(f64x2.mul(a, y1), c01);
    a = v128.load64_splat(x, 8);
    c10 = f64x2.add(f64x2.mul(a, y0), c10);
    c11 = f64x2.add(f64x2.mul(a, y1), c11);
    a = v128.load64_splat(x, 16);
    c20 = f64x2.add(f64x2.mul(a, y0), c20);
    c21 = f64x2.add(f64x2.mul(a, y1), c21);
    a = v128.load64_splat(x, 24);
    c30 = f64x2.add(f64x2.mul(a, y0), c30);
    c31 = f64x2.add(f64x2.mul(a, y1), c31);
    a = v128.load64_splat(x, 32);
    c40 = f64x2.add(f64x2.mul(a, y0), c40);
    c41 = f64x2.add(f64x2.mul(a, y1), c41);
    a = v128.load64_splat(x, 40);
    c50 = f64x2.add(f64x2.mul(a, y0), c50);
    c51 = f64x2.add(f64x2.mul(a, y1), c51);
  }
  v128.store(tile, c01, 16);
  v128.store(tile, c00, 0);
  v128.store(tile, c11, 48);
  v128.store(tile, c10, 32);
  v128.store(tile, c21, 80);
  v128.store(tile, c20, 64);
  v128.store(tile, c31, 112);
  v128.store(tile, c30, 96);
  v128.store(tile, c41, 144);
  v128.store(tile, c40, 128);
  v128.store(tile, c51, 176);
  v128.store(tile, c50, 160);
}
