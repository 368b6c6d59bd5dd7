/**
 * kymatio's frame around an image, and the way back.
 *
 * @module
 */
import { modulo } from "../numeric/modulo.ts";

/** How the image goes on beyond its edges: mirrored without repeating the edge, repeated, or 0. */
export type Boundary = "reflect" | "periodic" | "zero";

/** The padded grid, and where the image lies in it. */
export interface PaddedShape {
  /** Rows with padding, a multiple of 2^J. */
  readonly height: number;
  /** Columns with padding, a multiple of 2^J. */
  readonly width: number;
  /** Rows above the image. */
  readonly top: number;
  /** Columns to the left of the image. */
  readonly left: number;
}

/**
 * The padded grid of an image: each side becomes (floor((side + 2^J) / 2^J) + 1) 2^J, with the smaller half of
 * the padding first.
 *
 * @param height Rows of the image.
 * @param width Columns of the image.
 * @param J The scale.
 * @returns The padded grid.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(paddedShape(28, 31, 2), { height: 36, width: 36, top: 4, left: 2 });
 * ```
 */
export function paddedShape(height: number, width: number, J: number): PaddedShape {
  const padded = (side: number) => (Math.floor((side + 2 ** J) / 2 ** J) + 1) * 2 ** J;
  const before = (side: number) => Math.floor((padded(side) - side) / 2);
  return { height: padded(height), width: padded(width), top: before(height), left: before(width) };
}

/**
 * Puts an image on its padded grid.
 *
 * @param image Of shape (height, width).
 * @param height Rows of the image.
 * @param width Columns of the image.
 * @param shape The padded grid.
 * @param boundary How the image goes on; where the padding is wider than the image, it goes on repeatedly.
 * @returns The padded image, of shape (shape.height, shape.width).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const shape = { height: 1, width: 8, top: 0, left: 3 };
 * assertEquals([...padImage(Float64Array.of(1, 2, 3), 1, 3, shape, "reflect")], [2, 3, 2, 1, 2, 3, 2, 1]);
 * assertEquals([...padImage(Float64Array.of(1, 2, 3), 1, 3, shape, "periodic")], [1, 2, 3, 1, 2, 3, 1, 2]);
 * assertEquals([...padImage(Float64Array.of(1, 2, 3), 1, 3, shape, "zero")], [0, 0, 0, 1, 2, 3, 0, 0]);
 * ```
 */
export function padImage(
  image: Float64Array,
  height: number,
  width: number,
  shape: PaddedShape,
  boundary: Boundary,
): Float64Array {
  const rows = sources(height, shape.height, shape.top, boundary);
  const columns = sources(width, shape.width, shape.left, boundary);
  return Float64Array.from({ length: shape.height * shape.width }, (_, i) => {
    const row = rows[Math.floor(i / shape.width)]!;
    const column = columns[i % shape.width]!;
    return row < 0 || column < 0 ? 0 : image[row * width + column]!;
  });
}

/** For each padded index, the index that it is copied from, or -1 for a zero. */
function sources(side: number, padded: number, before: number, boundary: Boundary): number[] {
  return Array.from({ length: padded }, (_, i) => {
    const index = i - before;
    if (boundary === "zero") return index < side ? index : -1;
    if (boundary === "periodic") return modulo(index, side);
    const period = Math.max(1, 2 * (side - 1));
    return Math.min(modulo(index, period), period - modulo(index, period));
  });
}

/**
 * Takes the frame of one sample off a sub-sampled map, which is what the padding becomes at 2^J.
 *
 * @param map Of shape (height, width).
 * @param height Rows of the map.
 * @param width Columns of the map.
 * @returns Its inner part, of shape (height - 2, width - 2).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...unpad(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 3, 4)], [6, 7]);
 * ```
 */
export function unpad(map: Float64Array, height: number, width: number): Float64Array {
  const inner = new Float64Array((height - 2) * (width - 2));
  for (let row = 1; row < height - 1; row++) {
    inner.set(map.subarray(row * width + 1, (row + 1) * width - 1), (row - 1) * (width - 2));
  }
  return inner;
}
