/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

/** Square windows, none beyond the border. */
interface WindowAttributes {
  /** Side of a window. */
  readonly size: number;
  /** Distance of neighbouring windows. */
  readonly stride: number;
  /** (height, width, channels) of the images; for FoldWindows alone. */
  readonly imageShape?: readonly [number, number, number];
}

/** Images (n, height, width, channels) -> their windows (n, rows, columns, size * size * channels). */
export const takeWindows: KernelConfig = {
  kernelName: "TakeWindows",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { size, stride } = attrs as unknown as WindowAttributes;
    requireFloat32("TakeWindows", x);
    const [count, height, width, channels] = x.shape as [number, number, number, number];
    const outHeight = Math.floor((height - size) / stride) + 1;
    const outWidth = Math.floor((width - size) / stride) + 1;
    const running = new RunningBackend(backend);
    const result = running.output([count, outHeight, outWidth, size * size * channels]);
    const pointers = { from: running.pointer(x), to: running.pointer(result) };
    running.pool.run(
      "takeWindows",
      { ...pointers, height, width, channels, outHeight, outWidth, size, stride },
      count,
    );
    return result;
  },
};

/** The transpose of {@linkcode takeWindows}: each pixel is the sum of what the windows have there. */
export const foldWindows: KernelConfig = {
  kernelName: "FoldWindows",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { size, stride, imageShape } = attrs as unknown as Required<WindowAttributes>;
    requireFloat32("FoldWindows", x);
    const [count, outHeight, outWidth] = x.shape as [number, number, number, number];
    const [height, width, channels] = imageShape;
    const running = new RunningBackend(backend);
    const result = running.output([count, ...imageShape]);
    running.pool.run("foldWindows", {
      from: running.pointer(x),
      to: running.pointer(result),
      height,
      width,
      channels,
      outHeight,
      outWidth,
      windowHeight: size,
      windowWidth: size,
      strideY: stride,
      strideX: stride,
      top: 0,
      left: 0,
    }, count);
    return result;
  },
};
