import { avgPool, maxPool, type Tensor4D } from "@tensorflow/tfjs-core";
import type { LayerMaker } from "./layer.ts";

/**
 * The largest value, or the mean, of each window of `size` x `size` pixels, windows side by side; what is left at the
 * border of the image is dropped: (batch, height, width, channels) to (batch, floor(height / size), floor(width / size), channels).
 *
 * @throws {RangeError} Where inputs are not images, or smaller than a window.
 */
export function pool2d(kind: "max" | "average", size: number): LayerMaker {
  const operation = kind === "max" ? maxPool : avgPool;
  return (inputShape, index) => {
    const [height, width, channels] = inputShape as [number, number, number];
    if (inputShape.length !== 3 || Math.min(height, width) < size) {
      throw new RangeError(
        `Cannot pool inputs of shape (${inputShape}) in windows of side ${size}: ` +
          "they must be (height, width, channels) and no smaller than a window",
      );
    }
    return {
      name: `${index}-${kind}-pool`,
      outputShape: [Math.floor(height / size), Math.floor(width / size), channels],
      parameters: [],
      state: [],
      apply: (x) => operation(x as Tensor4D, size, size, "valid"),
    };
  };
}
