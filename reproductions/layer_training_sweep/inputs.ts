import type { InputSource } from "../../src/expressivity/frozen_features.ts";
import type { Images } from "./images.ts";
import type { Scaling, Setting } from "./protocol.ts";

/** Mean and standard deviation of all training pixels, over 255. */
const pixelStatistics: Readonly<Record<Setting["dataset"], { mean: number; deviation: number }>> = {
  "mnist": { mean: 0.1307, deviation: 0.3081 },
  "cifar-10": { mean: 0.4734, deviation: 0.2516 },
};

/**
 * The first images as inputs of a network.
 *
 * @param count How many of them.
 * @param scaling `standardised`: (x - mean) / deviation of the data set's pixels; `unit-range`: in [0, 1]; `unit-norm`:
 * divided by the norm of the image.
 */
export function inputsOf(
  { images, labels }: Images,
  count: number,
  scaling: Scaling,
  dataset: Setting["dataset"],
): InputSource {
  const size = images.length / labels.length;
  const { mean, deviation } = pixelStatistics[dataset];
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
