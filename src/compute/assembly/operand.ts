// The operand that stays in place: rows of a matrix, or the windows of a padded image (n, height, width,
// channels) under a filter. Row r is `segments` runs of `segmentLength` floats; all distances are in bytes.

import { PRODUCT_ROWS } from "../kernel_constants";

/** Arguments of a product. */
@unmanaged
export class Product {
  /** The rows: image n, line y, pixel x begin at base + n * imageStride + y * lineStride + x * pixelStride. */
  base: usize;
  rows: i32;
  width: i32;
  height: i32;
  pixelStride: i32;
  lineStride: i32;
  imageStride: i32;
  segments: i32;
  segmentLength: i32;
  segmentStride: i32;
  /** The other operand as panels of 8 columns, see pack.ts. */
  panels: usize;
  columns: i32;
  /** The result, row-major. */
  result: usize;
  /** 8 floats a panel to start from, or 0. */
  bias: usize;
  /** The smallest value of a result: 0 for a rectified product, else -Infinity. */
  floor: f32;
  /** Panels of one item. */
  panelTile: i32;
  /** How far base, panels and result move from one product of a batch to the next. */
  baseBatch: i32;
  panelsBatch: i32;
  resultBatch: i32;
  /** Rows of one part, where the sum over rows is cut into parts (see columns.ts). */
  partRows: i32;
}

/** Rows of one item. */
export const ROW_TILE: i32 = PRODUCT_ROWS;

/** Writes the addresses of `count` rows of product `batch` from row `first` on, `shift` bytes in. */
export function collectRows(p: Product, batch: i32, first: i32, count: i32, shift: i32, to: usize): void {
  const width = p.width, height = p.height;
  const nextPixel = p.pixelStride;
  const nextLine = p.lineStride - width * nextPixel;
  const nextImage = p.imageStride - height * p.lineStride;
  // One division for all: two a row took as long as the products of a filter of 5 x 5.
  const line = first / width;
  const image = line / height;
  let x = first - line * width;
  let y = line - image * height;
  let row = p.base + batch * p.baseBatch + image * p.imageStride + y * p.lineStride + x * nextPixel + shift;
  for (const end = to + (count << 2); to < end; to += 4) {
    store<usize>(to, row);
    row += nextPixel;
    if (++x < width) continue;
    x = 0;
    row += nextLine;
    if (++y < height) continue;
    y = 0;
    row += nextImage;
  }
}
