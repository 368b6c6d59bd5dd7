/**
 * The layers around a frame that acts on patches.
 *
 * @module
 */
import { mul, tensor } from "@tensorflow/tfjs-core";
import type { LayerMaker } from "../../../src/nn/layer.ts";
import { unitRows } from "./unit_rows.ts";
import { foldWindows, type ImageShape, takeWindows, windowGrid, type Windows } from "./windows.ts";

/**
 * Overlapping patches, each divided by its norm: (height, width, channels) -> (rows, columns, size * size * channels). A
 * blank patch, all of whose values are 0, has no direction and stays 0.
 *
 * @throws {RangeError} Where patches do not reach from border to border.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const layer = unitPatches({ size: 14, stride: 7 })([28, 28, 1], 0, 1);
 * assertEquals(layer.outputShape, [3, 3, 196]);
 * ```
 */
export function unitPatches(windows: Windows): LayerMaker {
  return (inputShape, index) => {
    const shape = inputShape as unknown as ImageShape;
    return {
      name: `${index}-unit-patches`,
      outputShape: [...windowGrid(shape, windows), windows.size ** 2 * shape[2]],
      parameters: [],
      state: [],
      apply: (x) => unitRows(takeWindows(x, windows)),
    };
  };
}

/**
 * Patches put back where they were taken, each pixel the mean over those that have it: the inverse of taking patches.
 *
 * @param shape Of an image.
 */
export function averagePatches(windows: Windows, shape: ImageShape): LayerMaker {
  const shares = shareOfPatches(windows, shape);
  return (_inputShape, index) => ({
    name: `${index}-average-patches`,
    outputShape: [...shape],
    parameters: [],
    state: [],
    apply: (x) => mul(foldWindows(x, windows, shape), tensor(shares, [...shape])),
  });
}

/** One over the number of patches that have each pixel: (height, width, channels). */
function shareOfPatches(windows: Windows, shape: ImageShape): Float32Array {
  const [height, width, channels] = shape;
  windowGrid(shape, windows);
  const { size, stride } = windows;
  const counts = (side: number) =>
    Array.from({ length: side }, (_, at) => {
      const first = Math.max(0, Math.ceil((at - size + 1) / stride));
      const last = Math.min((side - size) / stride, Math.floor(at / stride));
      return last - first + 1;
    });
  const below = counts(height);
  const beside = counts(width);
  return Float32Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return 1 / (below[Math.floor(pixel / width)]! * beside[pixel % width]!);
  });
}
