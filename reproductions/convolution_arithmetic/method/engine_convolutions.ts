import { conv2d, maxPool, relu, slice, type Tensor4D, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";

/** Weights of two layers of 5 x 5 filters with a ReLU behind each. */
export interface EngineFilters {
  /** `(5, 5, 1, 8)`. */
  readonly first: Float32Array;
  /** `(5, 5, 8, 8)`. */
  readonly second: Float32Array;
}

const maps = 8;
const kernel = 5;

/** Random filters. */
export function randomFilters(stream: RandomStream): EngineFilters {
  const normal = (length: number, inputs: number) =>
    Float32Array.from({ length }, () => stream.normal() / Math.sqrt(inputs));
  return {
    first: normal(kernel ** 2 * maps, kernel ** 2),
    second: normal(kernel ** 2 * maps * maps, kernel ** 2 * maps),
  };
}

/** A square image. */
export interface SquareImage {
  /** `(side, side)`. */
  readonly values: Float32Array;
  /** Rows and columns. */
  readonly side: number;
}

/** The part of an image from a pixel on. */
export function crop({ values, side }: SquareImage, y: number, x: number, size: number): SquareImage {
  const part = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    part.set(values.subarray((y + row) * side + x, (y + row) * side + x + size), row * size);
  }
  return { values: part, side: size };
}

/** Two layers on the current backend: `(1, places, places, 8)`. */
function twoLayers(
  { values, side }: SquareImage,
  { first, second }: EngineFilters,
  pad: "valid" | "same",
): Tensor4D {
  const hidden = relu(conv2d(
    tensor4d(values, [1, side, side, 1]),
    tensor4d(first, [kernel, kernel, 1, maps]),
    1,
    pad,
  ));
  return relu(conv2d(hidden, tensor4d(second, [kernel, kernel, maps, maps]), 1, pad));
}

/** The largest difference of two maps, and the largest value of the second. */
function compare(a: Tensor4D, b: Tensor4D): { readonly difference: number; readonly largest: number } {
  const [x, y] = [a.dataSync(), b.dataSync()];
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    difference = Math.max(difference, Math.abs(x[i]! - y[i]!));
    largest = Math.max(largest, Math.abs(y[i]!));
  }
  return { difference, largest };
}

function part(x: Tensor4D, y: number, column: number, rows: number, columns: number): Tensor4D {
  return slice(x, [0, y, column, 0], [1, rows, columns, maps]);
}

/** How far shifts and convolutions are from commuting. */
export interface EquivarianceResult {
  /** Away from borders, without padding: the largest difference. */
  readonly interior: number;
  /** With zeros around the image: the largest difference over the largest value. */
  readonly border: number;
  /** Pooled, shifted by 2: the largest difference. */
  readonly poolEven: number;
  /** Pooled, shifted by 1: the smallest relative distance to any shift of the maps. */
  readonly poolOdd: number;
}

/** The furthest shift, in pixels, in either direction. */
const furthest = 3;

/**
 * Shifts images and convolves them, and the other way round.
 *
 * @param images Of at least 30 x 30 pixels; windows of them are shifted, so that what enters is a part of the image.
 * @param filters The layers.
 */
export function compareShifts(images: readonly SquareImage[], filters: EngineFilters): EquivarianceResult {
  const result = { interior: 0, border: 0, poolEven: 0, poolOdd: Infinity };
  for (const image of images) {
    const size = image.side - 2 * furthest;
    const window = (dy: number, dx: number) => crop(image, furthest + dy, furthest + dx, size);
    for (let dy = -furthest; dy <= furthest; dy++) {
      for (let dx = -furthest; dx <= furthest; dx++) {
        tidy(() => {
          for (const pad of ["valid", "same"] as const) {
            const { moved, still } = overlap(
              twoLayers(window(dy, dx), filters, pad),
              twoLayers(window(0, 0), filters, pad),
              dy,
              dx,
            );
            const { difference, largest } = compare(moved, still);
            if (pad === "valid") result.interior = Math.max(result.interior, difference);
            else result.border = Math.max(result.border, difference / largest);
          }
        });
      }
    }
    tidy(() => {
      const pooled = (by: number) => maxPool(twoLayers(window(by, 0), filters, "valid"), 2, 2, "valid");
      const still = pooled(0);
      const even = overlap(pooled(2), still, 1, 0);
      result.poolEven = Math.max(result.poolEven, compare(even.moved, even.still).difference);
      const odd = pooled(1);
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          const shifted = overlap(odd, still, dy, dx);
          result.poolOdd = Math.min(result.poolOdd, relativeNorm(shifted.moved, shifted.still));
        }
      }
    });
  }
  return result;
}

/** The places that two maps share, the first being that of a window further down by dy and to the right by dx. */
function overlap(
  moved: Tensor4D,
  still: Tensor4D,
  dy: number,
  dx: number,
): { readonly moved: Tensor4D; readonly still: Tensor4D } {
  const [, rows, columns] = moved.shape;
  const height = rows - Math.abs(dy);
  const width = columns - Math.abs(dx);
  return {
    moved: part(moved, Math.max(0, -dy), Math.max(0, -dx), height, width),
    still: part(still, Math.max(0, dy), Math.max(0, dx), height, width),
  };
}

function relativeNorm(a: Tensor4D, b: Tensor4D): number {
  const [x, y] = [a.dataSync(), b.dataSync()];
  let apart = 0;
  let norm = 0;
  for (let i = 0; i < x.length; i++) {
    apart += (x[i]! - y[i]!) ** 2;
    norm += y[i]! ** 2;
  }
  return Math.sqrt(apart / norm);
}

/**
 * The largest difference between what the layers make of an image and of crops of it, each of which is another size.
 *
 * @param image The image.
 * @param filters The layers, the same for all sizes.
 * @param sides Rows and columns of the crops, which end in the last pixel of the image.
 */
export function compareSizes(image: SquareImage, filters: EngineFilters, sides: readonly number[]): number {
  return tidy(() => {
    const whole = twoLayers(image, filters, "valid");
    return Math.max(...sides.map((side) => {
      const at = image.side - side;
      const own = twoLayers(crop(image, at, at, side), filters, "valid");
      return compare(own, part(whole, at, at, own.shape[1], own.shape[2])).difference;
    }));
  });
}
