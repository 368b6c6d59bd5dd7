import { VECTOR_BYTES } from "./kernel_constants.ts";

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
  /** Whether filters are built one by one where images are large. */
  readonly isOneByOne?: boolean;
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
  const { shape, grid, J, L } = size;
  const pixels = grid.height * grid.width;
  const paths = countPaths(size);
  const atATime = isLarge(shape) && size.isOneByOne === true ? 0 : J * L + 1;
  const filters = atATime * pixels * Float64Array.BYTES_PER_ELEMENT;
  const need = isLarge(shape) ? () => sheetBytes(size) : (count: number) => laneBytes(size, count, 1);
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
  while (count > 1 && need(count) > KERNEL_BYTES) count--;
  return count;
}

/**
 * Whether the work space of all threads fits into the memory of a kernel where two vectors of images stand side by side.
 *
 * @param size What the transform is built for.
 * @param threads How many threads there are.
 * @returns False for large images, which are transformed one by one.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const size = (side: number) => ({
 *   shape: [side, side],
 *   grid: { height: side, width: side },
 *   samples: { rows: side / 4, columns: side / 4 },
 *   ...{ J: 2, L: 8, maxOrder: 2 },
 * } as const);
 * assertEquals([fitsTwoVectors(size(256), 16), fitsTwoVectors(size(512), 1)], [true, false]);
 * ```
 */
export function fitsTwoVectors(size: TransformSize, threads: number): boolean {
  return !isLarge(size.shape) && laneBytes(size, threads, 2) <= KERNEL_BYTES;
}

/**
 * The threads and vectors with which the work space of a gradient fits into the memory of a kernel.
 *
 * @param size What the transform is built for.
 * @param keptMaps How many maps of the padded grid stand for what comes back through the first wavelets.
 * @param vectors How many vectors of images should stand side by side; fewer do rather than fewer threads.
 * @param threads The number asked for.
 * @returns What fits.
 * @throws {RangeError} Where one vector and one thread do not.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const size = (side: number) => ({
 *   shape: [side, side],
 *   grid: { height: side, width: side },
 *   samples: { rows: side / 4, columns: side / 4 },
 *   ...{ J: 2, L: 8, maxOrder: 2 },
 * } as const);
 * assertEquals(fittingGradient(size(64), 10, 2, 8), { vectors: 2, threads: 8 });
 * assertEquals(fittingGradient(size(2048), 10, 2, 8), { vectors: 1, threads: 1 });
 * ```
 */
export function fittingGradient(
  size: TransformSize,
  keptMaps: number,
  vectors: 1 | 2,
  threads: number,
): { readonly vectors: 1 | 2; readonly threads: number } {
  const need = (vectors: 1 | 2, count: number) => gradientBytes(size, keptMaps, count, vectors);
  if (need(1, 1) > KERNEL_BYTES) {
    throw new RangeError(
      `Cannot take the gradient as its work space must be at most ${gibibytes(KERNEL_BYTES)} GiB: ` +
        `current value is ${
          gibibytes(need(1, 1))
        } GiB: take smaller images, fewer scales, orders or orientations`,
    );
  }
  if (vectors === 2 && need(2, threads) <= KERNEL_BYTES) return { vectors, threads };
  let count = threads;
  while (count > 1 && need(1, count) > KERNEL_BYTES) count--;
  return { vectors: 1, threads: count };
}

/** Work space of so many threads there and back, and the buffers of one group of images. */
function gradientBytes(size: TransformSize, keptMaps: number, threads: number, vectors: 1 | 2): number {
  const { shape: [height, width], grid, samples, maxOrder } = size;
  const realsBytes = vectors * VECTOR_BYTES;
  const map = grid.height * (grid.width + 1) * 2 * realsBytes;
  const perPath = samples.rows * (samples.columns + grid.width) * realsBytes;
  const work = (2 + 3 * maxOrder) * map + 2 * perPath + 2 * grid.height * grid.width * realsBytes;
  const outputs = countPaths(size) * samples.rows * samples.columns;
  return threads * work + (2 * height * width + outputs) * realsBytes + (1 + keptMaps) * map;
}

/** Work space and buffers of so many threads, each of which has groups of images in the lanes of one vector or of two. */
function laneBytes(
  { shape: [height, width], grid, samples, ...size }: TransformSize,
  threads: number,
  vectors: 1 | 2,
): number {
  const pixels = grid.height * grid.width;
  const realsBytes = vectors * VECTOR_BYTES;
  const map = grid.height * (grid.width + 1) * 2 * realsBytes;
  const work = pixels * realsBytes + (1 + size.maxOrder) * map;
  const group = (height * width + countPaths(size) * samples.rows * samples.columns) * realsBytes + map;
  return threads * (work + group);
}

/**
 * Map, half spectra, image or filter, and output of one large image in float32, which all threads share; float64 takes twice as much, and
 * is refused when an image comes that has it.
 */
function sheetBytes({ grid, samples, maxOrder }: TransformSize): number {
  const pixels = grid.height * grid.width;
  const complex = 2 * Float32Array.BYTES_PER_ELEMENT;
  const spectra = Math.max(1, maxOrder) / 2;
  const outputs = samples.rows * (samples.columns + grid.width);
  return (1 + spectra + 1 / 2) * pixels * complex + outputs * Float32Array.BYTES_PER_ELEMENT;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}

/** Whether images are so large that they are transformed one by one. */
export function isLarge([height, width]: readonly [height: number, width: number]): boolean {
  return height * width >= LARGE_PIXELS;
}
