import type { LabelledImages } from "../../../src/data/readers/labelled_images.ts";
import type { PixelStatistics } from "../../../src/data/sources/pixel_statistics.ts";
import type { InputSource } from "./frozen_features.ts";

/**
 * How pixels in 0..255 become inputs. `standardised`: (x - mean) / deviation of the data set's pixels, x in [0, 1];
 * `unit-range`: in [0, 1]; `unit-norm`: divided by the norm of the image.
 */
export type Scaling = "standardised" | "unit-range" | "unit-norm";

/**
 * Images as inputs of a network.
 *
 * @param images The images.
 * @param scaling How pixels become inputs.
 * @param statistics The mean and deviation of the data set's pixels.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const image = { count: 1, channels: 1, height: 1, width: 2, labels: Uint8Array.of(7) };
 * const { read } = scaledInputs({ ...image, images: Uint8Array.of(0, 255) }, "unit-range", { mean: 0, deviation: 1 });
 * assertEquals(read(0, 1), Float32Array.of(0, 1));
 * ```
 */
export function scaledInputs(
  { count, channels, height, width, images }: LabelledImages,
  scaling: Scaling,
  { mean, deviation }: PixelStatistics,
): InputSource {
  const size = channels * height * width;
  const table = Float32Array.from({ length: 256 }, (_, byte) => {
    return scaling === "standardised" ? (byte / 255 - mean) / deviation : byte / 255;
  });
  const read = (first: number, rows: number) => {
    const values = new Float32Array(rows * size);
    for (let i = 0; i < values.length; i++) values[i] = table[images[first * size + i]!]!;
    if (scaling === "unit-norm") {
      for (let row = 0; row < rows; row++) toUnitNorm(values.subarray(row * size, (row + 1) * size));
    }
    return values;
  };
  return { count, read };
}

/** Divides by the norm, in place; an image that is black everywhere stays so. */
function toUnitNorm(values: Float32Array): void {
  let square = 0;
  for (const value of values) square += value * value;
  if (square === 0) return;
  const factor = 1 / Math.sqrt(square);
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}
