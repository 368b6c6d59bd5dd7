/**
 * Windows of images, and their sum back into images: each is the transpose, and so the gradient, of the other.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** Square windows at equal distances that reach from border to border. */
export interface Windows {
  /** Side of a window, in pixels. */
  readonly size: number;
  /** Distance of neighbouring windows, in pixels. */
  readonly stride: number;
}

/** (height, width, channels) of an image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/**
 * How many windows lie below and beside each other.
 *
 * @throws {RangeError} Where they do not reach from border to border, so that pixels would be left out.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(windowGrid([28, 28, 1], { size: 14, stride: 7 }), [3, 3]);
 * ```
 */
export function windowGrid(shape: ImageShape, { size, stride }: Windows): [rows: number, columns: number] {
  const [height, width] = shape;
  const whole = [size, stride].every((value) => Number.isInteger(value) && value >= 1);
  if (
    !whole || stride > size || [height, width].some((side) => side < size || (side - size) % stride !== 0)
  ) {
    throw new RangeError(
      `Cannot cut images of ${height} x ${width} into windows of ${size} at every ${stride}: ` +
        "they must cover every pixel and end at the border",
    );
  }
  return [(height - size) / stride + 1, (width - size) / stride + 1];
}

/**
 * The windows of images.
 *
 * @param x `(n, height, width, channels)`.
 * @returns `(n, rows, columns, size * size * channels)`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const x = tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
 * assertEquals(Array.from(takeWindows(x, { size: 2, stride: 1 }).dataSync()), [1, 2, 4, 5, 2, 3, 5, 6]);
 * backend.dispose();
 * ```
 */
export function takeWindows(x: tf.Tensor, windows: Windows): tf.Tensor {
  windowGrid(x.shape.slice(1) as unknown as ImageShape, windows);
  return tf.engine().runKernel("TakeWindows", { x }, { ...windows }) as tf.Tensor;
}

/**
 * Images whose pixels are the sums of what windows have there.
 *
 * @param x `(n, rows, columns, size * size * channels)`.
 * @param shape Of an image.
 * @returns `(n, height, width, channels)`.
 * @throws {RangeError} Where images of that shape have other windows.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ones } from "@tensorflow/tfjs-core";
 * import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
 *
 * const backend = await startBackend({ threads: 1 });
 * const sums = foldWindows(ones([1, 1, 2, 4]), { size: 2, stride: 1 }, [2, 3, 1]);
 * assertEquals(Array.from(sums.dataSync()), [1, 2, 1, 1, 2, 1]);
 * backend.dispose();
 * ```
 */
export function foldWindows(x: tf.Tensor, windows: Windows, shape: ImageShape): tf.Tensor {
  const wanted = [...windowGrid(shape, windows), windows.size ** 2 * shape[2]];
  if (x.shape.length !== 4 || wanted.some((side, i) => x.shape[i + 1] !== side)) {
    throw new RangeError(
      `Cannot fold windows (${x.shape}) into images (${shape}): each image must have (${wanted})`,
    );
  }
  return tf.engine().runKernel("FoldWindows", { x }, { ...windows, imageShape: [...shape] }) as tf.Tensor;
}

tf.registerGradient({
  kernelName: "TakeWindows",
  inputsToSave: ["x"],
  gradFunc: (dy, [x], attributes) => ({
    x: () =>
      foldWindows(
        dy as tf.Tensor,
        attributes as unknown as Windows,
        x!.shape.slice(1) as unknown as ImageShape,
      ),
  }),
});

tf.registerGradient({
  kernelName: "FoldWindows",
  gradFunc: (dy, _, attributes) => {
    const { size, stride } = attributes as unknown as Windows;
    return { x: () => takeWindows(dy as tf.Tensor, { size, stride }) };
  },
});
