import { type Boundary, type PaddedShape, paddedShape, padImage } from "../padding.ts";
import type { Samples } from "./low_pass_table.ts";
import { OUTSIDE } from "./kernel_constants.ts";

/** How an image lies on the grid of the cascade, and where its output is sampled. */
export interface ImageGeometry {
  /** The sides of the grid. */
  readonly grid: { readonly height: number; readonly width: number };
  /** The samples of the grid that are kept. */
  readonly samples: Samples;
  /** For each row of the grid the row of the image, or `OUTSIDE`. */
  readonly sourceRows: readonly number[];
  /** For each column of the grid the column of the image, or `OUTSIDE`. */
  readonly sourceColumns: readonly number[];
}

/**
 * Lays out images: with kymatio's frame, which is one sample wide at the step 2^J, or without one where the
 * boundary is periodic.
 *
 * @param height Rows of the images.
 * @param width Columns of the images.
 * @param J The scale.
 * @param sampling The distance between samples, a power of two up to 2^J.
 * @param boundary How images go on beyond their edges.
 * @returns The layout.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { grid, samples } = imageGeometry(28, 31, 2, 4, "reflect");
 * assertEquals(grid, { height: 36, width: 36 });
 * assertEquals(samples, { first: 4, stride: 4, rows: 7, columns: 7 });
 * assertEquals(imageGeometry(5, 8, 2, 4, "periodic").samples, { first: 0, stride: 4, rows: 2, columns: 2 });
 * ```
 */
export function imageGeometry(
  height: number,
  width: number,
  J: number,
  sampling: number,
  boundary: Boundary,
): ImageGeometry {
  const shape: PaddedShape = boundary === "periodic"
    ? { height, width, top: 0, left: 0 }
    : paddedShape(height, width, J);
  const frame = boundary === "periodic" ? 0 : 2 ** J;
  const kept = (side: number) => Math.ceil((side - 2 * frame) / sampling);
  // What padding does to an image of one row that holds the numbers of its columns.
  const sources = (side: number, padded: number, before: number) => {
    const numbers = Float64Array.from({ length: side }, (_, i) => i + 1);
    const row = padImage(numbers, 1, side, { height: 1, width: padded, top: 0, left: before }, boundary);
    return Array.from(row, (number) => number === 0 ? OUTSIDE : number - 1);
  };
  return {
    grid: { height: shape.height, width: shape.width },
    samples: { first: frame, stride: sampling, rows: kept(shape.height), columns: kept(shape.width) },
    sourceRows: sources(height, shape.height, shape.top),
    sourceColumns: sources(width, shape.width, shape.left),
  };
}
