// Decision values: the kernel between rows and support vectors, times the coefficients.

import { storePair } from "../../../compute/assembly/parts";
import { rowTile } from "../../../compute/assembly/row_tile";
import { DECISION_ROWS, TILE_ROWS } from "../kernel_constants";
import { kernelTile, Points } from "./kernel_tile";
import { scratchOf } from "./scratch";

/** Rows of an item; panels of support vectors whose kernel values are kept before they are used. */
const ROWS: i32 = DECISION_ROWS;
const PANELS: i32 = 32;

/** Offsets in the work space: 8 zeros, addresses of the rows of kernel values, the values. */
const ZEROS: usize = 192;
const POINTERS: usize = 256;
const VALUES: usize = 384;

@unmanaged
class Decision {
  /** The support vectors. */
  points: usize;
  /** Addresses of the rows, their squared lengths, and how many; filled up to whole items. */
  rows: usize;
  norms: usize;
  count: i32;
  classes: i32;
  /** For each class and one behind: its first panel. */
  firstPanels: usize;
  /** For each class, for every 8 other classes: 8 coefficients a support vector. */
  coefficients: usize;
  /** (rows, classes, other classes filled up to 8), float64. */
  sums: usize;
}

/** Item: ROWS rows; for each class its support vectors' share of the decisions against each other class. */
export function decide(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Decision>(args);
  const points = changetype<Points>(p.points);
  const scratch = scratchOf(base, thread);
  v128.store(scratch + ZEROS, i32x4.splat(0), 16);
  v128.store(scratch + ZEROS, i32x4.splat(0));
  for (let r = 0; r < ROWS; r++) {
    store<usize>(scratch + POINTERS + (r << 2), scratch + VALUES + ((r * PANELS) << 5));
  }
  const groups = (p.classes + 7) >> 3;
  const firstRow = item * ROWS;
  const rowBytes = (p.classes * groups) << 6;
  memory.fill(p.sums + (<usize>firstRow) * rowBytes, 0, ROWS * rowBytes);
  for (let c = 0; c < p.classes; c++) {
    const begin = load<i32>(p.firstPanels + (c << 2));
    const end = load<i32>(p.firstPanels + (c << 2), 4);
    for (let panel = begin; panel < end; panel += PANELS) {
      const panels = min(PANELS, end - panel);
      for (let k = 0; k < panels; k++) {
        for (let r = 0; r < ROWS; r += TILE_ROWS) {
          const at = (firstRow + r) << 2;
          kernelTile(points, p.rows + at, p.norms + at, panel + k, scratch + ZEROS, scratch);
          const to = scratch + VALUES + ((r * PANELS + k) << 5);
          for (let i = 0; i < TILE_ROWS; i++) {
            storePair(to + ((i * PANELS) << 5), v128.load(scratch + (i << 5)), v128.load(scratch + (i << 5), 16));
          }
        }
      }
      for (let g = 0; g < groups; g++) {
        const coefficients = p.coefficients + ((<usize>(begin * groups + g * (end - begin) + panel - begin)) << 8);
        for (let r = 0; r < ROWS; r += TILE_ROWS) {
          rowTile(scratch + POINTERS + (r << 2), 1, panels << 3, 0, coefficients, scratch + ZEROS, -Infinity, scratch, 32);
          addTile(scratch, p.sums + (<usize>(firstRow + r)) * rowBytes + ((c * groups + g) << 6), rowBytes);
        }
      }
    }
  }
}

function addTile(tile: usize, to: usize, stride: i32): void {
  for (let i = 0; i < TILE_ROWS; i++, tile += 32, to += stride) {
    for (let k = 0; k < 8; k++) {
      store<f64>(to + (k << 3), load<f64>(to + (k << 3)) + <f64>load<f32>(tile + (k << 2)));
    }
  }
}
