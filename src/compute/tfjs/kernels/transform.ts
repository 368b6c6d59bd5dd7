/**
 * @module
 */
import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { requireFloat32, RunningBackend } from "../running_backend.ts";

interface TransformAttributes {
  readonly interpolation: "nearest" | "bilinear";
  readonly fillMode: Extension;
  readonly fillValue: number;
  /** Height and width; those of the images by default. */
  readonly outputShape?: [number, number];
}

type Extension = "constant" | "reflect" | "wrap" | "nearest";

/** The pixel of a side of `count` that stands at `at` in the image as it goes on beyond its border; -1 for the fill value. */
const extensions: Record<Extension, (at: number, count: number) => number> = {
  constant: (at, count) => at >= 0 && at < count ? at : -1,
  // dcba|abcd|dcba
  reflect: (at, count) => {
    const phase = at - 2 * count * Math.floor(at / (2 * count));
    return Math.min(phase, 2 * count - 1 - phase);
  },
  // abcd|abcd|abcd
  wrap: (at, count) => at - count * Math.floor(at / count),
  // aaaa|abcd|dddd
  nearest: (at, count) => Math.max(0, Math.min(count - 1, at)),
};

/**
 * Images under projective maps: pixel (x, y) of the result is that of the image at (a0 x + a1 y + a2, a3 x + a4 y + a5) /
 * (a6 x + a7 y + 1). The shipped kernel reflects the left and upper border as if it were wrapped, and both it and that of the cpu
 * backend leave far pixels of a wrapped image wrong.
 */
export const transform: KernelConfig = {
  kernelName: "Transform",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { image, transforms } = inputs as { image: TensorInfo; transforms: TensorInfo };
    const attributes = attrs as unknown as TransformAttributes;
    const { interpolation, fillMode, fillValue } = attributes;
    requireFloat32("Transform", image, transforms);
    const extend = extensions[fillMode];
    const [count, height, width, channels] = image.shape as [number, number, number, number];
    const [outHeight, outWidth] = attributes.outputShape ?? [height, width];
    const running = new RunningBackend(backend);
    const result = running.output([count, outHeight, outWidth, channels]);
    const from = running.values(image) as Float32Array;
    const to = running.values(result) as Float32Array;
    const maps = running.values(transforms) as Float32Array;
    let at = 0;
    for (let n = 0; n < count; n++) {
      const pixel = (y: number, x: number, channel: number): number => {
        const row = extend(y, height);
        const column = extend(x, width);
        if (row < 0 || column < 0) return fillValue;
        return from[((n * height + row) * width + column) * channels + channel]!;
      };
      const [a0, a1, a2, a3, a4, a5, a6, a7] = maps.subarray(transforms.shape[0] === 1 ? 0 : 8 * n);
      for (let outY = 0; outY < outHeight; outY++) {
        for (let outX = 0; outX < outWidth; outX++) {
          const depth = a6! * outX + a7! * outY + 1;
          const x = (a0! * outX + a1! * outY + a2!) / depth;
          const y = (a3! * outX + a4! * outY + a5!) / depth;
          // What lies at infinity is no pixel.
          const isNowhere = !Number.isFinite(x) || !Number.isFinite(y);
          for (let channel = 0; channel < channels; channel++) {
            if (isNowhere) to[at++] = fillValue;
            else if (interpolation === "nearest") to[at++] = pixel(Math.round(y), Math.round(x), channel);
            else to[at++] = between(pixel, y, x, channel);
          }
        }
      }
    }
    return result;
  },
};

/** The value between the four pixels around (y, x). */
function between(
  pixel: (y: number, x: number, channel: number) => number,
  y: number,
  x: number,
  channel: number,
): number {
  const top = Math.floor(y);
  const left = Math.floor(x);
  const down = y - top;
  const right = x - left;
  const row = (y: number) => (1 - right) * pixel(y, left, channel) + right * pixel(y, left + 1, channel);
  return (1 - down) * row(top) + down * row(top + 1);
}
