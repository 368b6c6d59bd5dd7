/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { Engine, requireFloat32 } from "../engine.ts";

/** Square windows, none beyond the border. */
interface WindowAttributes {
  /** Side of a window. */
  readonly size: number;
  /** Distance of neighbouring windows. */
  readonly stride: number;
  /** (height, width, channels) of the images; for FoldWindows alone. */
  readonly imageShape?: readonly [number, number, number];
}

/** Images (n, height, width, channels) -> their windows (n, rows, columns, size * size * channels). For src/frames. */
export const takeWindows: KernelConfig = {
  kernelName: "TakeWindows",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { size, stride } = attrs as unknown as WindowAttributes;
    requireFloat32("TakeWindows", x);
    const [count, height, width, channels] = x.shape as [number, number, number, number];
    const [rows, columns] = [height, width].map((side) => Math.floor((side - size) / stride) + 1);
    const engine = new Engine(backend);
    const result = engine.output([count, rows!, columns!, size * size * channels]);
    const pointers = [x, result].map((tensor) => engine.pointer(tensor));
    engine.pool.run(
      "takeWindows",
      [...pointers, height, width, channels, rows!, columns!, size, stride],
      count,
    );
    return result;
  },
};

/** The transpose of {@linkcode takeWindows}: each pixel is the sum of what the windows have there. For src/frames. */
export const foldWindows: KernelConfig = {
  kernelName: "FoldWindows",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { size, stride, imageShape } = attrs as unknown as Required<WindowAttributes>;
    requireFloat32("FoldWindows", x);
    const [count, rows, columns] = x.shape as [number, number, number, number];
    const engine = new Engine(backend);
    const result = engine.output([count, ...imageShape]);
    const pointers = [x, result].map((tensor) => engine.pointer(tensor));
    const border = [0, 0];
    engine.pool.run(
      "foldWindows",
      [...pointers, ...imageShape, rows, columns, size, size, stride, stride, ...border],
      count,
    );
    return result;
  },
};
