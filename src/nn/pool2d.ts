import { avgPool, maxPool, type Tensor4D } from "@tensorflow/tfjs-core";
import type { LayerMaker } from "./layer.ts";

/**
 * The largest value, or the mean, of each window of `size` x `size` pixels, windows side by side; what is left at the
 * border of the image is dropped.
 */
export function pool2d(kind: "max" | "average", size: number): LayerMaker {
  const operation = kind === "max" ? maxPool : avgPool;
  return (inputShape, index) => {
    const [height, width, channels] = inputShape as [number, number, number];
    return {
      name: `${index}-${kind}-pool`,
      outputShape: [Math.floor(height / size), Math.floor(width / size), channels],
      parameters: [],
      state: [],
      apply: (x) => operation(x as Tensor4D, size, size, "valid"),
    };
  };
}
