import {
  avgPool,
  conv2d,
  maxPool,
  relu,
  stridedSlice,
  type Tensor4D,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** What comes behind a layer of oriented filters. */
export type PoolingName = "none" | "stride" | "average" | "max" | "max4" | "global";

/** From what keeps everything on. */
export const poolings: readonly PoolingName[] = ["none", "stride", "average", "max", "max4", "global"];

/** What a shift by one pixel does to a digit's maps, on the mean over the four directions. */
export interface PooledShift {
  /** The share of values that stay as they are, to the last bit, of those that are not 0 before and after. */
  readonly kept: number;
  /** ‖P L x - P x‖ / ‖P x‖. */
  readonly move: number;
}

/** Rows and columns of a digit, and of the image in whose middle it stands. */
const digitSide = 28;
const side = 38;
const margin = (side - digitSide) / 2;
const kernel = 5;
const maps = 4;

/** Right, left, down and up. */
const directions = [[0, 1], [0, -1], [1, 0], [-1, 0]] as const;

/** Derivatives of a Gaussian of deviation 1 along 0, 45, 90 and 135 degrees: `(5, 5, 1, 4)`. */
function orientedFilters(): Float32Array {
  const filters = new Float32Array(kernel * kernel * maps);
  for (let i = 0; i < filters.length; i++) {
    const angle = (i % maps) * Math.PI / maps;
    const x = Math.floor(i / maps) % kernel - 2;
    const y = Math.floor(i / maps / kernel) - 2;
    filters[i] = (Math.cos(angle) * x + Math.sin(angle) * y) * Math.exp(-(x * x + y * y) / 2);
  }
  return filters;
}

/** Puts digits into the middle of larger images, shifted: `(n, 38, 38, 1)`. */
function placed(digits: Uint8Array, dy: number, dx: number): Tensor4D {
  const n = digits.length / digitSide ** 2;
  const images = new Float32Array(n * side ** 2);
  for (let row = 0; row < n * digitSide; row++) {
    const image = Math.floor(row / digitSide);
    const to = (image * side + row % digitSide + margin + dy) * side + margin + dx;
    for (let x = 0; x < digitSide; x++) images[to + x] = digits[row * digitSide + x]! / 255;
  }
  return tensor4d(images, [n, side, side, 1]);
}

function pool(x: Tensor4D, pooling: PoolingName): Tensor4D {
  switch (pooling) {
    case "none":
      return x;
    case "stride":
      return stridedSlice(x, [0, 0, 0, 0], x.shape, [1, 2, 2, 1]) as Tensor4D;
    case "average":
      return avgPool(x, 2, 2, "valid");
    case "max":
      return maxPool(x, 2, 2, "valid");
    case "max4":
      return maxPool(maxPool(x, 2, 2, "valid"), 2, 2, "valid");
    case "global":
      return maxPool(x, x.shape[1], 1, "valid");
  }
}

/**
 * Measures what a shift by one pixel changes behind oriented filters, a ReLU and a pooling.
 *
 * @param digits `(n, 28, 28)` in 0..255.
 * @returns One for each digit, by pooling.
 */
export function measureShifts(digits: Uint8Array): Record<PoolingName, PooledShift[]> {
  const n = digits.length / digitSide ** 2;
  const result = Object.fromEntries(
    poolings.map((pooling) => [pooling, Array.from({ length: n }, () => ({ kept: 0, move: 0 }))]),
  ) as Record<PoolingName, { kept: number; move: number }[]>;
  tidy(() => {
    const filters = tensor4d(orientedFilters(), [kernel, kernel, 1, maps]);
    const mapsOf = (dy: number, dx: number) =>
      relu(conv2d(placed(digits, dy, dx), filters, 1, "valid")) as Tensor4D;
    const still = mapsOf(0, 0);
    for (const [dy, dx] of directions) {
      const moved = mapsOf(dy, dx);
      for (const pooling of poolings) {
        const before = pool(still, pooling).dataSync();
        const after = pool(moved, pooling).dataSync();
        const size = before.length / n;
        for (let digit = 0; digit < n; digit++) {
          const { kept, move } = compare(before, after, digit * size, size);
          result[pooling][digit]!.kept += kept / directions.length;
          result[pooling][digit]!.move += move / directions.length;
        }
      }
    }
  });
  return result;
}

function compare(before: ArrayLike<number>, after: ArrayLike<number>, at: number, size: number): PooledShift {
  let active = 0;
  let kept = 0;
  let moved = 0;
  let norm = 0;
  for (let i = at; i < at + size; i++) {
    const [a, b] = [before[i]!, after[i]!];
    if (a !== 0 || b !== 0) {
      active++;
      if (a === b) kept++;
    }
    moved += (a - b) ** 2;
    norm += a * a;
  }
  return { kept: kept / active, move: Math.sqrt(moved / norm) };
}

/** Maxima over windows of white noise. */
export interface NoiseShift {
  /** Rows and columns of a window. */
  readonly window: number;
  /** Windows. */
  readonly windows: number;
  /** How many maxima a shift by one pixel keeps. */
  readonly kept: number;
}

/**
 * Counts the maxima of white noise that a shift by one pixel keeps. Of the p (p + 1) pixels of a window and the shifted one p (p - 1)
 * are common, and each is the largest as often: (p - 1) / (p + 1).
 */
export function shiftNoise(window: number, windows: number, stream: RandomStream): NoiseShift {
  let kept = 0;
  for (let i = 0; i < windows; i++) {
    // Columns of a window: what leaves, what is common, what enters.
    const largestOf = (count: number) => {
      let largest = -Infinity;
      for (let k = 0; k < count; k++) largest = Math.max(largest, stream.normal());
      return largest;
    };
    const leaves = largestOf(window);
    const common = largestOf(window * (window - 1));
    const enters = largestOf(window);
    if (Math.max(leaves, common) === Math.max(common, enters)) kept++;
  }
  return { window, windows, kept };
}
