import { ELEMENT_BYTES, VECTOR_BYTES } from "./kernel_constants.ts";

/** The memory that a kernel reaches with 32-bit addresses. */
export const KERNEL_BYTES = 2 ** 32;

/** Filters that are in memory at a time take at most this much. */
export const FILTER_BYTES = 2 ** 33;

/** The largest number of paths: their descriptions take about 1 KiB each, 1 GiB together. */
export const MOST_PATHS = 2 ** 20;

/** Images of so many pixels take long, and much memory: a run has one group of them at a time. */
export const LARGE_PIXELS = 2 ** 18;

/** What a transform is built for. */
export interface TransformSize {
  /** Rows and columns of the images. */
  readonly shape: readonly [height: number, width: number];
  /** Rows and columns of the padded grid. */
  readonly grid: { readonly height: number; readonly width: number };
  /** Rows and columns of the output of a path. */
  readonly samples: { readonly rows: number; readonly columns: number };
  readonly J: number;
  readonly L: number;
  readonly maxOrder: number;
}

/**
 * The number of paths, sum over m <= maxOrder of L^m binomial(J, m), without listing them.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(countPaths({ J: 4, L: 8, maxOrder: 2 }), 417);
 * ```
 */
export function countPaths({ J, L, maxOrder }: Pick<TransformSize, "J" | "L" | "maxOrder">): number {
  let layer = 1;
  let paths = 1;
  for (let m = 1; m <= Math.min(maxOrder, J); m++) {
    layer *= L * (J - m + 1) / m;
    paths += layer;
  }
  return paths;
}

/**
 * The largest number of threads, up to the one asked for, whose work space fits into the memory of a kernel.
 *
 * @param size What the transform is built for.
 * @param threads The number asked for.
 * @returns 1 at least.
 * @throws {RangeError} Where paths, filters, or work space and buffers of one thread take more memory than there may be, with all three.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const size = {
 *   shape: [28, 28],
 *   grid: { height: 36, width: 36 },
 *   samples: { rows: 7, columns: 7 },
 *   ...{ J: 2, L: 8, maxOrder: 2 },
 * } as const;
 * assertEquals(fittingThreads(size, 12), 12);
 * ```
 */
export function fittingThreads(size: TransformSize, threads: number): number {
  const { shape: [height, width], grid, samples, J, L, maxOrder } = size;
  const pixels = grid.height * grid.width;
  const paths = countPaths(size);
  const filters = (J * L + 1) * pixels * Float64Array.BYTES_PER_ELEMENT;
  const map = grid.height * (grid.width + 1) * ELEMENT_BYTES;
  const work = pixels * VECTOR_BYTES + (1 + maxOrder) * map;
  const group = (height * width + paths * samples.rows * samples.columns) * VECTOR_BYTES + map;
  const isLarge = height * width >= LARGE_PIXELS;
  // Of the filters the kernel has what does not vanish: about a third more than those of the finest scale.
  const tables = isLarge ? Math.min(J, 4 / 3) * L * pixels * 2 * Uint32Array.BYTES_PER_ELEMENT : 0;
  const need = (count: number) => count * work + (isLarge ? 1 : count) * group;
  if (!(paths <= MOST_PATHS && filters <= FILTER_BYTES && need(1) <= KERNEL_BYTES)) {
    throw new RangeError(
      `Cannot build the scattering transform as it must have at most ${MOST_PATHS} paths, filters of ` +
        `${gibibytes(FILTER_BYTES)} GiB and work space of ${
          gibibytes(KERNEL_BYTES)
        } GiB: current values are ${paths} paths, ` +
        `${gibibytes(filters)} GiB and ${
          gibibytes(need(1))
        } GiB: take smaller images, fewer scales, orders or orientations`,
    );
  }
  let count = threads;
  while (count > 1 && need(count) + tables > KERNEL_BYTES) count--;
  return count;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
