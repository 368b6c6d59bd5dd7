/**
 * Gradients of resized images. The shipped kernels, of every backend, know no half pixel centres, and never end where corners
 * are aligned and a side is 1.
 *
 * @module
 */
import { type KernelConfig, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** The pixels along a side that a pixel of the result is made of: the next one has the share `fraction`. */
interface Source {
  readonly first: number;
  readonly next: number;
  readonly fraction: number;
}

/** Gradient of the bilinear resize: each pixel of the result gives its four sources their shares. */
export const resizeBilinearGrad: KernelConfig = backward("ResizeBilinearGrad", (at, last) => {
  const first = Math.max(0, Math.floor(at));
  return { first, next: Math.min(last, Math.ceil(at)), fraction: at - first };
});

/** Gradient of the resize by the nearest pixel. */
export const resizeNearestNeighborGrad: KernelConfig = backward(
  "ResizeNearestNeighborGrad",
  (at, last, { alignCorners, halfPixelCenters }) => {
    const nearest = alignCorners ? Math.round(at) : Math.floor(at + (halfPixelCenters ? 0.5 : 0));
    const first = Math.max(0, Math.min(last, nearest));
    return { first, next: first, fraction: 0 };
  },
);

function backward(
  kernelName: string,
  source: (at: number, last: number, attributes: ResizeAttributes) => Source,
): KernelConfig {
  const sources = (count: number, of: number, attributes: ResizeAttributes): Source[] => {
    const { alignCorners, halfPixelCenters } = attributes;
    const aligned = alignCorners && count > 1;
    const step = (aligned ? of - 1 : of) / (aligned ? count - 1 : count);
    const shift = halfPixelCenters ? 0.5 : 0;
    return Array.from({ length: count }, (_, i) => source(step * (i + shift) - shift, of - 1, attributes));
  };
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { images, dy } = inputs as { images: TensorInfo; dy: TensorInfo };
      const attributes = attrs as unknown as ResizeAttributes;
      requireFloat32(kernelName, images, dy);
      const running = new RunningBackend(backend);
      const dx = running.zeros(images.shape);
      const [count, height, width, channels] = images.shape as [number, number, number, number];
      const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
      if (util.sizeFromShape(images.shape) === 0 || util.sizeFromShape(dy.shape) === 0) return dx;
      const rows = sources(outHeight, height, attributes);
      const columns = sources(outWidth, width, attributes);
      const to = running.values(dx) as Float32Array;
      const from = running.values(dy) as Float32Array;
      let at = 0;
      for (let n = 0; n < count; n++) {
        for (const row of rows) {
          const top = (n * height + row.first) * width;
          const bottom = (n * height + row.next) * width;
          for (const { first, next, fraction } of columns) {
            for (let c = 0; c < channels; c++, at++) {
              const lower = from[at]! * row.fraction;
              const upper = from[at]! - lower;
              to[(top + first) * channels + c]! += upper * (1 - fraction);
              to[(top + next) * channels + c]! += upper * fraction;
              to[(bottom + first) * channels + c]! += lower * (1 - fraction);
              to[(bottom + next) * channels + c]! += lower * fraction;
            }
          }
        }
      }
      return dx;
    },
  };
}
