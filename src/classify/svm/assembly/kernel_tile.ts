// The Gaussian kernel between 6 rows and a panel of 8 points.

import { storePair } from "../../../compute/assembly/parts";
import { rowTile } from "../../../compute/assembly/row_tile";
import { exponential2 } from "../../../compute/assembly/exponential";
import { TILE_ROWS } from "../kernel_constants";

/** Points as panels of 8: in each the 8 values of one feature side by side, feature after feature. */
@unmanaged
export class Points {
  panels: usize;
  /** Squared lengths, float32, 8 a panel. */
  norms: usize;
  /** Features. */
  steps: i32;
  /** -gamma / ln 2. */
  scale: f32;
}

/**
 * exp(-gamma |row - point|^2) for 6 rows and the 8 points of a panel, from |row|^2 + |point|^2 - 2 row . point.
 *
 * @param rows 6 addresses of rows.
 * @param rowNorms Their 6 squared lengths.
 * @param zeros 8 floats, all 0.
 * @param tile Where the (6, 8) results go.
 */
export function kernelTile(p: Points, rows: usize, rowNorms: usize, panel: i32, zeros: usize, tile: usize): void {
  rowTile(rows, 1, p.steps, 0, p.panels + (<usize>panel) * p.steps * 32, zeros, -Infinity, tile, 32);
  const norms0 = v128.load(p.norms + (panel << 5));
  const norms1 = v128.load(p.norms + (panel << 5), 16);
  const scale = f32x4.splat(p.scale);
  for (let i = 0; i < TILE_ROWS; i++, tile += 32) {
    const norm = v128.load32_splat(rowNorms + (i << 2));
    const first = gaussian(v128.load(tile), f32x4.add(norm, norms0), scale);
    storePair(tile, first, gaussian(v128.load(tile, 16), f32x4.add(norm, norms1), scale));
  }
}

@inline
function gaussian(product: v128, norms: v128, scale: v128): v128 {
  const squaredDistance = f32x4.max(f32x4.sub(norms, f32x4.add(product, product)), f32x4.splat(0));
  return exponential2(f32x4.mul(squaredDistance, scale));
}
