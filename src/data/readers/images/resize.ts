import type { GrayImage } from "./image.ts";

/**
 * What an image is interpolated with: an even function of the distance, in samples of the coarser of the two grids.
 */
export interface ResizeKernel {
  /** Beyond this distance the kernel is 0. */
  readonly radius: number;
  /** The weight at a distance, not yet normalised. */
  weight(distance: number): number;
}

/** The triangle 1 - |d|: linear interpolation where an image grows. Pillow's `BILINEAR`. */
export const bilinear: ResizeKernel = { radius: 1, weight: (d) => Math.max(0, 1 - Math.abs(d)) };

/** sinc(d) sinc(d / 3) for |d| < 3: an ideal low-pass, windowed, which blurs less and may overshoot. Pillow's `LANCZOS`. */
export const lanczos: ResizeKernel = {
  radius: 3,
  weight: (d) => Math.abs(d) < 3 ? sinc(d) * sinc(d / 3) : 0,
};

/** sin(pi x) / (pi x). */
function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/**
 * Stretches an image to another size by antialiased interpolation: along each axis a kernel whose unit is one sample of
 * the coarser grid, its weights normalised to sum 1 and cut at the border, in float64. These are the filters of Pillow
 * on 32-bit float images. Pixel `i` is centred at `i + 0.5`.
 *
 * @param image `(height, width)`, at least 1x1.
 * @param height Rows of the result, >= 1.
 * @param width Columns of the result, >= 1.
 * @param kernel What it is interpolated with.
 * @returns A new image.
 * @throws {RangeError} Where a size is not an integer >= 1.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const row = { height: 1, width: 4, data: Float64Array.of(7, 0, 0, 14) };
 * // The weights of the first pixel are (3, 3, 1) / 7.
 * assertAlmostEquals(resize(row, 1, 2).data[0]!, 3, 1e-14);
 * assertAlmostEquals(resize(row, 1, 2).data[1]!, 6, 1e-14);
 * ```
 */
export function resize(
  image: GrayImage,
  height: number,
  width: number,
  kernel: ResizeKernel = bilinear,
): GrayImage {
  for (const side of [image.height, image.width, height, width]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(
        `Cannot resize an image of ${image.height}x${image.width} to ${height}x${width}: ` +
          "each side must be an integer >= 1",
      );
    }
  }
  const across = kernelWeights(kernel, image.width, width);
  const rows = new Float64Array(image.height * width);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = across[x]!;
      const from = y * image.width + first;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * image.data[from + k]!;
      rows[y * width + x] = sum;
    }
  }
  const down = kernelWeights(kernel, image.height, height);
  const data = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const { first, weights } = down[y]!;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!;
      const from = (first + k) * width;
      for (let x = 0; x < width; x++) data[y * width + x]! += weight * rows[from + x]!;
    }
  }
  return { height, width, data };
}

/** For each of `to` output samples the first input sample it reads and the weights from there on. */
function kernelWeights(
  { radius, weight }: ResizeKernel,
  from: number,
  to: number,
): readonly { first: number; weights: Float64Array }[] {
  const step = from / to;
  const unit = Math.max(step, 1);
  const support = radius * unit;
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    const weights = Float64Array.from(
      { length: end - first },
      (_, k) => weight((first + k + 0.5 - centre) / unit),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
}
